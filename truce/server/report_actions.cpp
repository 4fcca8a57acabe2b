// SPDX-License-Identifier: Apache-2.0
// Daily reports: made from one view of the record, kept with their hash, never changed.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "truce/crypto/sha256.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"
#include "truce/server/internal/dealings.h"
#include "truce/workbench/daily.h"
#include "truce/workbench/live_record.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

// Until the witnesses have been heard it is for the mission.
bool may_see(const DailyReport& report, const Contents& contents, const Person& person) {
  return is_shown(report.audience, person) &&
         (view_of(person) == "mission" || !contents.publication.waits(report.entry));
}

JsonValue report_value(const DailyReport& report, const Contents& contents, const Person& person) {
  JsonValue value = JsonValue::object();
  value.set("id", report.id);
  value.set("day", report.day);
  value.set("language", report.language);
  value.set("view", report.view);
  value.set("cut_off", base::to_iso(report.cut_off, {}));
  value.set("sha256", report.sha256_hex);
  value.set("size", report.pdf.size());
  value.set("at", base::to_iso(report.at, {}));
  if (!report.corrects.empty()) {
    value.set("corrects", report.corrects);
  }
  if (!report.note.empty()) {
    value.set("note", report.note);
  }
  if (view_of(person) == "mission") {
    value.set("made_by", report.who);
  }
  set_witnesses(value, contents.publication, report.entry);
  return value;
}

// What a report is made from, taken out so that making it holds up nobody.
struct Source {
  agreement::Agreement agreement;
  incidents::Reading reading;
  std::string path;
  std::string names;
};

std::shared_ptr<Source> source_of(const Contents& contents, std::string_view view) {
  const workbench::LiveRecord* const live = contents.record.verdicts(view);
  if (live == nullptr) {
    return nullptr;
  }
  auto source = std::make_shared<Source>();
  source->agreement = live->agreement();
  source->path = contents.record.agreement_path();
  for (const auto& [name, text] :
       contents.record.revisions()[contents.record.watched() - 1].files) {
    if (name == "names.csv") {
      source->names = text;
    }
  }
  for (const auto& [incident, rows] : contents.record.incidents()) {
    for (const AccountRow& row : rows) {
      if (is_in_view(row.audience, view)) {
        source->reading.reports.push_back(*row.report);
      }
    }
  }
  source->reading.rows = source->reading.reports.size();
  return source;
}

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

// The day and the cut-off that a text names, on the clock of the agreement.
base::Result<void> read_day(const std::string& text, base::Duration offset, base::Instant now,
                            DailyReport& report) {
  const auto parsed = base::parse_instant(text, offset);
  if (!parsed) {
    return invalid(
        "`day` is no day; write 2016-09-17, or a cut-off time as 2016-09-17T18:00+03:00");
  }
  report.cut_off = parsed->is_whole_day ? parsed->at + base::kDay : parsed->at;
  if (report.cut_off > now) {
    return invalid("the cut-off time lies ahead; a report is made when it has passed");
  }
  report.day = base::to_iso(base::date_of(base::Instant{report.cut_off.seconds - 1}, offset));
  return {};
}

base::Result<std::string> make_pdf(Source& source, const DailyReport& report,
                                   const std::string& corrected_hash) {
  const auto actors = workbench::read_actors_beside(source.path, source.agreement.clock.offset);
  if (!actors) {
    return actors.error();
  }
  return workbench::daily({.agreement = source.agreement,
                           .reading = source.reading,
                           .actors = *actors,
                           .cut_off = report.cut_off,
                           .language = report.language,
                           .names = source.names,
                           .corrects = corrected_hash});
}

// The report that this one has to correct, or why it may not be made; its hash, empty for none.
base::Result<std::string> corrected_by(const Reports& reports, const DailyReport& asked) {
  const DailyReport* const last = reports.last_of(asked);
  if (last == nullptr && !asked.corrects.empty()) {
    return invalid("`corrects` names no report of that day, language and view");
  }
  if (last != nullptr && asked.corrects != last->id) {
    return invalid(
        fmt::format("there is a report of that day; one that corrects it says "
                    "\"corrects\": \"{}\"",
                    last->id));
  }
  return last == nullptr ? std::string() : last->sha256_hex;
}

