// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/eyes.h"

#include <algorithm>
#include <array>

namespace truce::analysis::internal {
namespace {

using agreement::Monitored;
using agreement::Noun;

// Verbs whose doing is seen in the field, and under what heading an observer's list may have it;
// the others are shown by notices, registers and receipts, which whoever is told can read.
struct Conduct {
  std::string_view verb;
  std::string_view heading;
};
constexpr std::array<Conduct, 24> kConduct = {{{"attack", "Attacks"},
                                               {"burn", "Attacks"},
                                               {"respond", "Attacks"},
                                               {"move", "Movements"},
                                               {"withdraw", "Withdrawal"},
                                               {"separate", "Separation"},
                                               {"enter", "Movements"},
                                               {"fly", "Movements"},
                                               {"carry", "Movements"},
                                               {"station", "Movements"},
                                               {"acquire", "Acquisitions"},
                                               {"seize", "Seizures"},
                                               {"occupy", "Acquisitions"},
                                               {"clear", "Demining"},
                                               {"keep", ""},
                                               {"store", ""},
                                               {"staff", ""},
                                               {"admit", ""},
                                               {"deny", ""},
                                               {"escort", ""},
                                               {"pass", ""},
                                               {"deliver", ""},
                                               {"lay", ""},
                                               {"detain", ""}}};

}  // namespace

bool Eyes::needs_eyes(const agreement::Act& act) const {
  return act.verb.has_value() &&
         std::any_of(kConduct.begin(), kConduct.end(), [&](const Conduct& one) {
           return one.verb == draft_.agreement().verb(*act.verb).name;
         });
}

bool Eyes::is_listed(const agreement::Act& act, const agreement::Nouns& list) const {
  return std::any_of(list.items.begin(), list.items.end(),
                     [&](const Noun& noun) { return covers(noun, act); });
}

bool Eyes::covers(const Noun& noun, const agreement::Act& act) const {
  // What is no kind, or undefined, is not ours to judge.
  if (noun.head != Noun::Head::Kind || !act.verb.has_value()) {
    return true;
  }
  if (is_heading(noun.kind, *act.verb) || overlaps(noun.kind, act.object)) {
    return true;
  }
  return std::any_of(act.complements.begin(), act.complements.end(),
                     [&](const auto& complement) { return overlaps(noun.kind, complement.nouns); });
}

bool Eyes::is_heading(agreement::KindId kind, agreement::VerbId verb) const {
  const agreement::Verb& done = draft_.agreement().verb(verb);
  const bool is_own = std::any_of(kConduct.begin(), kConduct.end(), [&](const Conduct& one) {
    const auto heading = draft_.agreement().vocabulary.find_kind(one.heading);
    return one.verb == done.name && heading.has_value() &&
           draft_.agreement().vocabulary.is_kind_of(*heading, kind);
  });
  return is_own || std::any_of(done.implies.begin(), done.implies.end(), [&](const auto& implied) {
           return implied.verb != verb && is_heading(kind, implied.verb);
         });
}

bool Eyes::is_own_access(const agreement::Act& act) const {
  const agreement::Vocabulary& vocabulary = draft_.agreement().vocabulary;
  const auto observers = vocabulary.find_kind("Observers");
  return std::any_of(act.complements.begin(), act.complements.end(), [&](const auto& complement) {
    const auto& nouns = complement.nouns.items;
    return std::any_of(nouns.begin(), nouns.end(), [&](const Noun& noun) {
      return noun.head == Noun::Head::Kind && observers.has_value() &&
             vocabulary.is_kind_of(noun.kind, *observers);
    });
  });
}

bool Eyes::overlaps(agreement::KindId kind, const agreement::Nouns& nouns) const {
  const agreement::Vocabulary& vocabulary = draft_.agreement().vocabulary;
  return std::any_of(nouns.items.begin(), nouns.items.end(), [&](const Noun& noun) {
    return noun.head == Noun::Head::Kind &&
           (vocabulary.is_kind_of(noun.kind, kind) || vocabulary.is_kind_of(kind, noun.kind));
  });
}

Actors watchers(const Draft& draft, ClauseId id) {
  Actors actors;
  for (const Monitored* monitored : draft.clause(id).find_all<Monitored>()) {
    for (const agreement::Agent& agent : monitored->agents) {
      for (const ActorId actor : draft.agreement().resolve(agent, {})) {
        actors.push_back(actor);
      }
    }
  }
  return actors;
}

}  // namespace truce::analysis::internal
