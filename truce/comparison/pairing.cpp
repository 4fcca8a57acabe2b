// SPDX-License-Identifier: Apache-2.0
#include "truce/comparison/internal/pairing.h"

#include <algorithm>
#include <functional>
#include <string>

#include <fmt/format.h>

namespace truce::comparison::internal {
namespace {

// Clauses of both texts that are still alone.
class Matcher {
 public:
  Matcher(const Agreement& before, const Agreement& after) : before_(before), after_(after) {
    partner_.resize(before.clauses.size());
    is_taken_.resize(after.clauses.size());
  }

  // Joins those of which `is_it` says so; each takes the first that is left.
  void join(const std::function<bool(ClauseId before, ClauseId after)>& is_it) {
    for (std::size_t i = 0; i < partner_.size(); ++i) {
      for (std::size_t j = 0; j < is_taken_.size() && !partner_[i].has_value(); ++j) {
        const auto after = base::id_at<ClauseId>(j);
        if (!is_taken_[j] && is_it(base::id_at<ClauseId>(i), after)) {
          partner_[i] = after;
          is_taken_[j] = true;
        }
      }
    }
  }

  [[nodiscard]] bool is_of_one_kind(ClauseId before, ClauseId after) const {
    const Clause& one = before_.clause(before);
    const Clause& other = after_.clause(after);
    return one.form == other.form && verb_of(before_, one) == verb_of(after_, other);
  }

  [[nodiscard]] bool is_of_one_act(ClauseId before, ClauseId after) const {
    return verb_of(before_, before_.clause(before)) == verb_of(after_, after_.clause(after));
  }

  [[nodiscard]] Pairing pairing() const {
    Pairing pairing;
    pairing.of_before.resize(partner_.size());
    pairing.of_after.resize(is_taken_.size());
    std::size_t next = 0;
    const auto add_dropped = [&](std::size_t end) {
      for (; next < end; ++next) {
        if (!partner_[next].has_value()) {
          pairing.of_before[next] = pairing.pairs.size();
          pairing.pairs.push_back({base::id_at<ClauseId>(next), std::nullopt});
        }
      }
    };
    for (std::size_t j = 0; j < is_taken_.size(); ++j) {
      const auto after = base::id_at<ClauseId>(j);
      const auto found = std::find(partner_.begin(), partner_.end(), after);
      std::optional<ClauseId> before;
      if (found != partner_.end()) {
        const auto at = static_cast<std::size_t>(found - partner_.begin());
        add_dropped(at);
        before = base::id_at<ClauseId>(at);
        pairing.of_before[at] = pairing.pairs.size();
      }
      pairing.of_after[j] = pairing.pairs.size();
      pairing.pairs.push_back({before, after});
    }
    add_dropped(partner_.size());
    return pairing;
  }

 private:
  static std::string verb_of(const Agreement& agreement, const Clause& clause) {
    return clause.act.verb.has_value() ? agreement.verb(*clause.act.verb).name : std::string();
  }

  const Agreement& before_;
  const Agreement& after_;
  std::vector<std::optional<ClauseId>> partner_;
  std::vector<bool> is_taken_;
};

}  // namespace

Pairing pair_clauses(const Agreement& before, const Words& before_words, const Agreement& after,
                     const Words& after_words) {
  const Reference blank = [](ClauseId) { return std::string("#"); };
  std::vector<Wording> old_words;
  std::vector<Wording> new_words;
  for (std::size_t i = 0; i < before.clauses.size(); ++i) {
    old_words.push_back(before_words.clause(base::id_at<ClauseId>(i), blank));
  }
  for (std::size_t i = 0; i < after.clauses.size(); ++i) {
    new_words.push_back(after_words.clause(base::id_at<ClauseId>(i), blank));
  }
  Matcher matcher(before, after);
  const auto is_same_number = [&](ClauseId one, ClauseId other) {
    return before.clause(one).number == after.clause(other).number;
  };
  const auto is_same_text = [&](ClauseId one, ClauseId other) {
    return old_words[one.index] == new_words[other.index];
  };
  matcher.join([&](ClauseId one, ClauseId other) {
    return is_same_number(one, other) && is_same_text(one, other);
  });
  matcher.join(is_same_text);
  matcher.join([&](ClauseId one, ClauseId other) {
    return is_same_number(one, other) && matcher.is_of_one_kind(one, other);
  });
  matcher.join([&](ClauseId one, ClauseId other) { return matcher.is_of_one_kind(one, other); });
  // Clauses of one number that order and forbid different acts are one gone and one new.
  matcher.join([&](ClauseId one, ClauseId other) {
    return is_same_number(one, other) && matcher.is_of_one_act(one, other);
  });
  Pairing pairing = matcher.pairing();
  const Reference old_reference = [&](ClauseId id) {
    return fmt::format("@{}", pairing.of_before[id.index]);
  };
  const Reference new_reference = [&](ClauseId id) {
    return fmt::format("@{}", pairing.of_after[id.index]);
  };
  for (Pair& pair : pairing.pairs) {
    pair.is_same = pair.before.has_value() && pair.after.has_value() &&
                   before_words.clause(*pair.before, old_reference) ==
                       after_words.clause(*pair.after, new_reference);
  }
  return pairing;
}

}  // namespace truce::comparison::internal
