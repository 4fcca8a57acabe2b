// SPDX-License-Identifier: Apache-2.0
#include "truce/proof_check/internal/cuts.h"

#include <algorithm>
#include <numeric>

namespace truce::proof_check::internal {
namespace {

using Kind = Wanted::Kind;
using packages::Formula;
using packages::Game;
using packages::Integer;
using packages::Package;

// The options that are left of each issue.
using Box = std::vector<std::vector<std::uint32_t>>;

// No sum with these weights is larger.
struct Cut {
  Worth weights;
  Integer bound;
};

// Of a conditional value: whose, how much, and which options of which issue fulfil it.
struct Term {
  std::size_t party = 0;
  Integer worth;
  std::vector<std::pair<std::size_t, std::vector<bool>>> issues;
};

enum class Truth : std::uint8_t { No, Unknown, Yes };

Truth is_any_of(const packages::OptionSet& set, const std::vector<std::uint32_t>& left) {
  const auto inside = std::count_if(left.begin(), left.end(), [&](std::uint32_t option) {
    return std::find(set.options.begin(), set.options.end(), option) != set.options.end();
  });
  return inside == 0                                          ? Truth::No
         : inside == static_cast<std::ptrdiff_t>(left.size()) ? Truth::Yes
                                                              : Truth::Unknown;
}

Truth judge(const Formula& formula, const Box& box) {
  if (formula.kind == Formula::Kind::Is) {
    return is_any_of(formula.is, box[formula.is.issue]);
  }
  std::size_t yes = 0;
  std::size_t no = 0;
  Integer least;
  Integer most;
  for (std::size_t at = 0; at < formula.parts.size(); ++at) {
    const Truth part = judge(formula.parts[at], box);
    yes += part == Truth::Yes ? 1 : 0;
    no += part == Truth::No ? 1 : 0;
    if (formula.kind == Formula::Kind::AtMost) {
      least += part == Truth::Yes ? formula.costs[at] : 0;
      most += part == Truth::No ? 0 : formula.costs[at];
    }
  }
  const std::size_t all = formula.parts.size();
  const auto made = [](bool is_no, bool is_yes) {
    return is_no ? Truth::No : is_yes ? Truth::Yes : Truth::Unknown;
  };
  switch (formula.kind) {
    case Formula::Kind::Not:
      return made(yes == all, no == all);
    case Formula::Kind::Any:
      return made(no == all, yes > 0);
    case Formula::Kind::AtMost:
      return made(least > formula.limit, most <= formula.limit);
    default:
      return made(no > 0, yes == all);
  }
}

class Tree {
 public:
  Tree(const Game& game, const Wanted& wanted, Lines& lines)
      : game_(&game), wanted_(&wanted), lines_(&lines), parties_(game.parties.size()) {
    std::size_t most = 1;
    for (std::size_t party = 0; party < parties_; ++party) {
      for (const packages::Conditional& conditional : game.parties[party].conditionals) {
        add_term(party, conditional);
        most = std::max(most, terms_.back().issues.size());
      }
    }
    for (std::size_t count = 2; count <= most; ++count) {
      parts_ *= packages::divide(
                    static_cast<std::int64_t>(count),
                    packages::greatest_common_divisor(parts_, static_cast<std::int64_t>(count)))
                    .quotient;
    }
  }

  base::Result<void> check() {
    Box box;
    for (const packages::Issue& issue : game_->issues) {
      box.emplace_back(issue.options.size());
      std::iota(box.back().begin(), box.back().end(), 0U);
    }
    return check(std::move(box));
  }

 private:
  void add_term(std::size_t party, const packages::Conditional& conditional) {
    Term term{party, conditional.worth * wanted_->factor[party], {}};
    for (const packages::OptionSet& set : conditional.when) {
      auto place = std::find_if(term.issues.begin(), term.issues.end(),
                                [&](const auto& each) { return each.first == set.issue; });
      if (place == term.issues.end()) {
        place = term.issues.insert(
            place, {set.issue, std::vector<bool>(game_->issues[set.issue].options.size(), true)});
      }
      for (std::uint32_t option = 0; option < place->second.size(); ++option) {
        place->second[option] = place->second[option] && is_any_of(set, {option}) == Truth::Yes;
      }
    }
    terms_.push_back(std::move(term));
  }

