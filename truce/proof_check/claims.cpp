// SPDX-License-Identifier: Apache-2.0
#include "truce/proof_check/internal/claims.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "truce/proof_check/internal/cuts.h"

namespace truce::proof_check::internal {
namespace {

using packages::Conjunction;
using packages::Formula;
using packages::Game;
using packages::Integer;
using packages::Package;
using packages::Party;

using Set = std::vector<std::size_t>;
constexpr std::size_t kMostLooks = 20'000'000;

bool contains(const Set& set, std::size_t one) {
  return std::binary_search(set.begin(), set.end(), one);
}

bool has_common(const Set& left, const Set& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](std::size_t one) { return contains(right, one); });
}

// What is asked of some of the demands, or of some of the issues.
class Among {
 public:
  Among(const Game& game, bool is_of_issues, Lines& lines)
      : game_(&game), is_of_issues_(is_of_issues), lines_(&lines) {
    for (std::size_t party = 0; party < game.parties.size(); ++party) {
      if (game.parties[party].walk_away.has_value()) {
        demands_.emplace_back(party, std::nullopt);
      }
      for (std::size_t veto = 0; veto < game.parties[party].vetoes.size(); ++veto) {
        demands_.emplace_back(party, veto);
      }
    }
    count_ = is_of_issues ? game.issues.size() : demands_.size();
  }

  base::Result<Checked::Sets> check() {
    while (lines_->peek().starts_with("relaxation")) {
      if (const auto read = read_relaxation(); !read) {
        return read.error();
      }
    }
    while (lines_->peek() == "conflict" || lines_->peek().starts_with("conflict ")) {
      const auto set = read_set(conflicts_, words_of(lines_->next()), "conflict");
      if (!set) {
        return set.error();
      }
      const Game part = kept(*set);
      if (const auto shown = check_tree(part, wanted(*set), *lines_); !shown) {
        return shown.error();
      }
      conflicts_.push_back(*set);
    }
    if (const char* fault = find_fault(); fault != nullptr) {
      return lines_->wrong(fault);
    }
    return Checked::Sets{conflicts_.size(), relaxations_.size()};
  }

 private:
  // The smaller ones first, each once.
  base::Result<Set> read_set(const std::vector<Set>& before, const Words& words,
                             std::string_view kind) {
    const auto set = indices(words, 1, words.size());
    const bool is_right =
        words[0] == kind && set.has_value() &&
        std::adjacent_find(set->begin(), set->end(), std::greater_equal<>()) == set->end() &&
        (set->empty() || set->back() < count_);
    if (!is_right) {
      return lines_->wrong("a set is its numbers in order, each once");
    }
    if (!before.empty() && (set->size() < before.back().size() ||
                            (set->size() == before.back().size() && *set <= before.back()))) {
      return lines_->wrong("sets stand in order, each once");
    }
    return *set;
  }

  // A package shows that all others can be kept.
  base::Result<void> read_relaxation() {
    Words words = words_of(lines_->next());
    const auto by = std::find(words.begin(), words.end(), "by");
    const Words shown = by == words.end() ? Words{} : Words(by, words.end());
    words.erase(by, words.end());
    const auto set = read_set(relaxations_, words, "relaxation");
    if (!set) {
      return set.error();
    }
    Set rest;
    for (std::size_t one = 0; one < count_; ++one) {
      if (!contains(*set, one)) {
        rest.push_back(one);
      }
    }
    const Game part = kept(rest);
    const auto package = read_package(part, shown);
    const Wanted asked = wanted(rest);
    if (!package || !holds(part, asked, *package)) {
      return lines_->wrong("this package does not keep all others");
    }
    relaxations_.push_back(*set);
    return {};
  }

  static bool holds(const Game& game, const Wanted& wanted, const Package& package) {
    const Worth numbers = wanted.numbers_of(game, package);
    for (std::size_t party = 0; party < numbers.size(); ++party) {
      if (wanted.need[party].has_value() && numbers[party] < *wanted.need[party]) {
        return false;
      }
    }
    return std::all_of(wanted.must.begin(), wanted.must.end(),
                       [&](const Formula& formula) { return packages::holds(formula, package); });
  }

