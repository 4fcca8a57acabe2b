// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "truce/stream/plan.h"

namespace truce::stream {
namespace {

using agreement::Agreement;
using agreement::Form;

std::string length(base::Duration duration) {
  const std::int64_t seconds = duration.seconds;
  const auto say = [](std::int64_t count, const char* unit) {
    return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
  };
  if (seconds % base::kDay.seconds == 0) {
    return say(seconds / base::kDay.seconds, "day");
  }
  if (seconds % base::kHour.seconds == 0) {
    return say(seconds / base::kHour.seconds, "hour");
  }
  return say(seconds, "second");
}

bool is_response(const Agreement& agreement, const Store& store) {
  return store.situation && std::holds_alternative<agreement::Response>(
                                agreement.situations[store.situation->index].what);
}

// What it is kept for, each apart from the others.
std::string each(const Agreement& agreement, const Store& store) {
  std::vector<std::string> keys;
  if (is_response(agreement, store)) {
    keys.emplace_back("pair of attacker and attacked");
  }
  if (store.where == Store::Where::SamePlace) {
    keys.emplace_back("place");
  }
  return fmt::format("{}", fmt::join(keys, " and "));
}

std::string kept(const Agreement& agreement, const Store& store) {
  const std::string by = each(agreement, store);
  const std::string apart = by.empty() ? "" : " for each " + by;
  switch (store.what) {
    case Store::What::Requests:
      return fmt::format("what waits for an answer, by its key, until {} have passed",
                         length(*store.period));
    case Store::What::Quiet:
      return store.where == Store::Where::Near
                 ? fmt::format("the points of what interrupts, for {}", length(*store.period))
                 : fmt::format("two times{}", apart);
    case Store::What::Count:
      return store.where == Store::Where::Near
                 ? fmt::format("the points of such acts, for {}", length(*store.period))
                 : fmt::format("the last {} times{}", store.at_least, apart);
    case Store::What::Latest:
      break;
  }
  return store.where == Store::Where::Near
             ? fmt::format("the points of such acts{}, for {}", apart, length(*store.period))
             : fmt::format("the last time{}", apart);
}

std::string cost(const Store& store) {
  if (store.what == Store::What::Requests) {
    return "one look for a request, one for an answer";
  }
  return store.where == Store::Where::Near
             ? fmt::format("nine cells of {:.0f} m around the act", store.within.value)
             : "one look, however long the period";
}

}  // namespace

std::string split_of(const Agreement& agreement, const Plan& plan, const ClausePlan& clause) {
  if (clause.obstacle) {
    return "no: the whole record is kept";
  }
  std::vector<std::string> by;
  const auto add = [&](std::string_view what) {
    if (std::find(by.begin(), by.end(), what) == by.end()) {
      by.emplace_back(what);
    }
  };
  for (const std::size_t at : clause.stores) {
    const Store& store = plan.stores[at];
    if (store.what == Store::What::Requests) {
      add("key");
    } else if (store.where == Store::Where::SamePlace) {
      add("place");
    } else if (is_response(agreement, store)) {
      add("pair of actors");
    } else {
      return "no: what it remembers is common to all rows";
    }
  }
  return by.empty() ? "by row: nothing is remembered" : fmt::format("by {}", fmt::join(by, ", "));
}

StoreText describe(const Agreement& agreement, const Store& store) {
  return {store.situation ? agreement.situations[store.situation->index].name : "what waits",
          cost(store), kept(agreement, store)};
}

namespace {

void add_clause(const Agreement& agreement, const Plan& plan, const ClausePlan& clause,
                std::string& text) {
  const agreement::Clause& entry = agreement.clause(clause.clause);
  text += fmt::format("\n{}\n", entry.text);
  if (entry.form == Form::Reservation) {
    text += "  nothing: its text is reserved\n";
    return;
  }
  if (clause.obstacle) {
    text += fmt::format("  needs the whole record: {}\n", *clause.obstacle);
    text += "  remembers   every report that may touch it\n";
    return;
  }
  if (entry.form == Form::Power) {
    text += "  a power: with an act of it on record the whole record is replayed\n";
    return;
  }
  text +=
      "  decided     once for all rows of the same words, and of the same places where it "
      "names places\n";
  for (const std::size_t at : clause.stores) {
    const StoreText store = describe(agreement, plan.stores[at]);
    text += fmt::format("  then asks   {}: {}\n", store.name, store.cost);
    text += fmt::format("  remembers   {}\n", store.kept);
  }
  text += fmt::format("  splits      {}\n", split_of(agreement, plan, clause));
}

}  // namespace

std::string to_text(const Agreement& agreement, const Plan& plan) {
  std::string text;
  if (plan.is_whole()) {
    text =
        "A log in order of time is judged row by row, each row once, in memory for what still "
        "matters alone.\n";
  } else {
    const auto count =
        std::count_if(plan.clauses.begin(), plan.clauses.end(),
                      [](const auto& clause) { return clause.obstacle.has_value(); });
    text = plan.obstacle ? fmt::format("The whole record is replayed: {}.\n", *plan.obstacle)
                         : fmt::format("The whole record is replayed: {} of {} clauses need it.\n",
                                       count, plan.clauses.size());
  }
  for (const ClausePlan& clause : plan.clauses) {
    add_clause(agreement, plan, clause, text);
  }
  return text;
}

}  // namespace truce::stream