  // Every split takes an issue of several options, or of none, so that depth has an end.
  base::Result<void> check(Box box) {
    for (;;) {
      const Words words = words_of(lines_->next());
      if (words.size() >= 4 && words[0] == "out") {
        if (const auto taken = take_out(words, box); !taken) {
          return taken;
        }
        continue;
      }
      if (words.size() == 2 && words[0] == "closed") {
        return check_closed(words[1], box);
      }
      if (words.size() == 1 && words[0] == "single") {
        return check_single(box);
      }
      const auto issue = words.size() == 2 && words[0] == "split" ? index(words[1]) : std::nullopt;
      if (!issue || *issue >= box.size() || box[*issue].size() == 1) {
        return lines_->wrong("`out`, `closed`, `single` or `split` is expected");
      }
      return check_split(*issue, std::move(box));
    }
  }

  base::Result<void> check_split(std::size_t issue, Box box) {
    for (const std::uint32_t option : std::vector<std::uint32_t>(box[issue])) {
      box[issue] = {option};
      if (const auto checked = check(box); !checked) {
        return checked;
      }
    }
    return {};
  }

  base::Result<void> check_closed(std::string_view count, const Box& box) {
    const auto is_closed = closes(count, box);
    if (!is_closed) {
      return is_closed.error();
    }
    return *is_closed ? base::Result<void>() : lines_->wrong("something wanted is left");
  }

  base::Result<void> take_out(const Words& words, Box& box) {
    const auto places = indices(words, 1, 3);
    const auto which = index(words.back());
    if (!places || !which || (*places)[0] >= box.size() || words.size() != 5) {
      return lines_->wrong("`out ISSUE OPTION` and why is expected");
    }
    std::vector<std::uint32_t>& left = box[(*places)[0]];
    const auto found = std::find(left.begin(), left.end(), (*places)[1]);
    if (found == left.end()) {
      return lines_->wrong("this option is out already");
    }
    Box part = box;
    part[(*places)[0]] = {*found};
    if (words[3] == "closed") {
      const auto is_closed = closes(words[4], part);
      if (!is_closed || !*is_closed) {
        return is_closed ? lines_->wrong("with this option something wanted is left")
                         : is_closed.error();
      }
    } else if (words[3] != "must" || *which >= wanted_->must.size() ||
               judge(wanted_->must[*which], part) != Truth::No) {
      return lines_->wrong("what must hold does not rule this option out");
    }
    left.erase(found);
    return {};
  }

  base::Result<void> check_single(const Box& box) {
    Package package;
    for (const std::vector<std::uint32_t>& left : box) {
      if (left.size() != 1) {
        return lines_->wrong("this is not a single package");
      }
      package.push_back(left[0]);
    }
    return is_wanted(package) ? base::Result<void>(lines_->wrong("this package is wanted"))
                              : base::Result<void>();
  }

  // So many cuts follow; whether they leave nothing wanted in the box.
  base::Result<bool> closes(std::string_view count, const Box& box) {
    std::vector<Cut> cuts;
    const auto wanted = index(count);
    for (std::size_t at = 0; wanted && at < *wanted; ++at) {
      const Words words = words_of(lines_->next());
      auto weights = integers(words, 1, parties_ + 1);
      const auto bound = integer(words.back());
      if (words[0] != "cut" || words.size() != parties_ + 3 || words[parties_ + 1] != "bound" ||
          !weights || !bound) {
        return lines_->wrong("a cut is `cut WEIGHT… bound SUM`");
      }
      for (const Integer& weight : *weights) {
        if (weight.is_negative()) {
          return lines_->wrong("no weight is below zero");
        }
      }
      if (bound_of(box, *weights) != *bound) {
        return lines_->wrong("the bound of this cut is another one");
      }
      cuts.push_back({std::move(*weights), *bound});
    }
    switch (wanted_->kind) {
      case Kind::Levels:
        return closes_levels(cuts, box);
      case Kind::Point:
        return !escapes(cuts, least_of(box), 0);
      default:
        return cuts.size() == 1 && closes_alone(cuts[0], box);
    }
  }

  // The largest weighted sum there may be, times `parts_`: of each issue the best option, and each
  // conditional value in equal parts on those of its issues that are not sure to fulfil it.
  [[nodiscard]] Integer bound_of(const Box& box, const Worth& weights) const {
    Integer sum;
    std::vector<Worth> scores(box.size());
    for (std::size_t party = 0; party < parties_; ++party) {
      const Integer weight = weights[party] * wanted_->factor[party] * parts_;
      sum += weight * (game_->parties[party].base - wanted_->from[party]);
      for (std::size_t issue = 0; issue < box.size() && !weight.is_zero(); ++issue) {
        scores[issue].resize(box[issue].size());
        for (std::size_t at = 0; at < box[issue].size(); ++at) {
          scores[issue][at] += weight * game_->parties[party].values[issue][box[issue][at]];
        }
      }
    }
    for (const Term& term : terms_) {
      add(term, weights[term.party] * term.worth * parts_, box, sum, scores);
    }
    for (const Worth& each : scores) {
      sum += each.empty() ? Integer(0) : *std::max_element(each.begin(), each.end());
    }
    return sum;
  }

