// SPDX-License-Identifier: Apache-2.0
#include "truce/report/overview.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace truce::report {
namespace {

bool is_duty(agreement::Form form) {
  switch (form) {
    case agreement::Form::Duty:
    case agreement::Form::Effort:
    case agreement::Form::Phases:
      return true;
    case agreement::Form::Prohibition:
    case agreement::Form::Permission:
    case agreement::Form::Power:
    case agreement::Form::Watch:
    case agreement::Form::Reservation:
      return false;
  }
  return false;
}

Deaths deaths_of(const Record& record, const facts::Incident& incident) {
  Deaths deaths;
  std::vector<std::int64_t> best;
  const auto widen = [&](std::optional<std::int64_t> number) {
    if (number) {
      deaths.low = std::min(deaths.low.value_or(*number), *number);
      deaths.high = std::max(deaths.high.value_or(*number), *number);
    }
  };
  for (const facts::FactId id : incident.facts) {
    if (const incidents::Report* report = report_of(record, record.evidence.fact(id))) {
      widen(report->deaths_low);
      widen(report->deaths_best);
      widen(report->deaths_high);
      if (report->deaths_best) {
        best.push_back(*report->deaths_best);
      }
    }
  }
  if (!best.empty()) {
    std::sort(best.begin(), best.end());
    deaths.best = best[(best.size() - 1) / 2];
  }
  return deaths;
}

IncidentView view_of(const Record& record, facts::IncidentId id) {
  const facts::Incident& incident = record.evidence.incidents[id.index];
  IncidentView view;
  view.id = id;
  view.mark = incident.is_institutional ? Mark::Act : Mark::Kept;
  view.deaths = deaths_of(record, incident);
  bool is_first = true;
  for (const facts::FactId fact_id : incident.facts) {
    const facts::Fact& fact = record.evidence.fact(fact_id);
    view.when.from = is_first ? fact.when.from : std::min(view.when.from, fact.when.from);
    view.when.to = is_first ? fact.when.to : std::max(view.when.to, fact.when.to);
    view.exactness = is_first ? fact.when.to - fact.when.from
                              : std::min(view.exactness, fact.when.to - fact.when.from);
    is_first = false;
    const bool is_nearer =
        fact.where && (!view.where || fact.where->radius.value < view.where->radius.value);
    if (is_nearer) {
      view.where = fact.where;
    }
    if (view.place.empty() || (is_nearer && !fact.place_text.empty())) {
      view.place = fact.place_text;
    }
  }
  return view;
}

void add_verdicts(const Record& record, Overview& overview) {
  const std::vector<facts::Verdict>& verdicts = record.replay.verdicts.verdicts;
  for (std::size_t index = 0; index < verdicts.size(); ++index) {
    const facts::Verdict& verdict = verdicts[index];
    if (is_duty(record.agreement.clause(verdict.clause).form)) {
      overview.duties.push_back(index);
    }
    if (!verdict.incident) {
      continue;
    }
    IncidentView& view = overview.incidents[verdict.incident->index];
    view.verdicts.push_back(index);
    if (view.mark != Mark::Act) {
      view.mark = std::min(view.mark, mark_of(verdict.outcome));
    }
  }
}

void add_no_clause(const Record& record, Overview& overview) {
  for (const monitor::UnderNoClause& none : record.replay.under_no_clause) {
    IncidentView& view = overview.incidents[none.incident.index];
    if (view.mark == Mark::Kept) {
      view.mark = Mark::NoClause;
      view.why_no_clause = none.sentences;
    }
  }
}

base::Date day_of(const Record& record, base::Instant at) {
  return base::date_of(at, record.agreement.clock.offset);
}

bool is_in_force(const Record& record, base::Date date) {
  const base::Instant begin = base::start_of(date) - record.agreement.clock.offset;
  const base::Instant end = begin + base::kDay;
  return std::any_of(record.replay.force.begin(), record.replay.force.end(),
                     [&](const monitor::ForceHistory& force) {
                       return force.until < base::kAfterTime && force.from < end &&
                              begin < force.until;
                     });
}

void fill_day(const Record& record, const Overview& overview, std::size_t index, DayView& day) {
  const IncidentView& view = overview.incidents[index];
  ++day.counts[static_cast<std::size_t>(view.mark)];
  if (view.mark == Mark::Act) {
    return;
  }
  day.accounts += record.evidence.incidents[view.id.index].facts.size();
  const auto toll = [](const IncidentView& incident) { return incident.deaths.best.value_or(0); };
  if (toll(view) > 0 && (!day.deadliest || toll(overview.incidents[*day.deadliest]) < toll(view))) {
    day.deadliest = index;
  }
}

// More days than this are not listed one by one where nothing happened.
constexpr std::size_t kMostEmptyDays = 1500;

void add_days(const Record& record, Overview& overview) {
  if (overview.incidents.empty()) {
    return;
  }
  std::map<base::Date, DayView> days;
  for (std::size_t index = 0; index < overview.incidents.size(); ++index) {
    const base::Date date = day_of(record, overview.incidents[index].when.from);
    fill_day(record, overview, index, days[date]);
  }
  // The last day is that of the last moment, not the midnight that ends it.
  base::Instant last_moment = overview.period.to;
  if (overview.period.from < last_moment) {
    last_moment = last_moment - base::Duration{1};
  }
  const base::Instant first = base::start_of(day_of(record, overview.period.from));
  const base::Instant last = base::start_of(day_of(record, last_moment));
  if ((last - first).seconds / base::kDay.seconds <= static_cast<std::int64_t>(kMostEmptyDays)) {
    for (base::Instant at = first; at <= last; at = at + base::kDay) {
      days.try_emplace(base::date_of(at, base::Duration{}));
    }
  }
  for (auto& [date, day] : days) {
    day.date = date;
    day.is_in_force = is_in_force(record, date);
    overview.days.push_back(day);
  }
}

}  // namespace

