// SPDX-License-Identifier: Apache-2.0
// What is said of an opinion that rests on all worlds of an account, and not on single tests.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "truce/monitor/internal/explain.h"
#include "truce/monitor/internal/words.h"

namespace truce::monitor::internal {

using facts::Doubt;
using facts::Opinion;

namespace {

std::string_view whichever(Doubt doubt) {
  switch (doubt) {
    case Doubt::Where:
      return "wherever in the reported area it was";
    case Doubt::Who:
      return "whoever of those named did it";
    case Doubt::Target:
      return "whichever of the targets named was struck";
    case Doubt::Weapon:
      return "whichever of the weapons named was used";
    case Doubt::What:
      return "whichever of the acts named it was";
    case Doubt::When:
      return "at whatever time in the reported range it was";
  }
  return "";
}

void add_places(const agreement::Nouns& nouns, std::set<agreement::PlaceId>& places) {
  for (const agreement::Noun& noun : nouns.items) {
    if (noun.head == agreement::Noun::Head::Place) {
      places.insert(noun.place);
    }
  }
}

// The places of which the clause speaks.
std::set<agreement::PlaceId> places_named(const agreement::Clause& clause) {
  std::set<agreement::PlaceId> places;
  add_places(clause.act.object, places);
  for (const agreement::Complement& complement : clause.act.complements) {
    add_places(complement.nouns, places);
  }
  for (const auto* in_place : clause.find_all<agreement::InPlace>()) {
    add_places(in_place->places, places);
  }
  for (const auto* exception : clause.find_all<agreement::Exception>()) {
    add_places(exception->nouns, places);
  }
  return places;
}

}  // namespace

// `whether it was in West or in Middle`; empty where the clause does not name all of them.
std::string Explainer::which_place(const agreement::Clause& clause, facts::FactId id) {
  const std::set<agreement::PlaceId> named = places_named(clause);
  std::set<std::string> choices;
  for (const std::vector<facts::Located>& located : engine_.worlds().places_of(id)) {
    std::vector<std::string> inside;
    for (const facts::Located& one : located) {
      if (one.is_inside && named.count(one.place) > 0) {
        inside.push_back(agreement().place(one.place).name);
      }
    }
    if (inside.empty()) {
      return "";
    }
    choices.insert("in " + join_words(inside));
  }
  return choices.size() < 2
             ? std::string()
             : "whether it was " +
                   join_words(std::vector<std::string>(choices.begin(), choices.end()), "or");
}

void Explainer::tell_of_worlds(const agreement::Clause& clause, const Searched* found,
                               AccountReason& reason) {
  if (found == nullptr) {
    return;
  }
  if (found->end == Searched::End::TooMany) {
    reason.because +=
        "; the reports that bear on it can be read together in more ways than are tried";
    return;
  }
  if (found->end != Searched::End::Agreed) {
    return;
  }
  std::vector<std::string> ways;
  const auto add = [&](std::string way) {
    if (std::find(ways.begin(), ways.end(), way) == ways.end()) {
      ways.push_back(std::move(way));
    }
  };
  const facts::FactId own =
      reason.deciding_facts.empty() ? found->doubts.front().first : reason.deciding_facts.front();
  reason.deciding_facts = {own};
  for (const auto& [id, doubt] : found->doubts) {
    if (id == own) {
      std::string place = doubt == Doubt::Where ? which_place(clause, id) : std::string();
      add(place.empty() ? std::string(whichever(doubt)) : std::move(place));
    }
  }
  for (const auto& [id, doubt] : found->doubts) {
    if (id != own) {
      add(fmt::format("however it is read that {}", told(id)));
      reason.deciding_facts.push_back(id);
    }
  }
  std::sort(reason.deciding_facts.begin() + 1, reason.deciding_facts.end());
  reason.deciding_facts.erase(
      std::unique(reason.deciding_facts.begin(), reason.deciding_facts.end()),
      reason.deciding_facts.end());
  const bool is_prohibition = clause.form == agreement::Form::Prohibition;
  reason.because =
      fmt::format("{} says that {}: {}, {} {}", name_of(reason.account), told(own),
                  join_words(ways), clause.number,
                  reason.opinion == Opinion::Broken ? (is_prohibition ? "forbids it" : "was broken")
                  : is_prohibition                  ? "is not broken by it"
                                                    : "was kept");
}

}  // namespace truce::monitor::internal