  // Those issues of a conditional value of which some option that is left fulfils it and some does
  // not; none where an issue has none that does.
  static std::optional<std::vector<std::size_t>> open_places(const Term& term, const Box& box) {
    std::vector<std::size_t> open;
    for (std::size_t place = 0; place < term.issues.size(); ++place) {
      const auto& [issue, fits] = term.issues[place];
      const auto fitting =
          std::count_if(box[issue].begin(), box[issue].end(),
                        [&fits = fits](std::uint32_t option) { return fits[option]; });
      if (fitting == 0) {
        return std::nullopt;
      }
      if (fitting < static_cast<std::ptrdiff_t>(box[issue].size())) {
        open.push_back(place);
      }
    }
    return open;
  }

  static void add(const Term& term, const Integer& worth, const Box& box, Integer& sum,
                  std::vector<Worth>& scores) {
    const auto open = open_places(term, box);
    if (!open.has_value() || open->empty() || worth.sign() <= 0) {
      sum += open.has_value() && open->empty() ? worth : Integer(0);
      return;
    }
    const Integer part = packages::divide(worth, static_cast<std::int64_t>(open->size())).quotient;
    for (const std::size_t place : *open) {
      const auto& [issue, fits] = term.issues[place];
      scores[issue].resize(box[issue].size());
      for (std::size_t at = 0; at < box[issue].size(); ++at) {
        scores[issue][at] += fits[box[issue][at]] ? part : Integer(0);
      }
    }
  }

  // What every package of the box has at least, party by party.
  [[nodiscard]] Worth least_of(const Box& box) const {
    Worth least;
    for (std::size_t party = 0; party < parties_; ++party) {
      const packages::Party& side = game_->parties[party];
      Integer sum = side.base;
      for (std::size_t issue = 0; issue < box.size(); ++issue) {
        Worth values;
        for (const std::uint32_t option : box[issue]) {
          values.push_back(side.values[issue][option]);
        }
        sum += values.empty() ? Integer(0) : *std::min_element(values.begin(), values.end());
      }
      least.push_back((sum - wanted_->from[party]) * wanted_->factor[party]);
    }
    for (const Term& term : terms_) {
      const auto open = open_places(term, box);
      if (open.has_value() && (open->empty() || term.worth.is_negative())) {
        least[term.party] += term.worth;
      }
    }
    return least;
  }

  [[nodiscard]] bool may_be_smaller(const Box& box) const {
    Package least;
    for (const std::vector<std::uint32_t>& left : box) {
      least.push_back(*std::min_element(left.begin(), left.end()));
    }
    return least < wanted_->package;
  }

  [[nodiscard]] bool closes_alone(const Cut& cut, const Box& box) const {
    Integer least;
    if (wanted_->kind == Kind::Needs) {
      for (std::size_t party = 0; party < parties_; ++party) {
        if (!wanted_->need[party].has_value() && !cut.weights[party].is_zero()) {
          return false;
        }
        least += cut.weights[party] * wanted_->need[party].value_or(0);
      }
      return cut.bound < least * parts_;
    }
    Integer bound = cut.bound;
    if (wanted_->kind == Kind::Sum) {
      for (std::size_t party = 0; party < parties_; ++party) {
        if (cut.weights[party] != Integer(1)) {
          return false;
        }
        least += wanted_->best[party] * parts_;
      }
    } else {
      // The mean of the weighted numbers is no less than the root of their product.
      if (bound.is_negative()) {
        return true;
      }
      bound = packages::power(bound, parties_);
      least = packages::power(parts_ * static_cast<std::int64_t>(parties_), parties_);
      for (std::size_t party = 0; party < parties_; ++party) {
        least *= cut.weights[party] * wanted_->best[party];
      }
    }
    return bound < least || (bound == least && !may_be_smaller(box));
  }

