// SPDX-License-Identifier: Apache-2.0
#include "truce/report/compliance.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "truce/facts/match.h"
#include "truce/report/phrases.h"

namespace truce::report {
namespace {

using facts::Truth;

using Rows = std::vector<const facts::ResolvedCoverage*>;

bool sees(const facts::ResolvedCoverage& coverage, agreement::VerbId verb) {
  return coverage.verbs.empty() ||
         std::find(coverage.verbs.begin(), coverage.verbs.end(), verb) != coverage.verbs.end();
}

// Who would see an act against the clause, wherever.
Rows rows_about(const Record& record, agreement::ClauseId clause) {
  const auto verb = record.agreement.clause(clause).act.verb;
  Rows rows;
  for (const facts::ResolvedCoverage& coverage : record.evidence.coverage) {
    if (coverage.verbs.empty() || (verb && sees(coverage, *verb))) {
      rows.push_back(&coverage);
    }
  }
  return rows;
}

// Who would see some act in all of the area.
Rows rows_about(const Record& record, agreement::PlaceId area) {
  Rows rows;
  for (const facts::ResolvedCoverage& coverage : record.evidence.coverage) {
    if (coverage.places.empty() ||
        std::any_of(coverage.places.begin(), coverage.places.end(), [&](agreement::PlaceId place) {
          return facts::place_lies_in(record.agreement, area, place) == Truth::Yes;
        })) {
      rows.push_back(&coverage);
    }
  }
  return rows;
}

std::string watched_text(const Words& words, const Record& record, std::string_view key,
                         const Rows& rows, base::TimeRange when) {
  std::vector<base::TimeRange> spans;
  std::set<std::string> names;
  for (const facts::ResolvedCoverage* coverage : rows) {
    spans.push_back(coverage->when);
    names.insert(record.evidence.accounts[coverage->account.index].name);
  }
  const std::int64_t share = watched_share(std::move(spans), when);
  // Less than all is never rounded up to all, nor more than nothing down to nothing.
  const std::int64_t percent = share == 0      ? 0
                               : share == 1000 ? 100
                                               : std::clamp<std::int64_t>((share + 5) / 10, 1, 99);
  return words.fill(key, {{"n", std::to_string(percent)},
                          {"who", list_text(words, {names.begin(), names.end()})}});
}

// What is seen everywhere, or everything that is done, counts alone where there is any of it: what
// is seen in a part must not add to it.
template <typename IsWhole>
std::string coverage_text(const Words& words, const Record& record, std::string_view part_key,
                          const Rows& rows, base::TimeRange when, IsWhole is_whole) {
  if (rows.empty() || when.to <= when.from) {
    return words("watch.none");
  }
  Rows whole;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(whole), is_whole);
  return whole.empty() ? watched_text(words, record, part_key, rows, when)
                       : watched_text(words, record, "watch.share", whole, when);
}

// When the clause was in force within what is known; the whole record for one without a window.
base::TimeRange time_of(const Record& record, const base::TimeRange& period,
                        agreement::ClauseId clause) {
  for (const monitor::ForceHistory& force : record.replay.force) {
    if (force.clause == clause && force.from < base::kAfterTime) {
      const base::Instant from = force.from <= base::kBeforeTime ? period.from : force.from;
      return {from, std::max(from, std::min(force.until, record.evidence.now))};
    }
  }
  return period;
}

base::TimeRange whole_time(const Record& record) {
  base::TimeRange period{record.evidence.now, record.evidence.now};
  for (const facts::Fact& fact : record.evidence.facts) {
    period.from = std::min(period.from, fact.when.from);
  }
  return period;
}

template <typename AnyRecord>
void add(facts::Outcome outcome, AnyRecord& record) {
  switch (outcome) {
    case facts::Outcome::Broken:
      ++record.broken;
      break;
    case facts::Outcome::Contested:
      ++record.contested;
      break;
    case facts::Outcome::Unknown:
      ++record.unknown;
      break;
    case facts::Outcome::Kept:
    case facts::Outcome::Pending:
    case facts::Outcome::Lapsed:
      break;
  }
}

Truth lies_in(const Record& record, const facts::Incident& incident, agreement::PlaceId place) {
  Truth all = Truth::Yes;
  Truth any = Truth::No;
  for (const facts::FactId id : incident.facts) {
    const Truth truth = facts::lies_in(record.agreement, record.evidence.fact(id), place);
    all = all && truth;
    any = any || truth;
  }
  return all == Truth::Yes ? Truth::Yes : any == Truth::No ? Truth::No : Truth::Maybe;
}

bool is_area(const agreement::Place& place) {
  return place.region != nullptr && !place.region->outlines().empty();
}

}  // namespace

