// SPDX-License-Identifier: Apache-2.0
#include "truce/document/beside.h"

#include <algorithm>
#include <map>

#include "truce/document/internal/data_text.h"
#include "truce/report/overview.h"

namespace truce::document {
namespace {

using internal::data_text;
using report::Mark;

Standing standing_of(Mark mark) {
  switch (mark) {
    case Mark::Broken:
      return Standing::Broken;
    case Mark::Contested:
      return Standing::Contested;
    case Mark::Unknown:
      return Standing::Unknown;
    case Mark::Kept:
      return Standing::Kept;
    case Mark::NoClause:
    case Mark::Act:
      return Standing::None;
  }
  return Standing::None;
}

bool gives(facts::Outcome outcome, Standing standing) {
  switch (outcome) {
    case facts::Outcome::Broken:
      return standing == Standing::Broken;
    case facts::Outcome::Contested:
      return standing == Standing::Contested;
    case facts::Outcome::Unknown:
      return standing == Standing::Unknown;
    case facts::Outcome::Kept:
    case facts::Outcome::Pending:
    case facts::Outcome::Lapsed:
      return standing == Standing::Kept;
  }
  return false;
}

UnderText under_text(const Record& record, const report::IncidentView& view) {
  UnderText under{.standing = standing_of(view.mark), .parts = {}};
  for (const std::size_t index : view.verdicts) {
    const facts::Verdict& verdict = record.replay.verdicts.verdicts[index];
    if (gives(verdict.outcome, under.standing)) {
      under.parts.push_back({.clause = record.agreement.clause(verdict.clause).number,
                             .bearer = facts::bearer_text(record.agreement, verdict)});
    }
  }
  return under;
}

Combination combination_of(Standing first, Standing second) {
  const auto is_any = [&](Standing standing) { return first == standing || second == standing; };
  if (first == Standing::Broken && second == Standing::Broken) {
    return Combination::BrokenUnderBoth;
  }
  if (first == Standing::Broken) {
    return Combination::BrokenUnderFirst;
  }
  if (second == Standing::Broken) {
    return Combination::BrokenUnderSecond;
  }
  if (is_any(Standing::Contested)) {
    return Combination::Disputed;
  }
  return is_any(Standing::Unknown) ? Combination::Undecided : Combination::Neither;
}

// Adds what one text makes of each incident to the rows, by incident.
void add_text(const Record& record, UnderText BesideRow::* under,
              std::map<std::string, BesideRow>& rows, std::uint64_t& acts) {
  acts = 0;
  for (const report::IncidentView& view : report::overview_of(record).incidents) {
    if (view.mark == Mark::Act) {
      ++acts;
      continue;
    }
    const std::string& id = record.evidence.incidents[view.id.index].id;
    const auto [found, is_new] = rows.try_emplace(id);
    if (is_new) {
      found->second.incident = id;
      found->second.when = view.when;
      found->second.place = view.place;
    }
    found->second.*under = under_text(record, view);
  }
}

}  // namespace

std::string_view to_text(Standing standing) {
  switch (standing) {
    case Standing::Broken:
      return "broken";
    case Standing::Contested:
      return "contested";
    case Standing::Unknown:
      return "unknown";
    case Standing::Kept:
      return "kept";
    case Standing::None:
      return "none";
    case Standing::Absent:
      return "absent";
  }
  return "";
}

std::string_view to_text(Combination combination) {
  switch (combination) {
    case Combination::BrokenUnderBoth:
      return "broken_under_both";
    case Combination::BrokenUnderFirst:
      return "broken_under_first";
    case Combination::BrokenUnderSecond:
      return "broken_under_second";
    case Combination::Disputed:
      return "disputed";
    case Combination::Undecided:
      return "undecided";
    case Combination::Neither:
      return "neither";
  }
  return "";
}

Beside beside_of(const Record& first, const Record& second) {
  Beside beside;
  beside.titles = {first.agreement.title, second.agreement.title};
  beside.digests = {first.replay.digest, second.replay.digest};
  beside.clock_offset = first.agreement.clock.offset;
  beside.data = {data_text(first), data_text(second)};
  std::map<std::string, BesideRow> rows;
  std::uint64_t acts_of_second = 0;
  add_text(first, &BesideRow::first, rows, beside.acts);
  add_text(second, &BesideRow::second, rows, acts_of_second);
  beside.acts = std::max(beside.acts, acts_of_second);
  for (auto& [id, row] : rows) {
    row.combination = combination_of(row.first.standing, row.second.standing);
    ++beside.counts.at(static_cast<std::size_t>(row.combination));
    beside.rows.push_back(std::move(row));
  }
  return beside;
}

}  // namespace truce::document
