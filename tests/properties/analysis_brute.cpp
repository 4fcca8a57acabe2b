// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/analysis_brute.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/small_truce.h"
#include <fmt/format.h>

#include "truce/analysis/analyse.h"
#include "truce/facts/resolve.h"
#include "truce/semantics/evaluate.h"

namespace truce::analysis {
namespace {

using agreement::ActorId;
using agreement::Agreement;
using agreement::Clause;
using agreement::ClauseId;
using agreement::Noun;
using agreement::ScenarioEvent;
using facts::Outcome;
using testing::Dice;

// No window, deadline or chain of the texts below goes beyond.
constexpr int kHours = 13;

std::string hour(std::size_t hours) {
  return hours == 0 ? "D" : fmt::format("D + {} hours", hours);
}

std::string text_of(Dice& dice) {
  std::string text =
      "truce \"T\"; of 2029-12-31; clock C at UTC+00:00; days of 24 hours; vocabulary "
      "\"truce/ceasefire-1\".\nparties North; South.\nguarantors Aland ensures compliance of "
      "North.\nplaces Country = annex A area; Belt = within 5 km of Road; Strip = within 1 km of "
      "Road; Road = annex A line.\nthings Big Guns = Tanks, Artillery.\nmoments D = 2030-01-01 "
      "00:00.\n";
  // Mostly each duty is about a thing of its own, so that no act performs another one, too.
  const std::vector<std::string> own = {"move Tanks", "move Artillery", "move Mortars"};
  const bool is_apart = !dice.one_in(3);
  const auto place = [&] { return dice.any({"Country", "Belt", "Strip", "Strip"}); };
  // Now and then one side waits for the other, and a bar stands where it may be led into.
  const bool is_led = dice.one_in(4);
  const std::size_t duties = is_led ? 2 : 1 + dice.below(3);
  for (std::size_t i = 1; i <= duties; ++i) {
    const std::string side = i == 2 ? "South" : "North";
    text += fmt::format("1.{} {} shall {}; in {}", i,
                        is_led ? side : dice.any({"North or South", "each Party", side, side}),
                        is_apart ? own[i - 1] : dice.any(own), place());
    if (i > 1 && (is_led || !dice.one_in(3))) {
      text += fmt::format("; upon fulfilment of 1.{}; within {} hours", 1 + dice.below(i - 1),
                          1 + dice.below(2));
    } else {
      const std::size_t start = dice.below(3);
      text += fmt::format("; from {}; not later than {}", hour(start),
                          hour(start + (is_led ? 5 : dice.below(6))));
    }
    text += dice.one_in(6) ? "; despite 2.1" : "";
    text += "; consequence none stated.\n";
  }
  const std::size_t prohibitions = 1 + dice.below(3);
  for (std::size_t i = 1; i <= prohibitions; ++i) {
    const std::size_t from = is_led ? 1 + dice.below(4) : dice.below(7);
    text +=
        fmt::format("2.{} {} shall not {}; in {}; from {}{}{}; consequence none stated.\n", i,
                    dice.any({"each Party", "North", "South"}),
                    dice.any({"move Tanks", "move Big Guns", "move Weapons", "move Heavy Weapons",
                              "move Artillery"}),
                    dice.any({"Belt", "Belt", "Strip", "Country"}), hour(from),
                    dice.one_in(4) ? "" : "; until " + hour(from + 1 + dice.below(is_led ? 3 : 6)),
                    dice.any({"", "", "", "; except for Strip", "; except for Artillery"}));
  }
  if (dice.one_in(3)) {
    text += fmt::format("3.1 each Party may move {}; in {}{}.\n", dice.any({"Tanks", "Big Guns"}),
                        place(), dice.any({"", "; subject to 2.1", "; from D + 3 hours"}));
  }
  const std::size_t attacks = 1 + dice.below(3);
  for (std::size_t i = 1; i <= attacks; ++i) {
    const std::size_t from = dice.below(3);
    text += fmt::format(
        "4.{} {} shall not attack {} with {}; in {}; from {}{}{}; consequence none stated.\n", i,
        dice.any({"each Party", "North", "North, South and Aland each"}),
        dice.any({"Convoys", "Hospitals", "Convoys or Hospitals"}),
        dice.any({"Tanks", "Artillery", "Big Guns", "Weapons"}),
        dice.any({"Country", "Belt", "Belt", "Strip"}), hour(from),
        dice.one_in(3) ? "" : "; until " + hour(from + 2 + dice.below(6)),
        dice.any({"", "", "", "; except for Strip", "; except for Tanks"}));
  }
  return text + "harms Hurt = anyone attack Convoys or Hospitals with Big Guns in Belt.\n";
}

base::Instant at(int hours) {
  return base::Instant{base::start_of({2030, 1, 1}).seconds + hours * 3600};
}

agreement::Agent agent_of(ActorId actor) {
  agreement::Agent agent;
  agent.who = agreement::Agent::Who::Actor;
  agent.actor = actor;
  return agent;
}

agreement::Complement in(const Agreement& agreement, agreement::PlaceId place) {
  Noun noun;
  noun.head = Noun::Head::Place;
  noun.place = place;
  noun.text = agreement.place(place).name;
  agreement::Complement complement;
  complement.preposition = agreement::Preposition::In;
  complement.nouns.items = {noun};
  return complement;
}

facts::Verdicts verdicts_of(const Agreement& agreement, std::vector<ScenarioEvent> events) {
  agreement::Scenario scenario;
  scenario.events = std::move(events);
  return semantics::evaluate(agreement, facts::from_scenario(agreement, scenario));
}

// One of those who must perform, or any of which may.
struct Slot {
  ClauseId clause;
  std::vector<ActorId> may;
};

class Trying {
 public:
  Trying(const Agreement& agreement, const Analysis& analysis, std::string text, Compared& compared)
      : agreement_(agreement), analysis_(analysis), text_(std::move(text)), compared_(compared) {}