std::int64_t watched_share(std::vector<base::TimeRange> spans, base::TimeRange when) {
  std::sort(spans.begin(), spans.end());
  std::int64_t seen = 0;
  base::Instant reached = when.from;
  for (const base::TimeRange& span : spans) {
    const base::Instant from = std::max(reached, span.from);
    const base::Instant to = std::min(span.to, when.to);
    if (from < to) {
      seen += (to - from).seconds;
      reached = to;
    }
  }
  const std::int64_t length = (when.to - when.from).seconds;
  return seen == length ? 1000 : std::min<std::int64_t>(seen * 1000 / length, 999);
}

std::vector<ClauseRecord> clause_records(const Words& words, const Record& record) {
  std::map<std::tuple<std::vector<agreement::ActorId>, std::string, agreement::ClauseId>,
           ClauseRecord>
      by_side;
  for (const facts::Verdict& verdict : record.replay.verdicts.verdicts) {
    const std::string side = facts::bearer_text(record.agreement, verdict);
    ClauseRecord& row = by_side[{verdict.bearers, side, verdict.clause}];
    row.side = side;
    row.clause = verdict.clause;
    add(verdict.outcome, row);
    row.kept += verdict.outcome == facts::Outcome::Kept ? 1 : 0;
  }
  const base::TimeRange period = whole_time(record);
  std::vector<ClauseRecord> rows;
  for (auto& [key, row] : by_side) {
    row.coverage = coverage_text(
        words, record, "watch.share_in_part", rows_about(record, row.clause),
        time_of(record, period, row.clause),
        [](const facts::ResolvedCoverage* coverage) { return coverage->places.empty(); });
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<AreaRecord> area_records(const Words& words, const Record& record,
                                     const Overview& overview) {
  const base::TimeRange period = whole_time(record);
  std::vector<AreaRecord> rows;
  for (std::size_t index = 0; index < record.agreement.places.size(); ++index) {
    const auto area = base::id_at<agreement::PlaceId>(index);
    if (!is_area(record.agreement.places[index])) {
      continue;
    }
    std::map<std::pair<std::vector<agreement::ActorId>, std::string>, AreaRecord> by_side;
    for (const IncidentView& view : overview.incidents) {
      if (view.verdicts.empty()) {
        continue;
      }
      const Truth inside = lies_in(record, record.evidence.incidents[view.id.index], area);
      for (const std::size_t verdict_index : view.verdicts) {
        const facts::Verdict& verdict = record.replay.verdicts.verdicts[verdict_index];
        if (inside == Truth::No) {
          continue;
        }
        AreaRecord& row = by_side[{verdict.bearers, facts::bearer_text(record.agreement, verdict)}];
        if (inside == Truth::Yes) {
          add(verdict.outcome, row);
        } else {
          ++row.perhaps;
        }
      }
    }
    const std::string coverage =
        coverage_text(words, record, "watch.share_of_some", rows_about(record, area), period,
                      [](const facts::ResolvedCoverage* row) { return row->verbs.empty(); });
    for (auto& [key, row] : by_side) {
      row.area = area;
      row.side = key.second;
      row.coverage = coverage;
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace truce::report
