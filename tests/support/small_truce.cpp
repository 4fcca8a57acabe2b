// SPDX-License-Identifier: Apache-2.0
#include "tests/support/small_truce.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/base/time.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/facts/resolve.h"
#include "truce/facts/verdict.h"
#include "truce/incidents/read.h"
#include "truce/language/parse.h"
#include "truce/semantics/evaluate.h"

namespace truce::testing {
namespace {

std::string complaints_of(const diagnostics::Sink& sink) {
  std::string lines;
  for (const diagnostics::Diagnostic& diagnostic : sink.sorted()) {
    const diagnostics::KindInfo& kind = diagnostics::info(diagnostic.kind);
    if (kind.level == diagnostics::Level::Error) {
      lines += std::string(kind.code) + " " + diagnostics::message(diagnostic) + "\n";
    }
  }
  return lines;
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

agreement::Agreement resolved(const std::vector<std::string>& texts,
                              const agreement::AnnexFiles& annexes, std::string* complaints) {
  diagnostics::Sink sink;
  std::vector<std::unique_ptr<language::SyntaxTree>> trees;
  std::vector<const language::SyntaxTree*> pointers;
  for (const std::string& text : texts) {
    trees.push_back(std::make_unique<language::SyntaxTree>(
        language::parse(base::SourceText("text " + std::to_string(trees.size()), text),
                        static_cast<std::uint32_t>(trees.size()), sink)));
    pointers.push_back(trees.back().get());
  }
  // Read once: tests make thousands of agreements.
  static const agreement::Vocabulary vocabulary =
      *agreement::read_embedded_vocabulary(agreement::kCeasefire1);
  agreement::Agreement result = agreement::from_syntax(pointers, {vocabulary, annexes}, sink);
  if (complaints != nullptr) {
    *complaints = complaints_of(sink);
  }
  return result;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('|'), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

base::Instant instant(std::string_view text) {
  return base::parse_instant(text, {}).value_or(base::ParsedInstant{}).at;
}

}  // namespace

agreement::Agreement agreement_of(std::string_view text, std::string* complaints,
                                  const agreement::AnnexFiles& annexes) {
  return resolved({std::string(text)}, annexes, complaints);
}

agreement::Agreement agreement_in(const std::string& path) {
  std::vector<std::string> texts = {file_text(path)};
  std::filesystem::path companion(path);
  companion.replace_extension(".companion.truce");
  if (std::filesystem::exists(companion)) {
    texts.push_back(file_text(companion));
  }
  agreement::AnnexFiles annexes;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".geojson") {
      annexes.emplace(entry.path().filename().string(), file_text(entry.path()));
    }
  }
  return resolved(texts, annexes, nullptr);
}

std::string northland(std::string_view definitions, std::string_view clauses) {
  std::string text =
      "truce \"Northland\"; of 2030-01-01; clock Northport at UTC+00:00; days of 24 hours;\n"
      "  languages en authentic; vocabulary \"truce/ceasefire-1\".\n"
      "parties North; South.\n"
      "guarantors Aland ensures compliance of North; Borland ensures compliance of South.\n"
      "outside the truce Outlaws \"a listed group\".\n"
      "bodies Watch; Court.\n"
      "places Country = annex A area; Road = annex B line;\n"
      "  Strip = within 500 m of Road; Belt = within 3500 m of Road;\n"
      "  Zones, to be fixed by Watch.\n"
      "moments D = 2030-01-01 00:00; Later, to be fixed by Watch.\n";
  text += definitions;
  text += "\narticle 1 \"Terms\"\n";
  text += clauses;
  return text;
}

agreement::AnnexFiles northland_annexes() {
  return {{"annex-a.geojson",
           R"({"type":"FeatureCollection","features":[{"type":"Feature",
           "properties":{"name":"Country","annex":"A","place":"Country"},
           "geometry":{"type":"Polygon","coordinates":
           [[[10,50],[11,50],[11,51],[10,51],[10,50]]]}}]})"},
          {"annex-b.geojson",
           R"({"type":"FeatureCollection","features":[{"type":"Feature",
           "properties":{"name":"Road","annex":"B","place":"Road"},
           "geometry":{"type":"LineString","coordinates":[[10.2,50.5],[10.4,50.5]]}}]})"}};
}

Record::Record(std::string_view rows) {
  constexpr std::string_view kHeader =
      "incident,according_to,from,to,kind,actor,target,weapon,place,clauses,latitude,longitude,"
      "radius_m,key";
  constexpr auto kCommas = std::count(kHeader.begin(), kHeader.end(), ',');
  incidents::Reading reading;
  std::string text(kHeader);
  text += '\n';
  while (!rows.empty()) {
    const std::size_t end = std::min(rows.find('\n'), rows.size());
    const std::string_view row = rows.substr(0, end);
    text += row;
    text.append(static_cast<std::size_t>(kCommas - std::count(row.begin(), row.end(), ',')), ',');
    text += '\n';
    rows.remove_prefix(std::min(end + 1, rows.size()));
  }
  const auto read = incidents::read_reports("rows", text, {}, reading);
  if (read.has_value() && reading.skipped.empty()) {
    reports = std::move(reading.reports);
  }
}

Record& Record::covers(std::string_view observer, std::string_view from, std::string_view to,
                       std::string_view places, std::string_view kinds) {
  coverage.push_back(
      {std::string(observer), {instant(from), instant(to)}, split(places), split(kinds), {}});
  return *this;
}

Record& Record::as_of(std::string_view now) {
  now_ = instant(now);
  return *this;
}

facts::Evidence Record::on(const agreement::Agreement& agreement) const {
  return on(agreement, {});
}

facts::Evidence Record::on(const agreement::Agreement& agreement,
                           const incidents::ActorBook& book) const {
  std::vector<const incidents::Report*> pointers;
  for (const incidents::Report& report : reports) {
    pointers.push_back(&report);
  }
  return facts::resolve(agreement, pointers, book, coverage, now_);
}

std::string verdict_lines(const agreement::Agreement& agreement, const facts::Evidence& evidence) {
  std::string lines;
  for (const facts::Verdict& verdict : semantics::evaluate(agreement, evidence).verdicts) {
    lines += agreement.clause(verdict.clause).number + " " + bearer_text(agreement, verdict);
    if (verdict.incident.has_value()) {
      lines += " " + evidence.incidents[verdict.incident->index].id;
    }
    lines += " " + std::string(to_text(verdict.outcome));
    std::string opinions;
    for (const facts::AccountOpinion& opinion : verdict.opinions) {
      opinions += opinions.empty() ? " {" : ", ";
      opinions += evidence.accounts[opinion.account.index].name + "=" +
                  std::string(to_text(opinion.opinion));
    }
    lines += opinions.empty() ? "" : opinions + "}";
    for (std::size_t i = 0; i < verdict.blame.size(); ++i) {
      lines += i == 0 ? " blame " : ", ";
      lines += agreement.actor(verdict.blame[i]).name;
    }
    lines += "\n";
  }
  return lines;
}

}  // namespace truce::testing
