// SPDX-License-Identifier: Apache-2.0
// X03: a prohibition that forbids nothing which another does not forbid already.
#include <algorithm>

#include "truce/analysis/internal/search.h"
#include "truce/facts/match.h"

namespace truce::analysis::internal {
namespace {

using agreement::Noun;
using agreement::Nouns;
using agreement::Preposition;
using facts::Truth;

bool is_conditional(const Clause& clause) {
  return clause.find<agreement::If>() != nullptr || clause.find<agreement::While>() != nullptr ||
         clause.find<agreement::Unless>() != nullptr || clause.waits();
}

class Comparison {
 public:
  Comparison(Search& search, ClauseId narrow, ClauseId wide)
      : search_(search),
        narrow_(narrow),
        wide_(wide),
        inner_(search.clause(narrow)),
        outer_(search.clause(wide)) {}

  /// Whether every breach of the narrow clause is one of the wide one.
  [[nodiscard]] bool is_implied() {
    const Actors bearers = search_.draft.bearers(narrow_);
    return !bearers.empty() && are_among(bearers, search_.draft.bearers(wide_)) &&
           outer_.find<agreement::Exception>() == nullptr && !is_conditional(outer_) &&
           inner_.act.verb.has_value() && inner_.act.verb == outer_.act.verb && is_in_time() &&
           is_in_place() && std::all_of(bearers.begin(), bearers.end(), [&](ActorId bearer) {
             return are_covered(inner_.act.object, outer_.act.object, bearer,
                                Preposition::Object) &&
                    are_complements_covered(bearer);
           });
  }

 private:
  [[nodiscard]] bool is_covered(const facts::Value& value, const Nouns& wide, ActorId bearer,
                                Preposition preposition) const {
    return std::any_of(wide.items.begin(), wide.items.end(), [&](const Noun& noun) {
      return facts::match(search_.agreement(), value, noun, bearer, *inner_.act.verb,
                          preposition) == Truth::Yes;
    });
  }

  [[nodiscard]] bool are_covered(const Nouns& narrow, const Nouns& wide, ActorId bearer,
                                 Preposition preposition) const {
    if (wide.empty()) {
      return true;
    }
    return !narrow.empty() &&
           std::all_of(narrow.items.begin(), narrow.items.end(), [&](const Noun& noun) {
             facts::Value value;
             value.text = noun.text;
             if (noun.head == Noun::Head::Agent &&
                 noun.agent.who != agreement::Agent::Who::Undefined) {
               const Actors actors = search_.agreement().resolve(noun.agent, bearer);
               value.head = facts::Value::Head::Actor;
               return std::all_of(actors.begin(), actors.end(), [&](ActorId actor) {
                 value.actor = actor;
                 return is_covered(value, wide, bearer, preposition);
               });
             }
             if (noun.head == Noun::Head::Place) {
               value.head = facts::Value::Head::Place;
               value.place = noun.place;
               return is_covered(value, wide, bearer, preposition);
             }
             if (noun.head != Noun::Head::Kind || noun.test.has_value()) {
               return false;
             }
             value.head = facts::Value::Head::Kind;
             value.kind = noun.kind;
             if (noun.owner.empty()) {
               return is_covered(value, wide, bearer, preposition);
             }
             if (noun.owner[0].head != Noun::Head::Agent) {
               return false;
             }
             const Actors owners = search_.agreement().resolve(noun.owner[0].agent, bearer);
             return std::all_of(owners.begin(), owners.end(), [&](ActorId owner) {
               value.owner = owner;
               return is_covered(value, wide, bearer, preposition);
             });
           });
  }

  [[nodiscard]] bool are_complements_covered(ActorId bearer) const {
    return std::all_of(
        outer_.act.complements.begin(), outer_.act.complements.end(), [&](const auto& wide) {
          const auto own =
              std::find_if(inner_.act.complements.begin(), inner_.act.complements.end(),
                           [&](const auto& one) { return one.preposition == wide.preposition; });
          return own != inner_.act.complements.end() && wide.at_least == own->at_least &&
                 are_covered(own->nouns, wide.nouns, bearer, wide.preposition);
        });
  }