  void duties();
  void harm();
  void implied();

 private:
  [[nodiscard]] std::vector<Slot> slots_of(ClauseId duty) const;
  void add_slots(ClauseId duty, std::vector<Slot>& slots) const;
  [[nodiscard]] ScenarioEvent performance(const Slot& slot, ActorId actor, int hours) const;
  // Whether with these performances all these duties are kept and nothing is broken for sure.
  [[nodiscard]] bool is_kept(const std::vector<Slot>& slots,
                             const std::vector<ScenarioEvent>& events) const;
  bool each_way(const Slot& slot, const std::function<bool(const ScenarioEvent&)>& test) const;
  bool can_keep(const std::vector<Slot>& slots, std::size_t next,
                std::vector<ScenarioEvent>& events) const;
  bool can_bar(const std::vector<Slot>& slots, std::size_t next,
               std::vector<ScenarioEvent>& events) const;
  [[nodiscard]] bool is_found(Code code, ClauseId id) const;
  [[nodiscard]] bool is_left_out(const std::vector<Slot>& slots) const;
  [[nodiscard]] bool are_apart(const std::vector<Slot>& slots) const;
  void differ(const std::string& what);
  [[nodiscard]] std::vector<Noun> nouns(const std::vector<std::string>& kinds) const;
  bool each_attack(const std::vector<ActorId>& actors, const std::vector<std::string>& targets,
                   const std::vector<std::string>& weapons, const std::vector<std::string>& places,
                   const std::function<bool(const facts::Verdicts&)>& test) const;

