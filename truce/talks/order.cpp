// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/order.h"

#include <algorithm>
#include <limits>

#include "truce/talks/internal/circular_parts.h"
#include "truce/talks/internal/following.h"
#include "truce/talks/internal/waits.h"

namespace truce::talks {
namespace {

using internal::ByDeed;
using internal::CircularParts;
using internal::Effort;
using internal::Lists;
using Deeds = std::vector<std::uint32_t>;

// A part of more deeds does not fit the cache: there a look takes as long as so many elsewhere.
constexpr std::size_t kLarge = 100'000;
constexpr std::uint64_t kPriceOfLarge = 8;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

class Ordering {
 public:
  Ordering(const CommitmentGraph& graph, std::uint64_t effort)
      : effort_{effort}, all_(graph), following_(all_) {}

  Order find() {
    const std::size_t following = following_.follow_steps();
    order_.follows = is_done();
    if (following < all_.graph().deeds()) {
      note_.resize(all_.graph().deeds(), 0);
      const std::vector<bool> is_dead = rule_out();
      if (is_dead.empty()) {
        exchange_in(all_);
      } else {
        exchange_in(ByDeed(all_.graph(), is_dead));
      }
      name_impossible();
    }
    order_.step = following_.take_steps();
    return std::move(order_);
  }

 private:
  // What the deeds of a part hold of each other.
  struct Survey {
    // Each as often as others of the part wait for it.
    std::vector<std::uint32_t> waited_for;
    std::uint32_t first_loop = kNone;
    bool is_agreed = true;
    // The step at which all of it can be done at one time.
    std::uint32_t step = 0;
    std::uint64_t conditions = 0;
  };

  static bool is_large(const Deeds& part) { return part.size() >= kLarge; }

  [[nodiscard]] const std::vector<bool>& is_done() const { return following_.is_done(); }

  // The greatest fixed point: what nothing supports goes, and what it alone supported. Of each
  // commitment, whether it waits for what is not possible; empty where none does.
  [[nodiscard]] std::vector<bool> rule_out() const {
    const CommitmentGraph& graph = all_.graph();
    Deeds gone;
    for (std::uint32_t deed = 0; deed < graph.deeds() && !all_.is_one_each(); ++deed) {
      if (all_.first(deed) == all_.first(deed + 1)) {
        gone.push_back(deed);
      }
    }
    if (gone.empty()) {
      return {};
    }
    const Lists waiting = internal::waiting_for(graph);
    std::vector<bool> is_dead(graph.size(), false);
    Deeds dead(graph.deeds(), 0);
    while (!gone.empty()) {
      const std::uint32_t deed = gone.back();
      gone.pop_back();
      for (const std::uint32_t commitment : waiting[deed]) {
        const std::uint32_t supported = graph.deed(commitment);
        if (!is_dead[commitment]) {
          is_dead[commitment] = true;
          if (++dead[supported] == all_.first(supported + 1) - all_.first(supported)) {
            gone.push_back(supported);
          }
        }
      }
    }
    return is_dead;
  }

  // Parts are done at one time, one after the other, with what follows from each.
  void exchange_in(const ByDeed& living) {
    CircularParts parts(living, is_done());
    for (Deeds part = parts.next(); !part.empty(); part = parts.next()) {
      exchange(living, std::move(part));
    }
  }

  void exchange(const ByDeed& living, Deeds part) {
    const Survey survey = surveyed(living, part);
    WaitingCircle circle;
    circle.is_agreed = survey.is_agreed;
    circle.step = survey.step;
    find_witness(living, part, survey.first_loop, circle);
    for (const std::uint32_t deed : part) {
      following_.set_step(deed, circle.step);
    }
    Deeds vouched = let_happen(part, survey);
    if (!circle.is_agreed) {
      internal::Guarantees found{.deeds = std::move(vouched), .at_least = 1};
      // Each that is left out takes a look at all conditions.
      const std::uint64_t looks = 2 * part.size() + survey.conditions;
      if (found.deeds.size() > 1 && looks * found.deeds.size() * effort_.price <= effort_.left) {
        improve(living, part, found);
      }
      sort(part, found.deeds);
      circle.guarantees = std::move(found.deeds);
      circle.at_least = found.at_least;
    }
    circle.deeds = std::move(part);
    order_.circles.push_back(std::move(circle));
  }