  [[nodiscard]] bool is_in_place() const {
    const auto* wide = outer_.find<agreement::InPlace>();
    if (wide == nullptr) {
      return true;
    }
    const auto* narrow = inner_.find<agreement::InPlace>();
    return narrow != nullptr &&
           std::all_of(
               narrow->places.items.begin(), narrow->places.items.end(), [&](const Noun& one) {
                 return one.head == Noun::Head::Place &&
                        std::any_of(wide->places.items.begin(), wide->places.items.end(),
                                    [&](const Noun& other) {
                                      return other.head == Noun::Head::Place &&
                                             search_.draft.lies_in(one.place, other.place) ==
                                                 Truth::Yes;
                                    });
               });
  }

  [[nodiscard]] bool is_in_time() {
    const auto* outer_from = outer_.find<agreement::From>();
    if (outer_from != nullptr) {
      const auto room = search_.time.least_between(search_.time.moment(outer_from->at, false),
                                                   search_.time.begins(narrow_));
      if (!room.has_value() || *room < 0) {
        return false;
      }
    }
    const auto outer_end = search_.time.ends(wide_);
    const auto inner_end = search_.time.ends(narrow_);
    if (!outer_end.has_value()) {
      return true;
    }
    // A renewal of the narrow clause alone could outlast the wide one.
    if (!inner_end.has_value() || inner_.find<agreement::Renewable>() != nullptr) {
      return false;
    }
    const auto room = search_.time.least_between(*inner_end, *outer_end);
    return room.has_value() && *room >= 0;
  }

  Search& search_;
  ClauseId narrow_;
  ClauseId wide_;
  const Clause& inner_;
  const Clause& outer_;
};

// Prohibitions that can be compared: a power that ends, suspends or extends one of two alone would
// make a difference between them.
std::vector<ClauseId> comparable(const Search& search) {
  std::vector<bool> is_changed(search.agreement().clauses.size(), false);
  for (const Clause& clause : search.agreement().clauses) {
    for (const agreement::ClauseRef& ref : clause.power.clauses) {
      is_changed[ref.clause.index] =
          is_changed[ref.clause.index] || clause.form == agreement::Form::Power;
    }
  }
  std::vector<ClauseId> ids;
  for (const ClauseId id : search.draft.clauses()) {
    if (search.draft.is_prohibition(id) && !search.draft.is_asleep(id) && !is_changed[id.index]) {
      ids.push_back(id);
    }
  }
  return ids;
}

}  // namespace

void find_implied(Search& search) {
  const std::vector<ClauseId> ids = comparable(search);
  for (const ClauseId narrow : ids) {
    bool is_told = false;
    for (const ClauseId wide : ids) {
      if (narrow == wide || is_told || !Comparison(search, narrow, wide).is_implied()) {
        continue;
      }
      // Of two that say the same, the later one is superfluous.
      const bool is_same = Comparison(search, wide, narrow).is_implied();
      if (is_same && narrow < wide) {
        continue;
      }
      is_told = true;
      Finding finding{.code = Code::X03};
      about(finding, search.draft, narrow, "forbids nothing more", true);
      about(finding, search.draft, wide, "than this does", false);
      finding.subject = narrow;
      finding.message = is_same ? say("{} says what {} says already", search.draft.number(narrow),
                                      search.draft.number(wide))
                                : say("whatever {} forbids, {} forbids already",
                                      search.draft.number(narrow), search.draft.number(wide));
      finding.outcome = say("Whoever reads both will look for a difference that is not there.");
      search.findings.push_back(std::move(finding));
    }
  }
}

}  // namespace truce::analysis::internal