  const Agreement& agreement_;
  const Analysis& analysis_;
  std::string text_;
  Compared& compared_;
};

void Trying::differ(const std::string& what) {
  if (compared_.difference.empty()) {
    compared_.difference = what + "\n" + text_;
    for (const Finding& finding : analysis_.findings) {
      compared_.difference +=
          std::string(info(finding.code).id) + " " + finding.message.english() + "\n";
    }
  }
}

bool Trying::is_found(Code code, ClauseId id) const {
  return std::any_of(
      analysis_.findings.begin(), analysis_.findings.end(), [&](const Finding& finding) {
        // What was played has the duty first; what was asked says whose it is.
        const bool is_its = finding.subject.has_value()
                                ? *finding.subject == id
                                : std::find(finding.clauses.begin(), finding.clauses.end(), id) !=
                                      finding.clauses.end();
        return finding.code == code && is_its;
      });
}

void Trying::add_slots(ClauseId duty, std::vector<Slot>& slots) const {
  const Clause& clause = agreement_.clause(duty);
  const bool is_known = std::any_of(slots.begin(), slots.end(),
                                    [&](const Slot& slot) { return slot.clause == duty; });
  if (is_known) {
    return;
  }
  for (const auto* upon : clause.find_all<agreement::Upon>()) {
    for (const agreement::ClauseRef& ref : upon->clauses) {
      add_slots(ref.clause, slots);
    }
  }
  std::vector<ActorId> bearers;
  for (const agreement::Agent& agent : clause.subject.agents) {
    const auto more = agreement_.resolve(agent, {});
    bearers.insert(bearers.end(), more.begin(), more.end());
  }
  if (clause.subject.mode == agreement::Subject::Mode::Either) {
    slots.push_back({duty, bearers});
    return;
  }
  for (const ActorId bearer : bearers) {
    slots.push_back({duty, {bearer}});
  }
}

std::vector<Slot> Trying::slots_of(ClauseId duty) const {
  std::vector<Slot> slots;
  add_slots(duty, slots);
  return slots;
}

ScenarioEvent Trying::performance(const Slot& slot, ActorId actor, int hours) const {
  const Clause& clause = agreement_.clause(slot.clause);
  ScenarioEvent event;
  event.at = at(hours);
  event.agents = {agent_of(actor)};
  event.act = clause.act;
  event.act->complements.push_back(
      in(agreement_, clause.find<agreement::InPlace>()->places.items[0].place));
  return event;
}

bool Trying::is_kept(const std::vector<Slot>& slots,
                     const std::vector<ScenarioEvent>& events) const {
  const facts::Verdicts found = verdicts_of(agreement_, events);
  for (const facts::Verdict& verdict : found.verdicts) {
    const bool is_prohibition =
        agreement_.clause(verdict.clause).form == agreement::Form::Prohibition;
    if (is_prohibition && verdict.outcome == Outcome::Broken) {
      return false;
    }
  }
  return std::all_of(slots.begin(), slots.end(), [&](const Slot& slot) {
    return std::any_of(
        found.verdicts.begin(), found.verdicts.end(), [&](const facts::Verdict& verdict) {
          return verdict.clause == slot.clause && verdict.outcome == Outcome::Kept &&
                 std::find(verdict.bearers.begin(), verdict.bearers.end(), slot.may[0]) !=
                     verdict.bearers.end();
        });
  });
}

// Whether some performance of the slot passes.
bool Trying::each_way(const Slot& slot,
                      const std::function<bool(const ScenarioEvent&)>& test) const {
  for (int hours = 0; hours < kHours; ++hours) {
    for (const ActorId actor : slot.may) {
      if (test(performance(slot, actor, hours))) {
        return true;
      }
    }
  }
  return false;
}

bool Trying::can_keep(const std::vector<Slot>& slots, std::size_t next,
                      std::vector<ScenarioEvent>& events) const {
  const std::vector<Slot> so_far(slots.begin(), slots.begin() + static_cast<long>(next));
  if (next > 0 && !is_kept(so_far, events)) {
    return false;
  }
  return next == slots.size() || each_way(slots[next], [&](const ScenarioEvent& event) {
           events.push_back(event);
           const bool is_it = can_keep(slots, next + 1, events);
           events.pop_back();
           return is_it;
         });
}

// Whether others can do their parts lawfully so that nothing is left for the last slot.
bool Trying::can_bar(const std::vector<Slot>& slots, std::size_t next,
                     std::vector<ScenarioEvent>& events) const {
  const std::vector<Slot> so_far(slots.begin(), slots.begin() + static_cast<long>(next));
  if (next > 0 && !is_kept(so_far, events)) {
    return false;
  }
  if (next + 1 == slots.size()) {
    return !each_way(slots[next], [&](const ScenarioEvent& event) {
      events.push_back(event);
      const bool is_it = is_kept(slots, events);
      events.pop_back();
      return is_it;
    });
  }
  return each_way(slots[next], [&](const ScenarioEvent& event) {
    events.push_back(event);
    const bool is_it = can_bar(slots, next + 1, events);
    events.pop_back();
    return is_it;
  });
}

// What another finding says of one of these clauses is not told twice.
bool Trying::is_left_out(const std::vector<Slot>& slots) const {
  return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
    const bool is_of_other =
        slot.clause != slots.back().clause && (is_found(Code::C01, slot.clause));
    return is_of_other || is_found(Code::T01, slot.clause) || is_found(Code::T02, slot.clause);
  });
}