 public:
  static std::optional<Package> read_package(const Game& game, const Words& words) {
    const auto options = indices(words, 1, words.size());
    if (!options || words.size() != game.issues.size() + 1 || words[0] != "by") {
      return std::nullopt;
    }
    for (std::size_t issue = 0; issue < options->size(); ++issue) {
      if ((*options)[issue] >= game.issues[issue].options.size()) {
        return std::nullopt;
      }
    }
    return Package(options->begin(), options->end());
  }

 private:
  // Beside the issues kept, everybody gets the best for themselves, whatever else is said of them.
  [[nodiscard]] Game kept(const Set& set) const {
    Game game = *game_;
    for (std::size_t issue = 0; is_of_issues_ && issue < count_; ++issue) {
      if (!contains(set, issue)) {
        game.issues[issue].options.resize(1);
        for (Party& party : game.parties) {
          Worth& values = party.values[issue];
          values = {*std::max_element(values.begin(), values.end())};
        }
      }
    }
    for (Party& party : game.parties) {
      std::erase_if(party.conditionals, [&](const packages::Conditional& each) {
        return each.worth.is_negative() && speaks_of_others(each.when, set);
      });
      for (packages::Conditional& each : party.conditionals) {
        std::erase_if(each.when, [&](const packages::OptionSet& one) {
          return is_of_issues_ && !contains(set, one.issue);
        });
      }
    }
    return game;
  }

  [[nodiscard]] bool speaks_of_others(const Conjunction& conjunction, const Set& set) const {
    return speaks_of_others(Formula::from_conjunction(conjunction), set);
  }
  [[nodiscard]] bool speaks_of_others(const Formula& formula, const Set& set) const {
    std::set<std::size_t> issues;
    add_issues(formula, issues);
    return is_of_issues_ && std::any_of(issues.begin(), issues.end(),
                                        [&](std::size_t one) { return !contains(set, one); });
  }

  // Constraints, then vetoes in the order of demands.
  [[nodiscard]] Wanted wanted(const Set& set) const {
    const std::size_t parties = game_->parties.size();
    Wanted wanted;
    wanted.from.resize(parties);
    wanted.factor.assign(parties, 1);
    wanted.need.resize(parties);
    std::vector<Formula> all;
    for (const packages::Constraint& constraint : game_->constraints) {
      all.push_back(constraint.formula);
    }
    for (std::size_t at = 0; at < demands_.size(); ++at) {
      const auto& [party, veto] = demands_[at];
      if (!is_of_issues_ && !contains(set, at)) {
        continue;
      }
      if (veto.has_value()) {
        all.push_back(
            Formula::negation(Formula::from_conjunction(game_->parties[party].vetoes[*veto])));
      } else {
        wanted.need[party] = game_->parties[party].walk_away;
      }
    }
    for (Formula& formula : all) {
      if (!speaks_of_others(formula, set)) {
        wanted.must.push_back(std::move(formula));
      }
    }
    return wanted;
  }

  // Minimal, and all there are: whatever is let go, either it holds a relaxation, or a conflict is
  // left.
  const char* find_fault() {
    for (const Set& conflict : conflicts_) {
      for (const std::size_t one : conflict) {
        Set rest = conflict;
        std::erase(rest, one);
        if (std::all_of(relaxations_.begin(), relaxations_.end(),
                        [&](const Set& each) { return has_common(each, rest); })) {
          return "a conflict is not the smallest";
        }
      }
    }
    for (const Set& relaxation : relaxations_) {
      for (const std::size_t one : relaxation) {
        Set rest = relaxation;
        std::erase(rest, one);
        if (std::all_of(conflicts_.begin(), conflicts_.end(),
                        [&](const Set& each) { return has_common(each, rest); })) {
          return "a relaxation is not the smallest";
        }
      }
    }
    return is_decided({}) ? nullptr : "conflicts or relaxations are missing";
  }