  // What the part waits for is in it, or done.
  [[nodiscard]] Survey surveyed(const ByDeed& living, const Deeds& part) {
    const CommitmentGraph& graph = living.graph();
    Survey survey;
    for (const std::uint32_t deed : part) {
      std::uint32_t first = kNone;
      for (std::uint32_t i = living.first(deed); i < living.first(deed + 1); ++i) {
        std::uint32_t last = 0;
        const auto conditions = graph.conditions(i);
        for (std::size_t place = 0; place < conditions.size(); ++place) {
          const std::uint32_t condition = conditions[place];
          if (is_done()[condition]) {
            last = std::max(last, following_.steps()[condition]);
            continue;
          }
          ++note_[condition];
          ++survey.conditions;
          survey.is_agreed = survey.is_agreed && graph.condition(i, place).is_exchange;
          if (condition == deed && survey.first_loop == kNone) {
            survey.first_loop = deed;
          }
        }
        first = std::min(first, last + 1);
      }
      survey.step = std::max(survey.step, first);
    }
    survey.waited_for.reserve(part.size());
    for (const std::uint32_t deed : part) {
      survey.waited_for.push_back(note_[deed]);
      note_[deed] = 0;
    }
    return survey;
  }

  // Those most waited for first, each that has not followed yet from those before. After it all of
  // the part is done, and what follows from it. In a part that does not fit the cache some are
  // taken at once, one of which may follow from the others.
  Deeds let_happen(const Deeds& part, const Survey& survey) {
    constexpr std::size_t kAtOnce = 128;
    if (survey.is_agreed) {
      following_.happen(part);
      return {};
    }
    const std::size_t most = is_large(part) ? kAtOnce : 1;
    Deeds vouched;
    Deeds now;
    const Deeds order = ranked(part, survey.waited_for);
    for (std::size_t at = 0; at < order.size();) {
      for (now.clear(); at < order.size() && now.size() < most; ++at) {
        if (!is_done()[order[at]]) {
          now.push_back(order[at]);
        }
      }
      following_.happen(now);
      vouched.insert(vouched.end(), now.begin(), now.end());
    }
    return vouched;
  }

  // Some of the part, ascending as the part is.
  void sort(const Deeds& part, Deeds& some) {
    for (const std::uint32_t deed : some) {
      note_[deed] = 1;
    }
    some.clear();
    for (const std::uint32_t deed : part) {
      if (note_[deed] != 0) {
        some.push_back(deed);
        note_[deed] = 0;
      }
    }
  }

  // By how often they are waited for, the most first, then ascending.
  static Deeds ranked(const Deeds& part, const std::vector<std::uint32_t>& waited_for) {
    std::vector<std::uint32_t> begins(
        std::size_t{*std::max_element(waited_for.begin(), waited_for.end())} + 2, 0);
    for (const std::uint32_t count : waited_for) {
      ++begins[begins.size() - 1 - count];
    }
    for (std::size_t at = 1; at < begins.size(); ++at) {
      begins[at] += begins[at - 1];
    }
    Deeds ranked(part.size());
    for (std::size_t at = 0; at < part.size(); ++at) {
      ranked[begins[begins.size() - 2 - waited_for[at]]++] = part[at];
    }
    return ranked;
  }

  // Notes of the deeds of the part their places in it, from 1; forget() takes it back.
  void number(const Deeds& part) {
    for (std::uint32_t i = 0; i < part.size(); ++i) {
      note_[part[i]] = i + 1;
    }
  }
  void forget(const Deeds& part) {
    for (const std::uint32_t deed : part) {
      note_[deed] = 0;
    }
  }

  // The fewest deeds that let the part happen, as far as the effort goes.
  void improve(const ByDeed& living, const Deeds& part, internal::Guarantees& found) {
    number(part);
    CommitmentGraph inside(static_cast<std::uint32_t>(part.size()));
    std::vector<CommitmentGraph::Condition> conditions;
    for (const std::uint32_t deed : part) {
      for (std::uint32_t i = living.first(deed); i < living.first(deed + 1); ++i) {
        conditions.clear();
        for (const std::uint32_t condition : living.graph().conditions(i)) {
          if (note_[condition] != 0) {
            conditions.push_back({note_[condition] - 1});
          }
        }
        inside.add(note_[deed] - 1, conditions);
      }
    }
    for (std::uint32_t& deed : found.deeds) {
      deed = note_[deed] - 1;
    }
    forget(part);
    found = internal::fewest_guarantees(inside, std::move(found.deeds), effort_);
    for (std::uint32_t& deed : found.deeds) {
      deed = part[deed];
    }
  }