Mark mark_of(facts::Outcome outcome) {
  switch (outcome) {
    case facts::Outcome::Broken:
      return Mark::Broken;
    case facts::Outcome::Contested:
      return Mark::Contested;
    case facts::Outcome::Unknown:
      return Mark::Unknown;
    case facts::Outcome::Kept:
    case facts::Outcome::Pending:
    case facts::Outcome::Lapsed:
      return Mark::Kept;
  }
  return Mark::Kept;
}

std::string_view to_key(Mark mark) {
  switch (mark) {
    case Mark::Broken:
      return "broken";
    case Mark::Contested:
      return "contested";
    case Mark::Unknown:
      return "unknown";
    case Mark::Kept:
      return "kept";
    case Mark::NoClause:
      return "none";
    case Mark::Act:
      return "act";
  }
  return "";
}

std::string to_text(const Deaths& deaths) {
  if (!deaths.low || !deaths.high) {
    return "";
  }
  if (*deaths.low == *deaths.high) {
    return fmt::format("{}", *deaths.low);
  }
  return fmt::format("{}–{}", *deaths.low, *deaths.high);
}

const incidents::Report* report_of(const Record& record, const facts::Fact& fact) {
  return fact.report ? record.evidence.reports[*fact.report] : nullptr;
}

Overview overview_of(const Record& record) {
  Overview overview;
  for (std::size_t index = 0; index < record.evidence.incidents.size(); ++index) {
    overview.incidents.push_back(view_of(record, base::id_at<facts::IncidentId>(index)));
    const base::TimeRange when = overview.incidents.back().when;
    overview.period.from = index == 0 ? when.from : std::min(overview.period.from, when.from);
    overview.period.to = index == 0 ? when.to : std::max(overview.period.to, when.to);
  }
  add_verdicts(record, overview);
  add_no_clause(record, overview);
  for (const IncidentView& view : overview.incidents) {
    ++overview.counts[static_cast<std::size_t>(view.mark)];
    if (view.mark != Mark::Act) {
      overview.reports += record.evidence.incidents[view.id.index].facts.size();
    }
  }
  add_days(record, overview);
  overview.has_ucdp =
      std::any_of(record.evidence.accounts.begin(), record.evidence.accounts.end(),
                  [](const facts::Account& account) { return account.name == "UCDP"; });
  return overview;
}

}  // namespace truce::report