  bool is_decided(const Set& dropped) {
    if (++looks_ > kMostLooks) {
      return false;
    }
    for (const Set& each : relaxations_) {
      if (std::includes(dropped.begin(), dropped.end(), each.begin(), each.end())) {
        return true;
      }
    }
    const auto left = std::find_if(conflicts_.begin(), conflicts_.end(),
                                   [&](const Set& each) { return !has_common(each, dropped); });
    return left != conflicts_.end() &&
           std::all_of(left->begin(), left->end(), [&](std::size_t one) {
             Set more = dropped;
             more.insert(std::lower_bound(more.begin(), more.end(), one), one);
             return is_decided(more);
           });
  }

  const Game* game_;
  bool is_of_issues_;
  Lines* lines_;
  std::vector<std::pair<std::size_t, std::optional<std::size_t>>> demands_;
  std::size_t count_ = 0;
  std::vector<Set> relaxations_;
  std::vector<Set> conflicts_;
  std::size_t looks_ = 0;
};

std::vector<Formula> constraints_of(const Game& game) {
  std::vector<Formula> formulas;
  for (const packages::Constraint& constraint : game.constraints) {
    formulas.push_back(constraint.formula);
  }
  return formulas;
}

// `by` and a feasible package are expected.
base::Result<Package> read_feasible(const Game& game, const Words& words, const Lines& lines) {
  auto package = Among::read_package(game, words);
  if (!package || !packages::is_feasible(game, *package)) {
    return lines.wrong("`by` and a package that fulfils the constraints are expected");
  }
  return std::move(*package);
}

// What a rule chooses, asked alone.
class Chosen {
 public:
  Chosen(const Game& game, Lines& lines) : game_(&game), lines_(&lines) {
    wanted_.must = constraints_of(game);
    wanted_.need.resize(game.parties.size());
  }

  base::Result<std::string> check() {
    const Words words = words_of(lines_->next());
    if (words.size() < 4 || (words[2] != "zero" && words[2] != "walk-away")) {
      return lines_->wrong("`rule NAME zero by PACKAGE`, or walk-away, is expected");
    }
    const bool is_of_gains = words[1] == "nash" || words[1] == "kalai_smorodinsky";
    if (!is_of_gains && words[1] != "egalitarian" && words[1] != "utilitarian") {
      return lines_->wrong("there is no such rule");
    }
    for (const Party& party : game_->parties) {
      const bool is_above = is_of_gains && words[2] == "walk-away";
      wanted_.from.push_back(is_above ? party.walk_away.value_or(0) : 0);
    }
    wanted_.factor.assign(game_->parties.size(), 1);
    if (words[3] == "none" && words.size() == 4) {
      if (words[1] == "nash") {
        wanted_.need.assign(game_->parties.size(), Integer(0));
      }
    } else {
      auto package = read_feasible(*game_, Words(words.begin() + 3, words.end()), *lines_);
      if (!package) {
        return package.error();
      }
      wanted_.package = std::move(package.value());
      if (const auto set = set_measure(words[1]); !set) {
        return set.error();
      }
    }
    const auto shown = check_tree(*game_, wanted_, *lines_);
    return shown ? base::Result<std::string>(std::string(words[1])) : shown.error();
  }

 private:
  base::Result<void> set_measure(std::string_view rule) {
    if (rule == "kalai_smorodinsky") {
      if (const auto read = read_ideals(); !read) {
        return read;
      }
    } else if (rule != "nash") {
      Integer common = 1;
      for (const Party& party : game_->parties) {
        common *= party.denominator;
      }
      for (std::size_t party = 0; party < game_->parties.size(); ++party) {
        wanted_.factor[party] = divide(common, game_->parties[party].denominator).quotient;
      }
    }
    wanted_.best = wanted_.numbers_of(*game_, wanted_.package);
    const bool has_gain = std::all_of(wanted_.best.begin(), wanted_.best.end(),
                                      [](const Integer& number) { return number.sign() > 0; });
    if (rule == "nash" && !has_gain) {
      return lines_->wrong("this package does not give everybody a gain");
    }
    wanted_.kind = rule == "nash"          ? Wanted::Kind::Product
                   : rule == "utilitarian" ? Wanted::Kind::Sum
                                           : Wanted::Kind::Levels;
    if (wanted_.kind == Wanted::Kind::Levels) {
      std::sort(wanted_.best.begin(), wanted_.best.end());
    }
    return {};
  }