bool Trying::are_apart(const std::vector<Slot>& slots) const {
  // What lifts a prohibition once others have acted may lift it here, too.
  for (const Clause& clause : agreement_.clauses) {
    if (clause.waits() && clause.find<agreement::Despite>() != nullptr) {
      return false;
    }
  }
  for (const Slot& one : slots) {
    for (const Slot& other : slots) {
      if (one.clause != other.clause &&
          agreement_.clause(one.clause).act.object.items[0].kind ==
              agreement_.clause(other.clause).act.object.items[0].kind) {
        return false;
      }
    }
  }
  return true;
}

void Trying::duties() {
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    const auto id = base::id_at<ClauseId>(i);
    if (agreement_.clauses[i].form != agreement::Form::Duty) {
      continue;
    }
    const std::vector<Slot> all = slots_of(id);
    bool is_impossible = false;
    bool is_barred = false;
    bool is_asked = true;
    for (const Slot& last : all) {
      if (last.clause != id) {
        continue;
      }
      // One instance at a time, with what it waits for.
      std::vector<Slot> slots;
      std::copy_if(all.begin(), all.end(), std::back_inserter(slots),
                   [&](const Slot& slot) { return slot.clause != id; });
      slots.push_back(last);
      std::vector<ScenarioEvent> events;
      is_asked = is_asked && slots.size() < 4 && !is_left_out(slots);
      if (!is_asked) {
        break;
      }
      const bool can = can_keep(slots, 0, events);
      is_impossible = is_impossible || !can;
      const bool is_of_others =
          last.may.size() == 1 && slots.size() > 1 &&
          std::none_of(slots.begin(), slots.end() - 1, [&](const Slot& slot) {
            return std::find(slot.may.begin(), slot.may.end(), last.may[0]) != slot.may.end();
          });
      if (can && is_of_others) {
        is_barred = is_barred || can_bar(slots, 0, events);
      }
    }
    if (!is_asked) {
      continue;
    }
    ++compared_.questions;
    compared_.contradictions += is_impossible ? 1 : 0;
    // Where one act may perform several duties, what is found must still be so.
    const bool is_apart = are_apart(all);
    const bool is_told = is_found(Code::C01, id);
    if (is_told ? !is_impossible : is_impossible && is_apart) {
      differ(fmt::format("C01 of {}: {} by trying", agreement_.clauses[i].number, is_impossible));
    }
    if (!is_impossible) {
      compared_.traps += is_barred ? 1 : 0;
      const bool is_trap = is_found(Code::S01, id);
      if (is_trap ? !is_barred : is_barred && is_apart) {
        differ(fmt::format("S01 of {}: {} by trying", agreement_.clauses[i].number, is_barred));
      }
    }
  }
}

