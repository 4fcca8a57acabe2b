// SPDX-License-Identifier: Apache-2.0
// What the pages show of the whole: the agreement as it runs, all incidents, and why a verdict is
// what it is.
#include <algorithm>

#include "truce/json/wording_json.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"
#include "truce/server/internal/board.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

std::string_view to_text(agreement::Form form) {
  switch (form) {
    case agreement::Form::Prohibition:
      return "prohibition";
    case agreement::Form::Duty:
      return "duty";
    case agreement::Form::Effort:
      return "effort";
    case agreement::Form::Permission:
      return "permission";
    case agreement::Form::Power:
      return "power";
    case agreement::Form::Phases:
      return "phases";
    case agreement::Form::Watch:
      return "watch";
    case agreement::Form::Reservation:
      return "reservation";
  }
  return "reservation";
}

void set_moment(JsonValue& value, std::string_view name, base::Instant at, base::Duration offset) {
  if (at > base::kBeforeTime && at < base::kAfterTime) {
    value.set(name, base::to_iso(at, offset));
  }
}

JsonValue clause_value(const agreement::Agreement& agreement, const agreement::Clause& clause) {
  JsonValue value = JsonValue::object();
  value.set("clause", clause.number);
  if (clause.part.where == agreement::Part::Where::Main && clause.part.index) {
    const agreement::Article& article = agreement.articles[*clause.part.index];
    value.set("heading", article.title);
  }
  value.set("form", to_text(clause.form));
  value.set("text", clause.text);
  return value;
}

JsonValue clock_value(const workbench::ToldClock& clock, base::Duration offset) {
  JsonValue value = JsonValue::object();
  value.set("name", clock.name);
  value.set("accounts", JsonValue::Array(clock.accounts.begin(), clock.accounts.end()));
  set_moment(value, "start", clock.start, offset);
  value.set("period_seconds", clock.period.seconds);
  JsonValue::Array resets;
  for (const workbench::ToldClock::Reset& reset : clock.resets) {
    JsonValue one = JsonValue::object();
    one.set("incident", reset.incident);
    one.set("from", base::to_iso(reset.when.from, offset));
    one.set("to", base::to_iso(reset.when.to, offset));
    one.set("is_certain", reset.is_certain);
    resets.push_back(std::move(one));
  }
  value.set("resets", std::move(resets));
  set_moment(value, "earliest_end", clock.earliest_end, offset);
  set_moment(value, "latest_end", clock.latest_end, offset);
  return value;
}

// The names of parts of an agreement, those without a name left out.
template <typename Parts>
JsonValue::Array names_of(const Parts& parts) {
  JsonValue::Array names;
  for (const auto& part : parts) {
    if (!part.name.empty()) {
      names.emplace_back(part.name);
    }
  }
  return names;
}

void set_words(JsonValue& value, const agreement::Agreement& agreement) {
  JsonValue::Array actors;
  for (const agreement::Actor& actor : agreement.actors) {
    if (actor.role != agreement::Actor::Role::Unnamed) {
      actors.emplace_back(actor.name);
    }
  }
  value.set("actors", std::move(actors));
  value.set("acts", names_of(agreement.vocabulary.verbs));
  value.set("things", names_of(agreement.vocabulary.kinds));
  value.set("places", names_of(agreement.places));
}

void set_course(JsonValue& value, const workbench::LiveRecord& live, base::Duration offset) {
  const workbench::ToldCourse course = live.course();
  JsonValue::Array force;
  for (const workbench::ToldForce& one : course.force) {
    JsonValue history = JsonValue::object();
    history.set("clause", one.clause);
    set_moment(history, "from", one.from, offset);
    if (one.until_at_least != one.until) {
      set_moment(history, "until_at_least", one.until_at_least, offset);
    }
    set_moment(history, "until", one.until, offset);
    force.push_back(std::move(history));
  }
  value.set("force", std::move(force));
  JsonValue::Array clocks;
  for (const workbench::ToldClock& clock : course.clocks) {
    clocks.push_back(clock_value(clock, offset));
  }
  value.set("clocks", std::move(clocks));
}

// What stands of everything but prohibitions.
JsonValue::Array duties_of(const workbench::LiveRecord& live, base::Duration offset) {
  JsonValue::Array duties;
  for (const workbench::ToldChange& verdict : live.standing_duties()) {
    duties.push_back(verdict_value(verdict, offset));
  }
  return duties;
}