  // For each party a package, and that none gives it more.
  base::Result<void> read_ideals() {
    Worth ideals;
    Integer all = 1;
    for (std::size_t party = 0; party < game_->parties.size(); ++party) {
      const Words words = words_of(lines_->next());
      if (words.size() < 2 || words[0] != "ideal" || index(words[1]) != party) {
        return lines_->wrong(fmt::format("`ideal {} by PACKAGE` is expected", party));
      }
      const auto package = read_feasible(*game_, Words(words.begin() + 2, words.end()), *lines_);
      if (!package) {
        return package.error();
      }
      ideals.push_back(wanted_.numbers_of(*game_, *package)[party]);
      if (ideals.back().sign() <= 0) {
        return lines_->wrong("this package does not give the party a gain");
      }
      all *= ideals.back();
      Wanted more = wanted_;
      more.need[party] = ideals.back() + 1;
      if (const auto shown = check_tree(*game_, more, *lines_); !shown) {
        return shown;
      }
    }
    for (std::size_t party = 0; party < ideals.size(); ++party) {
      wanted_.factor[party] = divide(all, ideals[party]).quotient;
    }
    return {};
  }

  const Game* game_;
  Lines* lines_;
  Wanted wanted_;
};

// All points of the frontier, by a tree.
base::Result<std::size_t> check_frontier(const Game& game, Lines& lines) {
  Wanted wanted;
  wanted.kind = Wanted::Kind::Point;
  wanted.must = constraints_of(game);
  wanted.from.resize(game.parties.size());
  wanted.factor.assign(game.parties.size(), 1);
  const Words first = words_of(lines.next());
  const auto count = first.size() == 2 ? index(first[1]) : std::nullopt;
  for (std::size_t at = 0; count && at < *count; ++at) {
    const Words words = words_of(lines.next());
    if (words.empty() || words[0] != "point") {
      return lines.wrong("`point by PACKAGE` is expected");
    }
    const auto package = read_feasible(game, Words(words.begin() + 1, words.end()), lines);
    if (!package) {
      return package.error();
    }
    Worth worth = wanted.numbers_of(game, *package);
    if (!wanted.points.empty() && !(worth < wanted.points.back())) {
      return lines.wrong("points stand in order");
    }
    if (std::any_of(wanted.points.begin(), wanted.points.end(),
                    [&](const Worth& before) { return is_as_much(before, worth); })) {
      return lines.wrong("this point is bettered by another one");
    }
    wanted.points.push_back(std::move(worth));
  }
  if (!count) {
    return lines.wrong("`frontier` and how many points are expected");
  }
  const auto shown = check_tree(game, wanted, lines);
  return shown ? base::Result<std::size_t>(*count) : shown.error();
}

}  // namespace

base::Result<void> check_claims(const Game& game, Lines& lines, Checked& checked) {
  for (;;) {
    const std::string_view line = lines.peek();
    if (line == "among demands" || line == "among issues") {
      const bool is_of_issues = line == "among issues";
      lines.next();
      auto sets = Among(game, is_of_issues, lines).check();
      if (!sets) {
        return sets.error();
      }
      (is_of_issues ? checked.issues : checked.demands) = *sets;
    } else if (line.starts_with("rule ")) {
      auto rule = Chosen(game, lines).check();
      if (!rule) {
        return rule.error();
      }
      checked.rules.push_back(std::move(rule.value()));
    } else if (line.starts_with("frontier ")) {
      const auto points = check_frontier(game, lines);
      if (!points) {
        return points.error();
      }
      checked.points = *points;
    } else {
      return {};
    }
  }
}

}  // namespace truce::proof_check::internal
