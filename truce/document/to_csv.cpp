// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "truce/document/record.h"
#include "truce/encoding/csv.h"
#include "truce/report/overview.h"

namespace truce::document {
namespace {

constexpr encoding::CsvWriteOptions kSafe{.are_formulas_made_safe = true};

std::string joined(const std::vector<std::string>& items, std::string_view joint) {
  std::string out;
  for (const std::string& item : items) {
    out += (out.empty() ? "" : std::string(joint)) + item;
  }
  return out;
}

std::string number_text(std::optional<std::int64_t> number) {
  return number ? std::to_string(*number) : "";
}

std::vector<std::string> row_of(const Record& record, const report::Overview& overview,
                                std::size_t index) {
  const facts::Verdict& verdict = record.replay.verdicts.verdicts[index];
  std::vector<std::string> accounts;
  accounts.reserve(verdict.opinions.size());
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    accounts.push_back(fmt::format("{}={}", record.evidence.accounts[opinion.account.index].name,
                                   facts::to_text(opinion.opinion)));
  }
  std::vector<std::string> blame;
  blame.reserve(verdict.blame.size());
  for (const agreement::ActorId actor : verdict.blame) {
    blame.push_back(record.agreement.actor(actor).name);
  }
  std::vector<std::string> row{record.agreement.clause(verdict.clause).number,
                               facts::bearer_text(record.agreement, verdict),
                               "",
                               base::to_iso(verdict.at, record.agreement.clock.offset),
                               std::string(facts::to_text(verdict.outcome)),
                               joined(accounts, "; "),
                               joined(blame, "; ")};
  const bool is_explained = index < record.replay.explanations.size();
  row.push_back(is_explained ? record.replay.explanations[index].because.english() : "");
  row.push_back(
      is_explained
          ? joined(facts::english_of(record.replay.explanations[index].would_change_if), "; ")
          : "");
  std::vector<std::string> of_incident(6);
  if (verdict.incident) {
    const report::IncidentView& view = overview.incidents[verdict.incident->index];
    row[2] = record.evidence.incidents[verdict.incident->index].id;
    of_incident[0] = view.place;
    if (view.where) {
      of_incident[1] = fmt::format("{:.6f}", view.where->centre.latitude.degrees);
      of_incident[2] = fmt::format("{:.6f}", view.where->centre.longitude.degrees);
    }
    of_incident[3] = number_text(view.deaths.low);
    of_incident[4] = number_text(view.deaths.best);
    of_incident[5] = number_text(view.deaths.high);
  }
  row.insert(row.end(), of_incident.begin(), of_incident.end());
  return row;
}

}  // namespace

std::string to_csv(const Record& record) {
  const report::Overview overview = report::overview_of(record);
  const std::vector<std::string> header{"clause",          "bearer",      "incident",   "at",
                                        "verdict",         "accounts",    "blame",      "because",
                                        "would_change_if", "place",       "latitude",   "longitude",
                                        "deaths_low",      "deaths_best", "deaths_high"};
  std::string out = encoding::to_csv_row(header, kSafe);
  for (std::size_t index = 0; index < record.replay.verdicts.verdicts.size(); ++index) {
    out += encoding::to_csv_row(row_of(record, overview, index), kSafe);
  }
  return out;
}

}  // namespace truce::document
