// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/demands.h"

#include <algorithm>
#include <utility>

#include "truce/incidents/names.h"

namespace truce::separation {
namespace {

using agreement::Act;
using agreement::Agreement;
using agreement::Clause;
using agreement::Complement;
using agreement::Noun;
using agreement::Preposition;

// No more slices are dated than a person could follow.
constexpr std::size_t kMostSlices = 1000;

std::optional<base::Instant> dated_within(const Agreement& text,
                                          const agreement::MomentExpression& moment, bool is_end,
                                          int depth) {
  using Base = agreement::MomentExpression::Base;
  std::optional<base::Instant> at;
  if (moment.base == Base::Fixed) {
    at = moment.fixed;
    if (moment.is_whole_day && is_end && moment.steps.empty()) {
      at = *at + base::kDay;
    }
  } else if (moment.base == Base::Moment && depth > 0) {
    const auto& expression = text.moments[moment.moment.index].expression;
    if (expression) {
      at = dated_within(text, *expression, false, depth - 1);
    }
  }
  for (const auto& step : moment.steps) {
    if (at) {
      at = agreement::add(*at, step.period, step.sign, text.day_rule, text.clock);
    }
  }
  return at;
}

// With the agreement: when what waits for nothing else begins.
std::optional<base::Instant> beginning(const Agreement& text, const Clause& clause) {
  if (clause.waits()) {
    return std::nullopt;
  }
  if (const auto* from = clause.find<agreement::From>()) {
    return separation::dated(text, from->at, false);
  }
  if (text.force_from) {
    return separation::dated(text, *text.force_from, false);
  }
  return text.date ? std::optional(base::start_of(*text.date) - text.clock.offset) : std::nullopt;
}

std::optional<base::Instant> dated(const Agreement& text, const Clause& clause,
                                   const agreement::Deadline& deadline) {
  auto at = deadline.moment
                ? separation::dated(text, *deadline.moment, !deadline.within.has_value())
                : beginning(text, clause);
  if (at && deadline.within) {
    at = agreement::add(*at, *deadline.within, 1, text.day_rule, text.clock);
  }
  return at;
}

void set_times(const Agreement& text, const Clause& clause, Demand& demand) {
  if (const auto* start = clause.find<agreement::Start>()) {
    demand.start = dated(text, clause, start->deadline);
  } else {
    demand.start = beginning(text, clause);
  }
  if (const auto* finish = clause.find<agreement::Finish>()) {
    demand.deadline = dated(text, clause, finish->deadline);
  } else {
    for (const auto* due : clause.find_all<agreement::Due>()) {
      const auto at = dated(text, clause, due->deadline);
      if (at && (!demand.deadline || *at < *demand.deadline)) {
        demand.deadline = at;
      }
    }
  }
  demand.is_in_phases = clause.form == agreement::Form::Phases;
  const auto* interval = clause.find<agreement::Interval>();
  if (!demand.is_in_phases || interval == nullptr || !demand.start || !demand.deadline) {
    return;
  }
  for (std::int64_t slice = 1; demand.slices.size() < kMostSlices; ++slice) {
    const base::Instant due =
        agreement::add(*demand.start, interval->period, slice, text.day_rule, text.clock);
    if (due >= *demand.deadline || due <= *demand.start) {
      break;
    }
    demand.slices.push_back(due);
  }
  demand.slices.push_back(*demand.deadline);
}

bool is_of(const Agreement& text, const Noun& noun, agreement::ActorId actor) {
  if (noun.head == Noun::Head::Agent) {
    // Whoever else is meant by `another Party` is one of the two here.
    const auto meant = text.resolve(noun.agent, actor);
    return std::find(meant.begin(), meant.end(), actor) != meant.end();
  }
  return noun.head == Noun::Head::Kind && !noun.owner.empty() &&
         is_of(text, noun.owner.front(), actor);
}

// Whether the noun is of the other side, from where `side` stands.
bool is_of_other(const Agreement& text, const Noun& noun, const SideActors& sides, Side side) {
  const agreement::ActorId bearer = sides[static_cast<std::size_t>(side)];
  const agreement::ActorId other = sides[1 - static_cast<std::size_t>(side)];
  const Noun& owner = noun.owner.empty() ? noun : noun.owner.front();
  if (owner.head == Noun::Head::Agent && owner.agent.who != agreement::Agent::Who::Actor) {
    const auto meant = text.resolve(owner.agent, bearer);
    return std::find(meant.begin(), meant.end(), other) != meant.end();
  }
  return is_of(text, noun, other);
}

class Finder {
 public:
  Finder(const Agreement& text, const SideActors& sides) : text_(text), sides_(sides) {}

  std::vector<Demand> find() {
    for (std::uint32_t i = 0; i < text_.clauses.size(); ++i) {
      const Clause& clause = text_.clauses[i];
      using agreement::Form;
      if (clause.form == Form::Phases) {
        for (const auto* phase : clause.find_all<agreement::Phase>()) {
          add_act(i, phase->agents, phase->act);
        }
      } else if (clause.form == Form::Duty || clause.form == Form::Effort) {
        add_act(i, clause.subject.agents, clause.act);
      }
    }
    return std::move(demands_);
  }

 private:
  void add_act(std::uint32_t clause, const std::vector<agreement::Agent>& agents, const Act& act) {
    for (const Side side : {Side::First, Side::Second}) {
      const agreement::ActorId bearer = sides_[static_cast<std::size_t>(side)];
      const bool is_bound = std::any_of(agents.begin(), agents.end(), [&](const auto& agent) {
        const auto meant = text_.resolve(agent, bearer);
        return std::find(meant.begin(), meant.end(), bearer) != meant.end();
      });
      if (!is_bound) {
        continue;
      }
      for (const Complement& complement : act.complements) {
        if (complement.preposition == Preposition::AwayFrom ||
            complement.preposition == Preposition::From) {
          for (const Noun& noun : complement.nouns.items) {
            add(clause, side, act, complement, noun);
          }
        }
      }
    }
  }