  // One level after the other: nothing that is equal below it is larger there.
  [[nodiscard]] bool closes_levels(const std::vector<Cut>& cuts, const Box& box) const {
    std::size_t level = 0;
    bool is_closed = false;
    for (const Cut& cut : cuts) {
      const std::size_t before = level;
      if (is_closed) {
        return false;
      }
      while (level < parties_ && cut.bound < least_at(cut.weights, level) * parts_) {
        ++level;
      }
      is_closed = level == parties_ &&
                  (!may_be_smaller(box) || cut.bound < least_at(cut.weights, level) * parts_);
      if (level == before && !is_closed) {
        return false;
      }
    }
    return is_closed;
  }

  // The least weighted sum of numbers that are those of `best` below the level, and larger from
  // there on; behind the last level, of numbers that are those of `best`.
  [[nodiscard]] Integer least_at(Worth weights, std::size_t level) const {
    std::sort(weights.begin(), weights.end(),
              [](const Integer& left, const Integer& right) { return right < left; });
    Integer sum;
    for (std::size_t at = 0; at < parties_; ++at) {
      const bool is_below = at < level || level == parties_;
      sum += weights[at] * (is_below ? wanted_->best[at] : wanted_->best[level] + 1);
    }
    return sum;
  }

  // Whether numbers from `corner` on are within the cuts and not reached by the points from `at`
  // on.
  bool escapes(const std::vector<Cut>& cuts, Worth corner, std::size_t at) {
    if (++looks_ > kMostLooks) {
      return true;
    }
    for (const Cut& cut : cuts) {
      Integer sum;
      for (std::size_t party = 0; party < parties_; ++party) {
        sum += cut.weights[party] * corner[party];
      }
      if (sum * parts_ > cut.bound) {
        return false;
      }
    }
    const std::vector<Worth>& points = wanted_->points;
    while (at < points.size() && !is_as_much(points[at], corner)) {
      ++at;
    }
    for (std::size_t party = 0; at < points.size() && party < parties_; ++party) {
      Worth raised = corner;
      raised[party] = points[at][party] + 1;
      if (escapes(cuts, std::move(raised), at + 1)) {
        return true;
      }
    }
    return at == points.size();
  }

  [[nodiscard]] bool is_wanted(const Package& package) const {
    for (const Formula& formula : wanted_->must) {
      if (!packages::holds(formula, package)) {
        return false;
      }
    }
    Worth numbers = wanted_->numbers_of(*game_, package);
    if (wanted_->kind == Kind::Needs) {
      return reaches_needs(numbers);
    }
    if (wanted_->kind == Kind::Point) {
      return std::none_of(wanted_->points.begin(), wanted_->points.end(),
                          [&](const Worth& point) { return is_as_much(point, numbers); });
    }
    if (wanted_->kind == Kind::Product &&
        std::any_of(numbers.begin(), numbers.end(),
                    [](const Integer& number) { return number.is_negative(); })) {
      return false;
    }
    const Worth here = measure(std::move(numbers));
    const Worth best = measure(wanted_->best);
    return best < here || (best == here && package < wanted_->package);
  }

  [[nodiscard]] bool reaches_needs(const Worth& numbers) const {
    for (std::size_t party = 0; party < parties_; ++party) {
      if (wanted_->need[party].has_value() && numbers[party] < *wanted_->need[party]) {
        return false;
      }
    }
    return true;
  }

  // Compared one after the other.
  [[nodiscard]] Worth measure(Worth numbers) const {
    if (wanted_->kind == Kind::Levels) {
      std::sort(numbers.begin(), numbers.end());
      return numbers;
    }
    Integer all = wanted_->kind == Kind::Product ? 1 : 0;
    for (const Integer& number : numbers) {
      if (wanted_->kind == Kind::Product) {
        all *= number;
      } else {
        all += number;
      }
    }
    return {all};
  }

  static constexpr std::size_t kMostLooks = 20'000'000;

  const Game* game_;
  const Wanted* wanted_;
  Lines* lines_;
  std::size_t parties_;
  std::vector<Term> terms_;
  // What the count of issues of every conditional value divides.
  Integer parts_ = 1;
  std::size_t looks_ = 0;
};

}  // namespace

Worth Wanted::numbers_of(const Game& game, const Package& of) const {
  Worth numbers;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    numbers.push_back((packages::worth(game.parties[party], of) - from[party]) * factor[party]);
  }
  return numbers;
}

base::Result<void> check_tree(const Game& game, const Wanted& wanted, Lines& lines) {
  return Tree(game, wanted, lines).check();
}

}  // namespace truce::proof_check::internal