  // The shortest circle: of one and of two deeds it is looked for in place.
  void find_witness(const ByDeed& commitments, const Deeds& part, std::uint32_t first_loop,
                    WaitingCircle& circle) {
    effort_.price = is_large(part) ? kPriceOfLarge : 1;
    if (first_loop != kNone) {
      circle.witness = {first_loop};
      return;
    }
    for (const std::uint32_t deed : part) {
      for (const std::uint32_t other : commitments.waits_for(deed)) {
        if (other > deed && !is_done()[other]) {
          const auto back = commitments.waits_for(other);
          if (std::find(back.begin(), back.end(), deed) != back.end()) {
            circle.witness = {deed, other};
            return;
          }
        }
      }
    }
    internal::ShortestCircle found =
        internal::shortest_circle(edges_among(commitments, part), effort_);
    circle.is_shortest = found.is_shortest;
    for (const std::uint32_t deed : found.nodes) {
      circle.witness.push_back(part[deed]);
    }
  }

  // For whom of the same deeds each waits, by place among them.
  Lists edges_among(const ByDeed& commitments, const Deeds& part) {
    number(part);
    Lists edges;
    for (const std::uint32_t deed : part) {
      for (const std::uint32_t other : commitments.waits_for(deed)) {
        if (note_[other] != 0) {
          edges.items.push_back(note_[other] - 1);
        }
      }
      edges.ends.push_back(static_cast<std::uint32_t>(edges.items.size()));
    }
    forget(part);
    return edges;
  }

  // Circles that no exchange resolves: one of them waits for what nobody does.
  void name_impossible() {
    CircularParts parts(all_, is_done());
    for (Deeds part = parts.next(); !part.empty(); part = parts.next()) {
      WaitingCircle circle;
      circle.is_possible = false;
      const auto loop = std::find_if(part.begin(), part.end(), [this](std::uint32_t deed) {
        const auto out = all_.waits_for(deed);
        return std::find(out.begin(), out.end(), deed) != out.end();
      });
      find_witness(all_, part, loop == part.end() ? kNone : *loop, circle);
      circle.deeds = std::move(part);
      order_.circles.push_back(std::move(circle));
    }
  }

  Effort effort_;
  ByDeed all_;
  internal::Following following_;
  // Of each deed a number for the use of one function; zero between two.
  std::vector<std::uint32_t> note_;
  Order order_;
};

}  // namespace

std::size_t Order::count_following() const {
  return static_cast<std::size_t>(std::count(follows.begin(), follows.end(), true));
}

std::size_t Order::count_possible() const {
  return static_cast<std::size_t>(
      std::count_if(step.begin(), step.end(), [](std::uint32_t one) { return one != 0; }));
}

bool Order::has_open_circle() const {
  return std::any_of(circles.begin(), circles.end(),
                     [](const WaitingCircle& circle) { return !circle.is_agreed; });
}

Order find_order(const CommitmentGraph& graph, std::uint64_t effort) {
  return Ordering(graph, effort).find();
}

std::vector<NeverDone> never_done(const CommitmentGraph& graph, const Order& order) {
  std::vector<std::optional<std::uint32_t>> waits(graph.deeds());
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const std::uint32_t deed = graph.deed(i);
    if (order.step[deed] != 0 || waits[deed].has_value()) {
      continue;
    }
    for (const std::uint32_t condition : graph.conditions(i)) {
      if (order.step[condition] == 0) {
        waits[deed] = condition;
        break;
      }
    }
  }
  std::vector<NeverDone> never;
  for (std::uint32_t deed = 0; deed < graph.deeds(); ++deed) {
    if (order.step[deed] == 0) {
      never.push_back({deed, waits[deed]});
    }
  }
  return never;
}

}  // namespace truce::talks