  void add(std::uint32_t index, Side side, const Act& act, const Complement& complement,
           const Noun& noun) {
    Demand demand;
    demand.clause = base::id_at<agreement::ClauseId>(index);
    demand.number = text_.clauses[index].number;
    demand.side = side;
    demand.things = act.object.items;
    demand.target = noun.text;
    demand.is_distance_stated = complement.at_least.has_value();
    demand.distance = complement.at_least.value_or(base::Metres{0});
    if (noun.head == Noun::Head::Place) {
      demand.from = Demand::From::Place;
      demand.place = noun.place;
    } else if (is_of_other(text_, noun, sides_, side)) {
      demand.from = Demand::From::Line;
    } else {
      demand.from = Demand::From::Others;
    }
    const Noun& owner = noun.owner.empty() ? noun : noun.owner.front();
    if (owner.head == Noun::Head::Agent) {
      demand.others = text_.resolve(owner.agent, sides_[static_cast<std::size_t>(side)]);
    }
    set_times(text_, text_.clauses[index], demand);
    demands_.push_back(std::move(demand));
  }

  const Agreement& text_;
  const SideActors& sides_;
  std::vector<Demand> demands_;
};

Concern of_noun(const Agreement& text, const Noun& noun, const std::string& name) {
  if (noun.head != Noun::Head::Kind) {
    return Concern::Doubtful;
  }
  const auto kind = text.vocabulary.find_kind(incidents::bare_name(name));
  if (!kind) {
    return Concern::Doubtful;
  }
  if (text.vocabulary.is_kind_of(*kind, noun.kind)) {
    return noun.test ? Concern::Doubtful : Concern::Yes;
  }
  return text.vocabulary.is_kind_of(noun.kind, *kind) ? Concern::Doubtful : Concern::No;
}

std::vector<std::string> names_of(const Demand& demand) {
  std::vector<std::string> words;
  for (const Noun& noun : demand.things) {
    words.push_back(noun.text);
  }
  return words;
}

// The stricter of the two: farther, and sooner.
void join(const Demand& other, Demand& demand) {
  demand.is_disputed = true;
  demand.distance = std::max(demand.distance, other.distance);
  demand.is_distance_stated = demand.is_distance_stated || other.is_distance_stated;
  if (other.deadline && (!demand.deadline || *other.deadline < *demand.deadline)) {
    demand.start = other.start;
    demand.deadline = other.deadline;
    demand.slices = other.slices;
  }
}

}  // namespace

bool operator==(const Demand& a, const Demand& b) {
  return a.clause == b.clause && a.side == b.side && names_of(a) == names_of(b) &&
         a.from == b.from && a.place == b.place && a.target == b.target &&
         a.distance == b.distance && a.is_distance_stated == b.is_distance_stated &&
         a.is_disputed == b.is_disputed && a.start == b.start && a.deadline == b.deadline &&
         a.slices == b.slices;
}

std::optional<base::Instant> dated(const Agreement& text, const agreement::MomentExpression& moment,
                                   bool is_end) {
  // A definition that leads back to itself has no date.
  constexpr int kDeepest = 32;
  return dated_within(text, moment, is_end, kDeepest);
}

std::vector<Demand> find_demands(const Agreement& text, const SideActors& sides) {
  return Finder(text, sides).find();
}

std::vector<Demand> strictest(const std::vector<std::vector<Demand>>& readings) {
  std::vector<Demand> all;
  for (std::size_t reading = 0; reading < readings.size(); ++reading) {
    for (const Demand& demand : readings[reading]) {
      const auto same = std::find_if(all.begin(), all.end(), [&](const Demand& one) {
        return one.clause == demand.clause && one.side == demand.side &&
               one.target == demand.target && names_of(one) == names_of(demand);
      });
      if (same == all.end()) {
        all.push_back(demand);
        all.back().is_disputed = reading > 0;
      } else if (!(*same == demand)) {
        join(demand, *same);
      }
    }
  }
  for (Demand& demand : all) {
    demand.is_disputed =
        demand.is_disputed ||
        !std::all_of(readings.begin(), readings.end(), [&](const std::vector<Demand>& reading) {
          return std::find(reading.begin(), reading.end(), demand) != reading.end();
        });
  }
  return all;
}

Concern concerns(const Agreement& text, const Demand& demand, const incidents::NameSet& kinds) {
  if (demand.things.empty()) {
    return Concern::Yes;
  }
  if (kinds.is_unknown()) {
    return Concern::Doubtful;
  }
  std::size_t yes = 0;
  std::size_t maybe = 0;
  for (const std::string& name : kinds.names) {
    Concern best = Concern::No;
    for (const Noun& noun : demand.things) {
      const Concern one = of_noun(text, noun, name);
      if (one == Concern::Yes || (one == Concern::Doubtful && best == Concern::No)) {
        best = one;
      }
    }
    yes += best == Concern::Yes ? 1 : 0;
    maybe += best == Concern::Doubtful ? 1 : 0;
  }
  const bool is_one_enough = kinds.joining == incidents::NameSet::Joining::AllOf;
  if (yes == kinds.names.size() || (is_one_enough && yes > 0)) {
    return Concern::Yes;
  }
  return yes + maybe > 0 ? Concern::Doubtful : Concern::No;
}

}  // namespace truce::separation