std::vector<Noun> Trying::nouns(const std::vector<std::string>& kinds) const {
  std::vector<Noun> found;
  for (const std::string& name : kinds) {
    Noun noun;
    noun.head = Noun::Head::Kind;
    noun.kind = *agreement_.vocabulary.find_kind(name);
    noun.text = name;
    found.push_back(noun);
  }
  return found;
}

bool Trying::each_attack(const std::vector<ActorId>& actors,
                         const std::vector<std::string>& targets,
                         const std::vector<std::string>& weapons,
                         const std::vector<std::string>& places,
                         const std::function<bool(const facts::Verdicts&)>& test) const {
  for (const ActorId actor : actors) {
    for (int hours = 0; hours < kHours; ++hours) {
      for (const Noun& target : nouns(targets)) {
        for (const Noun& weapon : nouns(weapons)) {
          for (const std::string& place : places) {
            ScenarioEvent event;
            event.at = at(hours);
            event.agents = {agent_of(actor)};
            event.act.emplace();
            event.act->verb = agreement_.vocabulary.find_verb("attack");
            event.act->object.items = {target};
            agreement::Complement with;
            with.preposition = agreement::Preposition::With;
            with.nouns.items = {weapon};
            event.act->complements = {with, in(agreement_, *agreement_.find_place(place))};
            if (test(verdicts_of(agreement_, {event}))) {
              return true;
            }
          }
        }
      }
    }
  }
  return false;
}

// Inside the life of the harm: from the first beginning to the last end of what reaches it.
void Trying::harm() {
  const bool has_lapse =
      std::any_of(analysis_.findings.begin(), analysis_.findings.end(),
                  [](const Finding& finding) { return finding.code == Code::L03; });
  if (has_lapse) {
    return;
  }
  // Whoever is bound at all and is told of by no other finding of this harm.
  const auto told = [&](ActorId actor) {
    return std::any_of(analysis_.findings.begin(), analysis_.findings.end(),
                       [&](const Finding& finding) {
                         return finding.code == Code::L01 &&
                                (finding.clauses.empty() ||
                                 finding.message.english().find(agreement_.actor(actor).name) !=
                                     std::string::npos);
                       });
  };
  int first = kHours;
  int last = 0;
  for (const Clause& clause : agreement_.clauses) {
    if (clause.number[0] == '4') {
      const auto hours_of = [](const agreement::MomentExpression& moment) {
        return moment.steps.empty() ? 0 : static_cast<int>(moment.steps[0].period.seconds / 3600);
      };
      first = std::min(first, hours_of(clause.find<agreement::From>()->at));
      const auto* until = clause.find<agreement::Until>();
      last = std::max(last, until == nullptr ? kHours : hours_of(until->at));
    }
  }
  for (const std::string_view name : {"North", "South", "Aland"}) {
    const ActorId actor = *agreement_.find_actor(name);
    bool is_open = false;
    for (int hours = first; hours < std::min(last, kHours) && !is_open; ++hours) {
      for (const Noun& target : nouns({"Convoys", "Hospitals"})) {
        for (const Noun& weapon : nouns({"Tanks", "Artillery"})) {
          for (const std::string_view place : {"Belt", "Strip"}) {
            ScenarioEvent event;
            event.at = at(hours);
            event.agents = {agent_of(actor)};
            event.act.emplace();
            event.act->verb = agreement_.vocabulary.find_verb("attack");
            event.act->object.items = {target};
            agreement::Complement with;
            with.preposition = agreement::Preposition::With;
            with.nouns.items = {weapon};
            event.act->complements = {with, in(agreement_, *agreement_.find_place(place))};
            const facts::Verdicts found = verdicts_of(agreement_, {event});
            is_open = is_open || std::none_of(found.verdicts.begin(), found.verdicts.end(),
                                              [](const facts::Verdict& verdict) {
                                                return verdict.incident.has_value() &&
                                                       verdict.outcome != Outcome::Kept;
                                              });
          }
        }
      }
    }
    ++compared_.questions;
    compared_.loopholes += is_open ? 1 : 0;
    if (is_open != told(actor)) {
      differ(fmt::format("L01 by {}: {} by trying", name, is_open));
    }
  }
}

