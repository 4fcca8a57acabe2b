// SPDX-License-Identifier: Apache-2.0
#include "truce/daily/daily.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "truce/daily/internal/notices.h"
#include "truce/report/compliance.h"

namespace truce::daily {
namespace {

bool is_within(base::Instant at, base::TimeRange period) {
  return period.from <= at && at < period.to;
}

base::TimeRange hull_of(const facts::Evidence& evidence, const facts::Incident& incident) {
  base::TimeRange hull = evidence.fact(incident.facts.front()).when;
  for (const facts::FactId id : incident.facts) {
    hull.from = std::min(hull.from, evidence.fact(id).when.from);
    hull.to = std::max(hull.to, evidence.fact(id).when.to);
  }
  return hull;
}

void add(facts::Outcome outcome, Figures& figures) {
  switch (outcome) {
    case facts::Outcome::Broken:
      ++figures.broken;
      break;
    case facts::Outcome::Contested:
      ++figures.contested;
      break;
    case facts::Outcome::Unknown:
      ++figures.unknown;
      break;
    case facts::Outcome::Kept:
      ++figures.kept;
      break;
    case facts::Outcome::Pending:
    case facts::Outcome::Lapsed:
      break;
  }
}

// A verdict of the clause is shown to those for whom the report is.
bool is_shown(const agreement::Agreement& agreement, const facts::Verdict& verdict) {
  return !agreement.clause(verdict.clause).number.empty();
}

using RowKey = std::pair<agreement::ClauseId, Side>;

struct SideFigures {
  Figures day;
  Figures before;
};

void count(const Input& input, const Snapshot& snapshot, base::TimeRange period,
           Figures SideFigures::* member, std::map<RowKey, SideFigures>& rows, Figures& all) {
  for (const facts::Verdict& verdict : snapshot.replay.verdicts.verdicts) {
    if (!is_shown(input.agreement, verdict)) {
      continue;
    }
    SideFigures& row = rows[{verdict.clause, internal::side_of(input.agreement, verdict)}];
    if (is_within(verdict.at, period)) {
      add(verdict.outcome, row.*member);
      add(verdict.outcome, all);
    }
  }
}

void count_incidents(const facts::Evidence& evidence, base::TimeRange period,
                     std::uint64_t& incidents, std::uint64_t& accounts) {
  for (const facts::Incident& incident : evidence.incidents) {
    if (!incident.is_institutional && is_within(hull_of(evidence, incident).from, period)) {
      ++incidents;
      accounts += incident.facts.size();
    }
  }
}

InForce in_force(const monitor::Replay& replay, agreement::ClauseId clause,
                 base::TimeRange period) {
  for (const monitor::ForceHistory& force : replay.force) {
    if (force.clause == clause) {
      if (force.until <= period.from || force.from >= period.to) {
        return InForce::No;
      }
      const bool is_whole = force.from <= period.from && force.until >= period.to;
      return is_whole ? InForce::Yes : InForce::Part;
    }
  }
  return InForce::Yes;
}

// What has a beginning or an end of its own is the truce; without any, all of it is.
bool is_truce_in_force(const Input& input, base::TimeRange period) {
  bool has_window = false;
  for (const monitor::ForceHistory& force : input.now.replay.force) {
    const bool is_window = force.from > base::kBeforeTime || force.until < base::kAfterTime;
    if (!is_window || input.agreement.clause(force.clause).number.empty()) {
      continue;
    }
    has_window = true;
    if (in_force(input.now.replay, force.clause, period) != InForce::No) {
      return true;
    }
  }
  return !has_window;
}

// Observers of everything everywhere count alone where there are any: what is seen in a part must
// not add to it.
void watch(const Input& input, agreement::ClauseId clause, base::TimeRange period, SideRow& row) {
  const auto verb = input.agreement.clause(clause).act.verb;
  std::vector<base::TimeRange> whole;
  std::vector<base::TimeRange> parts;
  for (const facts::ResolvedCoverage& coverage : input.now.evidence.coverage) {
    const bool sees = coverage.verbs.empty() ||
                      (verb && std::find(coverage.verbs.begin(), coverage.verbs.end(), *verb) !=
                                   coverage.verbs.end());
    if (sees) {
      (coverage.places.empty() ? whole : parts).push_back(coverage.when);
    }
  }
  row.is_watched_in_part = whole.empty();
  if (!whole.empty() || !parts.empty()) {
    row.watched =
        report::watched_share(whole.empty() ? std::move(parts) : std::move(whole), period);
  }
}

bool may_be_broken(const agreement::Clause& clause) {
  using agreement::Form;
  return clause.form == Form::Prohibition || clause.form == Form::Duty ||
         clause.form == Form::Effort || clause.form == Form::Phases;
}

std::vector<SideRow> side_rows(const Input& input, base::TimeRange period,
                               std::map<RowKey, SideFigures> figures) {
  std::set<agreement::ClauseId> named;
  for (const auto& [key, row] : figures) {
    named.insert(key.first);
  }
  for (std::size_t index = 0; index < input.agreement.clauses.size(); ++index) {
    const auto id = base::id_at<agreement::ClauseId>(index);
    const agreement::Clause& clause = input.agreement.clauses[index];
    if (!clause.number.empty() && may_be_broken(clause) && !named.contains(id)) {
      figures.try_emplace({id, Side{}});
    }
  }
  std::vector<SideRow> rows;
  for (const auto& [key, counted] : figures) {
    SideRow row{.clause = input.agreement.clause(key.first).number,
                .side = key.second,
                .in_force = in_force(input.now.replay, key.first, period),
                .day = counted.day,
                .before = counted.before,
                .watched = std::nullopt};
    watch(input, key.first, period, row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string deaths_of(const incidents::Report& report) {
  const auto low = report.deaths_low ? report.deaths_low : report.deaths_best;
  const auto high = report.deaths_high ? report.deaths_high : report.deaths_best;
  if (!low || !high) {
    return report.deaths_best ? std::to_string(*report.deaths_best) : std::string();
  }
  return *low == *high ? std::to_string(*low) : std::to_string(*low) + "–" + std::to_string(*high);
}

IncidentEntry entry_of(const Input& input, const facts::Incident& incident) {
  const facts::Evidence& evidence = input.now.evidence;
  IncidentEntry entry{.id = incident.id,
                      .when = hull_of(evidence, incident),
                      .place = {},
                      .is_act = incident.is_institutional,
                      .accounts = {},
                      .verdicts = {}};
  for (const facts::FactId id : incident.facts) {
    const facts::Fact& fact = evidence.fact(id);
    if (entry.place.empty()) {
      entry.place = fact.place_text;
    }
    if (!fact.report) {
      continue;
    }
    const incidents::Report& report = *evidence.reports[*fact.report];
    entry.accounts.push_back({.who = evidence.accounts[fact.account.index].name,
                              .actors = report.actors,
                              .kinds = report.kinds,
                              .targets = report.targets,
                              .weapons = report.weapons,
                              .deaths = deaths_of(report),
                              .source = report.source});
  }
  return entry;
}

std::vector<IncidentEntry> annex_of(const Input& input, base::TimeRange period) {
  const facts::Evidence& evidence = input.now.evidence;
  std::vector<IncidentEntry> entries;
  std::map<std::string_view, std::size_t> at;
  for (const facts::Incident& incident : evidence.incidents) {
    if (is_within(hull_of(evidence, incident).from, period)) {
      entries.push_back(entry_of(input, incident));
      at.emplace(incident.id, entries.size() - 1);
    }
  }
  for (const facts::Verdict& verdict : input.now.replay.verdicts.verdicts) {
    if (!verdict.incident || verdict.outcome == facts::Outcome::Kept ||
        !is_shown(input.agreement, verdict)) {
      continue;
    }
    const auto found = at.find(evidence.incidents[verdict.incident->index].id);
    if (found != at.end()) {
      entries[found->second].verdicts.push_back(
          {.clause = input.agreement.clause(verdict.clause).number,
           .side = internal::side_of(input.agreement, verdict),
           .outcome = verdict.outcome});
    }
  }
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return std::tie(a.when, a.id) < std::tie(b.when, b.id);
  });
  return entries;
}

}  // namespace

Report report_of(const Input& input) {
  Report report;
  report.title = input.agreement.title;
  report.clock = input.agreement.clock.name;
  report.offset = input.agreement.clock.offset;
  report.period = {input.cut_off - base::kDay, input.cut_off};
  const base::TimeRange before{report.period.from - base::kDay, report.period.from};
  report.is_in_force = is_truce_in_force(input, report.period);
  std::map<RowKey, SideFigures> figures;
  count(input, input.now, report.period, &SideFigures::day, figures, report.day);
  count(input, input.before, before, &SideFigures::before, figures, report.before);
  report.sides = side_rows(input, report.period, std::move(figures));
  count_incidents(input.now.evidence, report.period, report.incidents, report.accounts);
  count_incidents(input.before.evidence, before, report.incidents_before, report.accounts_before);
  report.force = internal::force_notices(input, report.period);
  report.notices = internal::notices_of(input, report.period);
  report.annex = annex_of(input, report.period);
  report.rows = input.reading.rows;
  report.skipped = input.reading.skipped.size();
  report.digest = input.now.replay.digest;
  return report;
}

}  // namespace truce::daily
