// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/incidents.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "truce/agreement/embedded.h"
#include "truce/facts/resolve.h"
#include "truce/incidents/cluster.h"

namespace truce::workbench {
namespace {

// Names as far as they can be known without an agreement: the vocabulary, and those of whom the
// actor file speaks.
agreement::Agreement names_alone(const incidents::ActorBook& book) {
  agreement::Agreement names;
  names.vocabulary = *agreement::read_embedded_vocabulary(agreement::kCeasefire1);
  for (const incidents::ActorBook::Entry& entry : book.entries()) {
    for (const std::string& name : entry.actors.names) {
      const bool is_there =
          std::any_of(names.actors.begin(), names.actors.end(),
                      [&](const agreement::Actor& actor) { return actor.name == name; });
      if (!is_there) {
        agreement::Actor actor;
        actor.name = name;
        names.actors.push_back(std::move(actor));
      }
    }
  }
  return names;
}

void find_unknown_words(const IncidentsRequest& request, const incidents::ActorBook& book,
                        const std::vector<const incidents::Report*>& standing, IncidentsRun& run) {
  const bool has_agreement = !request.inputs.agreement.empty();
  run.summary.are_actors_compared = has_agreement || !book.entries().empty();
  const agreement::Agreement alone = has_agreement ? agreement::Agreement() : names_alone(book);
  const facts::Evidence evidence =
      facts::resolve(has_agreement ? run.file.agreement : alone, standing, book, {}, std::nullopt);
  for (const facts::UnknownWord& word : evidence.unknown_words) {
    const bool is_of_actors = word.field == "actor" || word.field == "target";
    const bool is_compared =
        word.field == "clause" ? has_agreement : !is_of_actors || run.summary.are_actors_compared;
    if (is_compared) {
      run.summary.unknown_words.push_back(word);
    }
  }
}

base::Result<void> write(const IncidentsRequest& request, base::Duration offset,
                         IncidentsRun& run) {
  run.to = request.to;
  if (request.to.empty()) {
    return {};
  }
  if (request.to == "joins") {
    if (run.reading.clusters.empty()) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         "--to joins: there are no videos that were joined; add --cluster to files "
                         "of the format video"};
    }
    run.written.text = incidents::to_joins(run.reading);
    return {};
  }
  const auto form = incidents::find_form(request.to);
  if (!form) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("--to {}: there is no such form; choose truce, geojson, kml, csv "
                    "or joins",
                    request.to)};
  }
  run.written = incidents::write_reports(run.reading.reports, *form, offset);
  return {};
}

}  // namespace

base::Result<std::unique_ptr<IncidentsRun>> read_incidents(const IncidentsRequest& request) {
  auto run = std::make_unique<IncidentsRun>();
  base::Duration offset{0};
  if (!request.inputs.agreement.empty()) {
    auto file = read_agreement(request.inputs.agreement);
    if (!file) {
      return file.error();
    }
    run->file = std::move(file).value();
    run->has_text_errors = run->file.sink.has_errors();
    if (run->has_text_errors) {
      return run;
    }
    offset = run->file.agreement.clock.offset;
  }
  if (auto read = read_incident_files(request.inputs, offset, run->reading); !read) {
    return read.error();
  }
  const auto book = read_actor_book(request.inputs, offset);
  if (!book) {
    return book.error();
  }
  const auto standing =
      incidents::current_accounts(run->reading, std::nullopt, run->reading.warnings);
  run->summary = document::summary_of(run->reading, standing, offset);
  find_unknown_words(request, *book, standing, *run);
  if (auto written = write(request, offset, *run); !written) {
    return written.error();
  }
  return run;
}

}  // namespace truce::workbench