JsonValue reason_value(const workbench::ToldReasons& reasons) {
  JsonValue value = JsonValue::object();
  value.set("clause", reasons.clause);
  value.set("bearer", reasons.bearer);
  value.set("verdict", reasons.verdict);
  value.set("because", reasons.because.english());
  value.set("because_said", json::value_of(reasons.because));
  JsonValue::Array changes;
  JsonValue::Array said;
  for (const facts::Wording& change : reasons.would_change_if) {
    changes.emplace_back(change.english());
    said.push_back(json::value_of(change));
  }
  value.set("would_change_if", std::move(changes));
  value.set("would_change_if_said", std::move(said));
  JsonValue::Array accounts;
  for (const workbench::ToldReasons::Account& account : reasons.accounts) {
    JsonValue one = JsonValue::object();
    one.set("according_to", account.according_to);
    one.set("verdict", account.verdict);
    one.set("because", account.because.english());
    one.set("because_said", json::value_of(account.because));
    JsonValue::Array words;
    for (const auto& [text, is_deciding] : account.words) {
      words.emplace_back(JsonValue::Array{text, is_deciding});
    }
    one.set("words", std::move(words));
    accounts.push_back(std::move(one));
  }
  value.set("accounts", std::move(accounts));
  value.set("readings", JsonValue::Array(reasons.readings.begin(), reasons.readings.end()));
  return value;
}

}  // namespace

Response get_agreement(Context& context, const Call& call) {
  const base::Instant now = context.workspace.now();
  return context.workspace.read([&](const Contents& contents) {
    const Record& record = contents.record;
    const base::Duration offset = record.clock_offset();
    const workbench::LiveRecord* const live = record.verdicts(view_of(call.person));
    JsonValue value = JsonValue::object();
    value.set("present", base::to_iso(now, offset));
    if (live == nullptr) {
      for (const std::string_view name : {"sides", "actors", "acts", "things", "places", "clauses",
                                          "force", "clocks", "duties"}) {
        value.set(name, JsonValue::array());
      }
      return json(value);
    }
    const agreement::Agreement& agreement = live->agreement();
    value.set("title", agreement.title);
    const auto sides = record.sides();
    value.set("sides", JsonValue::Array(sides.begin(), sides.end()));
    set_words(value, agreement);
    JsonValue::Array clauses;
    for (const agreement::Clause& clause : agreement.clauses) {
      // One of an annex for others has no number.
      if (!clause.number.empty()) {
        clauses.push_back(clause_value(agreement, clause));
      }
    }
    value.set("clauses", std::move(clauses));
    set_course(value, *live, offset);
    value.set("duties", duties_of(*live, offset));
    return json(value);
  });
}

Response get_board(Context& context, const Call& call) {
  return {.status = 200,
          .content_type = "application/json",
          .headers = {},
          .body = context.workspace.read(
              [&](const Contents& contents) { return board_text(contents.record, call.person); }),
          .stream = nullptr};
}

Response get_board_columns(Context& context, const Call& call) {
  const std::string incident = call.target.parameter("incident").value_or("");
  const bool is_limited = call.target.parameter("limit").has_value();
  const auto limit = limit_of(call);
  if (!limit) {
    return problem(limit.error());
  }
  return {.status = 200,
          .content_type = "application/octet-stream",
          .headers = {},
          .body = context.workspace.read([&](const Contents& contents) {
            const Record& record = contents.record;
            return !incident.empty() ? board_bytes_of(record, call.person, incident)
                   : is_limited      ? board_bytes_of_latest(record, call.person, *limit)
                                     : board_bytes(record, call.person);
          }),
          .stream = nullptr};
}

Response get_reasons(Context& context, const Call& call) {
  const std::string& incident = call.segment("incident");
  return context.workspace.read([&](const Contents& contents) {
    const Record& record = contents.record;
    const auto at = record.incidents().find(incident);
    const bool is_there = at != record.incidents().end() &&
                          std::any_of(at->second.begin(), at->second.end(), [&](const auto& row) {
                            return is_shown(row.audience, call.person);
                          });
    if (!is_there) {
      return not_found();
    }
    JsonValue::Array reasons;
    if (const auto* const live = record.verdicts(view_of(call.person))) {
      for (const workbench::ToldReasons& one :
           live->reasons_of(incident, record.agreement()->sources())) {
        reasons.push_back(reason_value(one));
      }
    }
    JsonValue value = JsonValue::object();
    value.set("reasons", std::move(reasons));
    return json(value);
  });
}

}  // namespace truce::server::internal
