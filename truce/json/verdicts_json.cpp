// SPDX-License-Identifier: Apache-2.0
#include "truce/json/verdicts_json.h"

#include <algorithm>
#include <cmath>

#include "truce/encoding/json_value.h"
#include "truce/json/internal/reading_value.h"
#include "truce/json/internal/texts_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;

// The moment, or null for the ends of time, which stand for "never" and "always".
JsonValue instant(const workbench::MonitorRun& run, base::Instant at) {
  if (at <= base::kBeforeTime || at >= base::kAfterTime) {
    return {};
  }
  return base::to_iso(at, run.file.agreement.clock.offset);
}

JsonValue clause_counts(const workbench::MonitorRun& run) {
  JsonValue list = JsonValue::array();
  const agreement::Agreement& agreement = run.file.agreement;
  for (std::size_t at = 0; at < agreement.clauses.size(); ++at) {
    if (!agreement.clauses[at].is_shown) {
      continue;
    }
    const facts::ClauseCount& count = run.replay.verdicts.counts.at(at);
    JsonValue value = JsonValue::object();
    value.set("clause", agreement.clauses[at].number);
    value.set("broken", count.broken);
    value.set("unknown", count.unknown);
    value.set("contested", count.contested);
    value.set("kept", count.kept);
    value.set("broken_by_one_of", count.broken_by_one_of);
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue opinions(const workbench::MonitorRun& run, const facts::Verdict& verdict,
                   const monitor::Explanation& explanation) {
  JsonValue list = JsonValue::array();
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    JsonValue value = JsonValue::object();
    value.set("according_to", run.evidence.accounts[opinion.account.index].name);
    value.set("verdict", facts::to_text(opinion.opinion));
    for (const monitor::AccountReason& reason : explanation.reasons) {
      if (reason.account == opinion.account) {
        value.set("because", reason.because.english());
      }
    }
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue awaited(const workbench::MonitorRun& run, const monitor::Awaited& what) {
  JsonValue value = JsonValue::object();
  JsonValue who = JsonValue::array();
  for (const agreement::ActorId id : what.who) {
    who.push_back(run.file.agreement.actor(id).name);
  }
  value.set("who", std::move(who));
  value.set("act", what.act);
  value.set("until", instant(run, what.until));
  value.set("seconds_left", what.left ? JsonValue(what.left->seconds) : JsonValue());
  return value;
}

JsonValue verdict_of(const workbench::MonitorRun& run, std::size_t at) {
  const agreement::Agreement& agreement = run.file.agreement;
  const facts::Verdict& verdict = run.replay.verdicts.verdicts[at];
  const monitor::Explanation& explanation = run.replay.explanations[at];
  JsonValue value = JsonValue::object();
  value.set("clause", agreement.clause(verdict.clause).number);
  value.set("bearer", facts::bearer_text(agreement, verdict));
  value.set("incident", verdict.incident
                            ? JsonValue(run.evidence.incidents[verdict.incident->index].id)
                            : JsonValue());
  value.set("at", instant(run, verdict.at));
  value.set("verdict", facts::to_text(verdict.outcome));
  if (verdict.period) {
    value.set("period", static_cast<std::int64_t>(*verdict.period));
  }
  if (verdict.activated_by) {
    value.set("activated_by", run.evidence.incidents[verdict.activated_by->index].id);
  }
  value.set("by_account", opinions(run, verdict, explanation));
  JsonValue blame = JsonValue::array();
  for (const agreement::ActorId id : verdict.blame) {
    blame.push_back(agreement.actor(id).name);
  }
  value.set("blame", std::move(blame));
  value.set("because", explanation.because.english());
  value.set("would_change_if", internal::texts_of(facts::english_of(explanation.would_change_if)));
  if (explanation.awaited) {
    value.set("awaited", awaited(run, *explanation.awaited));
  }
  if (!explanation.by_reading.empty()) {
    value.set("by_reading", internal::texts_of(explanation.by_reading));
  }
  return value;
}

bool has_watch(const agreement::Agreement& agreement) {
  return std::any_of(agreement.clauses.begin(), agreement.clauses.end(),
                     [](const auto& clause) { return clause.form == agreement::Form::Watch; });
}

JsonValue points(const workbench::MonitorRun& run) {
  JsonValue list = JsonValue::array();
  for (const facts::Point& point : run.replay.verdicts.points) {
    JsonValue value = JsonValue::object();
    value.set("clause", run.file.agreement.clause(point.clause).number);
    value.set("incident", run.evidence.incidents[point.incident.index].id);
    value.set("at", instant(run, point.at));
    value.set("holds", point.holds == facts::Truth::Yes ? "yes" : "maybe");
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue under_no_clause(const workbench::MonitorRun& run) {
  JsonValue list = JsonValue::array();
  for (const monitor::UnderNoClause& entry : run.replay.under_no_clause) {
    JsonValue value = JsonValue::object();
    value.set("incident", run.evidence.incidents[entry.incident.index].id);
    value.set("because", internal::texts_of(entry.sentences));
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue clocks(const workbench::MonitorRun& run) {
  JsonValue list = JsonValue::array();
  for (const monitor::StreakClock& clock : run.replay.clocks) {
    JsonValue resets = JsonValue::array();
    for (const monitor::StreakClock::Reset& reset : clock.resets) {
      JsonValue value = JsonValue::object();
      value.set("incident", run.evidence.incidents[reset.incident.index].id);
      value.set("from", instant(run, reset.when.from));
      value.set("to", instant(run, reset.when.to));
      value.set("certain", reset.is_certain);
      resets.push_back(std::move(value));
    }
    JsonValue value = JsonValue::object();
    value.set("name", clock.name);
    value.set("according_to", run.evidence.accounts[clock.account.index].name);
    value.set("start", instant(run, clock.start));
    value.set("period_seconds", clock.period.seconds);
    value.set("earliest_end", instant(run, clock.earliest_end));
    value.set("latest_end", instant(run, clock.latest_end));
    value.set("resets", std::move(resets));
    list.push_back(std::move(value));
  }
  return list;
}

JsonValue data_notes(const workbench::MonitorRun& run) {
  JsonValue notes = JsonValue::object();
  notes.set("files", internal::texts_of(run.reading.files));
  notes.set("rows", run.reading.rows);
  notes.set("duplicates", run.reading.duplicates);
  notes.set("totals", run.reading.totals.size());
  notes.set("skipped", internal::skipped_rows(run.reading));
  notes.set("unknown_words", internal::unknown_words(run.evidence.unknown_words));
  notes.set("warnings", internal::texts_of(run.warnings));
  notes.set("assumptions", internal::texts_of(run.replay.assumptions));
  return notes;
}

const char* word_of(separation::Apartness state) {
  switch (state) {
    case separation::Apartness::Apart:
      return "apart";
    case separation::Apartness::Near:
      return "near";
    case separation::Apartness::Undetermined:
      return "undetermined";
  }
  return "undetermined";
}

double rounded(double share) { return std::round(share * 10'000) / 10'000; }

JsonValue account_watch(const workbench::MonitorRun& run, const separation::AccountWatch& account) {
  JsonValue value = JsonValue::object();
  value.set("according_to", account.account);
  value.set("verdict", separation::to_word(account.opinion));
  value.set("apart_since", account.apart_since ? instant(run, *account.apart_since) : JsonValue());
  value.set("longest_apart_s", account.longest_apart.seconds);
  if (run.apart_for) {
    value.set("apart_for_s", run.apart_for->seconds);
    value.set("apart_for_at", account.streak_at ? instant(run, *account.streak_at) : JsonValue());
  }
  JsonValue band = JsonValue::array();
  if (account.index) {
    band.push_back(rounded(account.index->low));
    band.push_back(rounded(account.index->high));
  }
  value.set("index", account.index ? JsonValue(rounded(account.index->index)) : JsonValue());
  value.set("index_band", account.index ? std::move(band) : JsonValue());
  JsonValue stretches = JsonValue::array();
  for (const separation::ApartnessStretch& stretch : account.stretches) {
    JsonValue row = JsonValue::object();
    row.set("from", instant(run, stretch.when.from));
    row.set("to", instant(run, stretch.when.to));
    row.set("state", word_of(stretch.state));
    stretches.push_back(std::move(row));
  }
  value.set("stretches", std::move(stretches));
  return value;
}

JsonValue watches(const workbench::MonitorRun& run) {
  JsonValue all = JsonValue::array();
  for (const separation::ClauseWatch& clause : run.watches) {
    const separation::Demand& demand = clause.demand;
    JsonValue value = JsonValue::object();
    value.set("clause", demand.number);
    value.set("bearer", run.file.agreement.actor(clause.bearer).name);
    value.set("target", demand.target);
    value.set("width_m",
              demand.is_distance_stated ? JsonValue(demand.distance.value) : JsonValue());
    value.set("by", demand.deadline ? instant(run, *demand.deadline) : JsonValue());
    value.set("verdict", separation::to_word(clause.standing));
    value.set("is_disputed", demand.is_disputed);
    value.set("problem", clause.problem.empty() ? JsonValue() : JsonValue(clause.problem));
    JsonValue accounts = JsonValue::array();
    for (const separation::AccountWatch& account : clause.accounts) {
      accounts.push_back(account_watch(run, account));
    }
    value.set("by_account", std::move(accounts));
    all.push_back(std::move(value));
  }
  return all;
}

}  // namespace

std::string to_json(const workbench::MonitorRun& run) {
  JsonValue document = JsonValue::object();
  document.set("schema", "truce.verdicts/1");
  document.set("agreement", run.file.agreement.title);
  document.set("incidents", run.evidence.incidents.size());
  document.set("accounts", run.account_count);
  document.set("skipped_rows", run.reading.skipped.size());
  // The present that the verdicts speak of, asked for or not.
  document.set("as_known_at", instant(run, run.as_known_at.value_or(run.evidence.now)));
  document.set("according_to",
               run.according_to.empty() ? JsonValue() : JsonValue(run.according_to));
  JsonValue readings = JsonValue::array();
  for (const agreement::ActorId id : run.replay.readings) {
    readings.push_back(run.file.agreement.actor(id).name);
  }
  document.set("readings", std::move(readings));
  document.set("clauses", clause_counts(run));
  document.set("clauses_not_shown", run.replay.not_shown);
  JsonValue verdicts = JsonValue::array();
  for (std::size_t at = 0; at < run.replay.verdicts.verdicts.size(); ++at) {
    verdicts.push_back(verdict_of(run, at));
  }
  document.set("verdicts", std::move(verdicts));
  if (has_watch(run.file.agreement)) {
    document.set("points", points(run));
  }
  document.set("under_no_clause", under_no_clause(run));
  document.set("streaks", clocks(run));
  if (!run.presence.files.empty()) {
    document.set("separation", watches(run));
  }
  document.set("data", data_notes(run));
  document.set("digest", run.replay.digest);
  return document.to_pretty_text();
}

}  // namespace truce::json