std::string id_of(const Reports& reports, const DailyReport& report) {
  std::string view = report.view;
  std::replace_if(
      view.begin(), view.end(), [](char letter) { return letter == ':' || letter == ' '; }, '-');
  const std::string stem = fmt::format("{}-{}-{}", report.day, report.language, view);
  std::string id = stem;
  for (std::size_t number = 2; reports.all().contains(id); ++number) {
    id = fmt::format("{}-{}", stem, number);
  }
  return id;
}

}  // namespace

Response list_reports(Context& context, const Call& call) {
  return context.workspace.read([&](const Contents& contents) {
    JsonValue::Array reports;
    for (const auto& [id, report] : contents.reports.all()) {
      if (may_see(report, contents, call.person)) {
        reports.push_back(report_value(report, contents, call.person));
      }
    }
    JsonValue value = JsonValue::object();
    value.set("reports", std::move(reports));
    return json(value);
  });
}

Response get_report(Context& context, const Call& call) {
  return context.workspace.read([&](const Contents& contents) {
    const auto at = contents.reports.all().find(call.segment("report"));
    if (at == contents.reports.all().end() || !may_see(at->second, contents, call.person)) {
      return not_found();
    }
    return Response{.content_type = "application/pdf",
                    .headers = {{"Content-Disposition",
                                 fmt::format("attachment; filename=\"{}.pdf\"", at->first)}},
                    .body = at->second.pdf,
                    .stream = nullptr};
  });
}

Response add_report(Context& context, const Call& call) {
  DailyReport report;
  report.language = call.text("language").empty() ? "en" : call.text("language");
  report.view = call.text("view").empty() ? "mission" : call.text("view");
  report.corrects = call.text("corrects");
  report.note = call.text("note");
  const base::Instant now = context.workspace.now();
  base::Result<std::string> corrected = std::string();
  const auto source = context.workspace.read([&](const Contents& contents) {
    if (auto read = read_day(call.text("day"), contents.record.clock_offset(), now, report);
        !read) {
      corrected = read.error();
      return std::shared_ptr<Source>();
    }
    corrected = corrected_by(contents.reports, report);
    return source_of(contents, report.view);
  });
  if (!corrected) {
    return problem(corrected.error());
  }
  if (!source) {
    return refusal(400, say("no text of the agreement is watched that `{}` may see; `view` "
                            "is mission, public or party:NAME",
                            report.view));
  }
  const auto pdf = make_pdf(*source, report, *corrected);
  if (!pdf) {
    return problem(pdf.error());
  }
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    // Somebody else may have made one meanwhile.
    const auto still = corrected_by(contents.reports, report);
    if (!still || *still != *corrected) {
      return refusal(409, say("a report of that day was made meanwhile; look at it first"));
    }
    report.id = id_of(contents.reports, report);
    JsonValue body = JsonValue::object();
    body.set("id", report.id);
    body.set("day", report.day);
    body.set("language", report.language);
    body.set("view", report.view);
    body.set("cut_off", base::to_iso(report.cut_off, {}));
    body.set("sha256", crypto::sha256_hex(*pdf));
    body.set("corrects", report.corrects);
    body.set("note", report.note);
    body.set("pdf", to_hexadecimal(*pdf));
    Audience audience = {"mission", report.view};
    std::sort(audience.begin(), audience.end());
    audience.erase(std::unique(audience.begin(), audience.end()), audience.end());
    return entry_by("report", call.person, std::move(body), std::move(audience));
  });
  if (refused) {
    return std::move(*refused);
  }
  return context.workspace.read([&](const Contents& contents) {
    return json(report_value(contents.reports.all().at(report.id), contents, call.person), 201);
  });
}

}  // namespace truce::server::internal
