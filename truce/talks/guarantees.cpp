// SPDX-License-Identifier: Apache-2.0
// The fewest deeds which, done in any case, let all others follow. Of deeds that hold each other
// up, whatever else is done, one must be among them: the search branches over such a set.
#include <algorithm>

#include "truce/talks/internal/waits.h"

namespace truce::talks::internal {
namespace {

class Search {
 public:
  Search(const CommitmentGraph& graph, Effort& effort)
      : graph_(graph),
        effort_(effort),
        waiting_(waiting_for(graph)),
        commitments_(commitments_of(graph)),
        is_excluded_(graph.deeds(), false) {}

  // Without those that turn out to follow from the others.
  std::vector<std::uint32_t> without_needless(std::vector<std::uint32_t> chosen) {
    for (std::size_t i = chosen.size(); i-- > 0 && chosen.size() > 1 && effort_.left > 0;) {
      std::vector<std::uint32_t> fewer = chosen;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (closes(fewer)) {
        chosen = std::move(fewer);
      }
    }
    return chosen;
  }

  enum class Outcome : std::uint8_t { Found, Refuted, OutOfEffort };

  // Whether `count` more than those chosen are enough.
  Outcome extend(std::vector<std::uint32_t>& chosen, std::size_t count) {
    if (closes(chosen)) {
      return Outcome::Found;
    }
    if (effort_.left == 0) {
      return Outcome::OutOfEffort;
    }
    if (count == 0) {
      return Outcome::Refuted;
    }
    std::vector<std::uint32_t> tried;
    Outcome outcome = Outcome::Refuted;
    for (const std::uint32_t deed : holding_up()) {
      if (is_excluded_[deed]) {
        continue;
      }
      chosen.push_back(deed);
      outcome = extend(chosen, count - 1);
      if (outcome != Outcome::Refuted) {
        break;
      }
      chosen.pop_back();
      // What holds with it was looked at.
      is_excluded_[deed] = true;
      tried.push_back(deed);
    }
    for (const std::uint32_t deed : tried) {
      is_excluded_[deed] = false;
    }
    return outcome;
  }

 private:
  void reset() {
    is_done_.assign(graph_.deeds(), false);
    done_ = 0;
    missing_.resize(graph_.size());
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      missing_[i] = static_cast<std::uint32_t>(graph_.conditions(i).size());
    }
    effort_.spend(graph_.size() + graph_.deeds());
  }

  void do_deed(std::uint32_t first) {
    std::vector<std::uint32_t> open{first};
    is_done_[first] = true;
    while (!open.empty()) {
      const std::uint32_t deed = open.back();
      open.pop_back();
      ++done_;
      effort_.spend(waiting_[deed].size());
      for (const std::uint32_t commitment : waiting_[deed]) {
        const std::uint32_t next = graph_.deed(commitment);
        if (--missing_[commitment] == 0 && !is_done_[next]) {
          is_done_[next] = true;
          open.push_back(next);
        }
      }
    }
  }

  bool closes(const std::vector<std::uint32_t>& chosen) {
    reset();
    for (const std::uint32_t deed : chosen) {
      if (!is_done_[deed]) {
        do_deed(deed);
      }
    }
    return done_ == graph_.deeds();
  }

  // The smallest found of the sets in which every commitment of every deed waits for another one.
  std::vector<std::uint32_t> holding_up() {
    std::vector<std::uint32_t> best;
    for (std::uint32_t start = 0; start < graph_.deeds(); ++start) {
      if (is_done_[start] || best.size() == 1 || (!best.empty() && effort_.left == 0)) {
        continue;
      }
      std::vector<std::uint32_t> held = held_up_with(start, best.size());
      if (best.empty() || held.size() < best.size()) {
        best = std::move(held);
      }
    }
    return best;
  }

  // Grown until each commitment waits for one in it; given up where it is no smaller than `limit`.
  std::vector<std::uint32_t> held_up_with(std::uint32_t start, std::size_t limit) {
    effort_.spend(graph_.deeds() / 16 + 1);
    std::vector<bool> is_held(graph_.deeds(), false);
    std::vector<std::uint32_t> held{start};
    is_held[start] = true;
    for (std::size_t i = 0; i < held.size() && (limit == 0 || held.size() < limit); ++i) {
      for (const std::uint32_t commitment : commitments_[held[i]]) {
        const auto conditions = graph_.conditions(commitment);
        effort_.spend(conditions.size());
        const bool waits = std::any_of(conditions.begin(), conditions.end(),
                                       [&](std::uint32_t one) { return is_held[one]; });
        if (!waits) {
          const auto open = std::find_if(conditions.begin(), conditions.end(),
                                         [&](std::uint32_t one) { return !is_done_[one]; });
          is_held[*open] = true;
          held.push_back(*open);
        }
      }
    }
    return held;
  }

  const CommitmentGraph& graph_;
  Effort& effort_;
  Lists waiting_;
  Lists commitments_;
  std::vector<bool> is_excluded_;
  std::vector<bool> is_done_;
  std::size_t done_ = 0;
  std::vector<std::uint32_t> missing_;
};

}  // namespace

Guarantees fewest_guarantees(const CommitmentGraph& graph, std::vector<std::uint32_t> enough,
                             Effort& effort) {
  Search search(graph, effort);
  Guarantees found{.deeds = search.without_needless(std::move(enough)), .at_least = 1};
  while (found.at_least < found.deeds.size()) {
    std::vector<std::uint32_t> chosen;
    const Search::Outcome outcome = search.extend(chosen, found.at_least);
    if (outcome == Search::Outcome::Found) {
      found.deeds = std::move(chosen);
      break;
    }
    if (outcome == Search::Outcome::OutOfEffort) {
      break;
    }
    ++found.at_least;
  }
  std::sort(found.deeds.begin(), found.deeds.end());
  return found;
}

}  // namespace truce::talks::internal