void Trying::implied() {
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    const auto id = base::id_at<ClauseId>(i);
    const Clause& clause = agreement_.clauses[i];
    if (clause.number[0] != '4' || is_found(Code::X02, id) || is_found(Code::T02, id)) {
      continue;
    }
    std::vector<ActorId> bearers;
    for (const agreement::Agent& agent : clause.subject.agents) {
      const auto more = agreement_.resolve(agent, {});
      bearers.insert(bearers.end(), more.begin(), more.end());
    }
    // Those told to be superfluous are not counted on for others.
    std::set<ClauseId> out;
    for (const Finding& finding : analysis_.findings) {
      if (finding.code == Code::X03 && finding.subject != id) {
        out.insert(*finding.subject);
      }
    }
    const std::string& where =
        agreement_.place(clause.find<agreement::InPlace>()->places.items[0].place).name;
    const std::map<std::string, std::vector<std::string>> inside = {
        {"Country", {"Country"}},
        {"Belt", {"Belt", "Strip", "Road"}},
        {"Strip", {"Strip", "Road"}}};
    // An act that breaks it, surely or possibly, and surely none of the others.
    const auto has_own = [&](bool only_sure) {
      return each_attack(
          bearers, {"Convoys", "Hospitals"},
          {"Tanks", "Artillery", "Rifles", "Heavy Weapons", "Weapons"}, inside.at(where),
          [&](const facts::Verdicts& found) {
            bool breaks = false;
            bool breaks_other = false;
            for (const facts::Verdict& verdict : found.verdicts) {
              const bool is_sure = verdict.outcome == Outcome::Broken;
              if (!verdict.incident.has_value()) {
                continue;
              }
              breaks = breaks || (verdict.clause == id &&
                                  (is_sure || (!only_sure && verdict.outcome != Outcome::Kept)));
              breaks_other = breaks_other ||
                             (verdict.clause != id && !out.contains(verdict.clause) && is_sure);
            }
            return breaks && !breaks_other;
          });
    };
    ++compared_.questions;
    const bool is_told = is_found(Code::X03, id);
    compared_.implied += is_told ? 1 : 0;
    if (is_told && has_own(true)) {
      differ(fmt::format("X03 of {}, which has an act of its own", clause.number));
    }
    if (!is_told && !is_found(Code::X01, id) && !has_own(false)) {
      differ(fmt::format("no X03 of {}, which has no act of its own", clause.number));
    }
  }
}

}  // namespace

Compared compare_with_trying_all(std::uint64_t first_seed, std::uint64_t count) {
  Compared compared;
  for (std::uint64_t seed = first_seed; seed < first_seed + count; ++seed) {
    Dice dice(seed);
    std::string complaints;
    const std::string text = text_of(dice);
    const Agreement agreement = testing::agreement_of(text, &complaints);
    ++compared.agreements;
    if (!complaints.empty()) {
      compared.difference = complaints + text;
      return compared;
    }
    const Analysis analysis = analyse(agreement, {}, Depth::FindingsOnly);
    Trying trying(agreement, analysis, fmt::format("seed {}\n{}", seed, text), compared);
    trying.duties();
    // Each act of the harm is tried by itself, which takes the longest.
    if (seed % 3 == 0) {
      trying.harm();
      trying.implied();
    }
    if (!compared.difference.empty()) {
      return compared;
    }
  }
  return compared;
}

}  // namespace truce::analysis
