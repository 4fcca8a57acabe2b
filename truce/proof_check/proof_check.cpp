// SPDX-License-Identifier: Apache-2.0
#include "truce/proof_check/proof_check.h"

#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "truce/proof_check/internal/statement.h"

namespace truce::proof_check::internal {
namespace {

using Set = std::set<std::size_t>;
using Sets = std::set<Set>;

// Corners of what lies above points, and sets that meet others.
constexpr std::size_t kMost = 200'000;

bool is_below(const Numbers& low, const Numbers& high) {
  return std::ranges::equal(low, high, std::less_equal<>());
}

// 1 when all packages of the box fulfil the formula, -1 when none does, 0 when that is open.
int judge(const Formula& formula, const Box& box) {
  mpz_class sure;
  mpz_class possible;
  if (!formula.limit.has_value()) {
    const Indices& left = box[formula.issue];
    const auto inside = std::ranges::count_if(
        left, [&](std::size_t option) { return formula.options.contains(option); });
    return inside == 0 ? -1 : inside == std::ssize(left) ? 1 : 0;
  }
  for (std::size_t at = 0; at < formula.parts.size(); ++at) {
    const int part = judge(formula.parts[at], box);
    sure += part > 0 ? formula.costs[at] : mpz_class(0);
    possible += part >= 0 ? formula.costs[at] : mpz_class(0);
  }
  return sure > *formula.limit ? -1 : possible <= *formula.limit ? 1 : 0;
}

int judge(const std::vector<Formula>& all, const Box& box) {
  int least = 1;
  for (const Formula& formula : all) {
    least = least < 0 ? least : std::min(least, judge(formula, box));
  }
  return least;
}

// No package of the box has a larger weighted sum, times `parts`: of each issue the best option,
// and each term in equal parts on those of its issues that are open. Of a package it is its sum.
mpz_class bound_of(const Game& game, const Numbers& weights, const Box& box) {
  mpz_class sum;
  for (std::size_t side = 0; side < weights.size(); ++side) {
    sum += weights[side] * game.parts * game.sides[side].base;
  }
  std::vector<std::vector<std::pair<const Formula*, mpz_class>>> shares(box.size());
  for (const Term& term : game.terms) {
    const mpz_class worth = weights[term.side] * term.worth * game.parts;
    const int verdict = worth == 0 ? -1 : judge(term.when, box);
    sum += verdict > 0 ? worth : mpz_class(0);
    const auto is_open = [&](const Formula& part) { return judge(part, box) == 0; };
    const auto open = verdict == 0 && worth > 0 ? std::ranges::count_if(term.when, is_open) : 0;
    for (std::size_t at = 0; open > 0 && at < term.when.size(); ++at) {
      if (is_open(term.when[at])) {
        shares[term.when[at].issue].emplace_back(&term.when[at], worth / open);
      }
    }
  }
  for (std::size_t issue = 0; issue < box.size(); ++issue) {
    Numbers scores(box[issue].size());
    for (std::size_t at = 0; at < scores.size(); ++at) {
      for (std::size_t side = 0; side < weights.size(); ++side) {
        scores[at] += weights[side] * game.parts * game.sides[side].values[issue][box[issue][at]];
      }
      for (const auto& [part, share] : shares[issue]) {
        scores[at] += share * part->options.count(box[issue][at]);
      }
    }
    sum += *std::ranges::max_element(scores);
  }
  return sum;
}

// What a package is worth to each side; with -1, what every package of a box is worth at least.
Numbers worth_of(const Game& game, const Box& box, int sign = 1) {
  Numbers worth;
  for (std::size_t side = 0; side < game.sides.size(); ++side) {
    Numbers weights(game.sides.size());
    weights[side] = sign;
    worth.push_back(sign * bound_of(game, weights, box) / game.parts - (sign < 0 ? 1 : 0));
  }
  return worth;
}

// What no package is: one whose numbers, put in order for Levels, added up for Sum, multiplied for
// Product if none is below zero, reach these.
struct Wanted {
  enum class Kind : std::uint8_t { Needs, Levels, Sum, Product };
  Kind kind = Kind::Needs;
  Numbers least;

  [[nodiscard]] Numbers measure(Numbers numbers) const {
    const bool is_product = kind == Kind::Product;
    if (kind == Kind::Levels) {
      std::ranges::sort(numbers);
    } else if (is_product && *std::ranges::min_element(numbers) < 0) {
      return {-1};
    } else if (is_product || kind == Kind::Sum) {
      return {is_product ? std::reduce(numbers.begin(), numbers.end(), mpz_class(1),
                                       std::multiplies<mpz_class>())
                         : std::reduce(numbers.begin(), numbers.end())};
    }
    return numbers;
  }

  // Whether all that is wanted has a weighted sum, times `parts`, above the bound. Of levels the
  // sum is least where the largest weight meets the lowest one. Of a product: the mean of numbers,
  // none below zero, is no less than the root of their product.
  [[nodiscard]] bool is_beyond(Numbers weights, const mpz_class& bound,
                               const mpz_class& parts) const {
    if (kind == Kind::Levels) {
      std::ranges::sort(weights, std::greater<>());
    }
    mpz_class sum;
    mpz_class product = least[0];
    mpz_class power = 1;
    for (std::size_t at = 0; at < weights.size(); ++at) {
      sum += weights[at] * parts * (at < least.size() ? least[at] : mpz_class(0));
      product *= weights[at] * parts * weights.size();
      power *= bound;
    }
    const bool is_even = std::ranges::count(weights, weights[0]) == std::ssize(weights);
    return kind == Kind::Product ? bound < 0 || power < product
                                 : bound < sum && (kind != Kind::Sum || is_even);
  }
};

// What is wanted where no point is worth as much to everybody: above all of them.
std::vector<Wanted> above(const std::vector<Numbers>& points, const Numbers& least,
                          const Log& log) {
  std::vector<Wanted> corners{{Wanted::Kind::Needs, least}};
  for (const Numbers& point : points) {
    std::vector<Wanted> raised;
    std::erase_if(corners, [&](const Wanted& corner) {
      const bool is_reached = is_below(corner.least, point);
      for (std::size_t side = 0; is_reached && side < least.size(); ++side) {
        raised.push_back(corner);
        raised.back().least[side] = point[side] + 1;
      }
      return is_reached;
    });
    std::ranges::move(raised, std::back_inserter(corners));
    log.require(corners.size() < kMost, "these points have too many corners");
  }
  return corners;
}

class Checker {
 public:
  explicit Checker(std::string_view log) : log_(log) {}

  Checked check() {
    log_.require(log_.take("truce-proof") && log_.take("3"), "this is no proof of version 3");
    do {
      log_.require(!checked_.games.empty() || log_.peek() == "game", "`game` is expected");
      check_claim();
    } while (log_.peek() != "end");
    // FNV-1a, 64 bits.
    std::uint64_t sum = 0xcbf29ce484222325;
    for (const char letter : log_.before()) {
      sum = (sum ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
    }
    log_.require(log_.rest() == "end " + std::to_string(sum) + "\n",
                 "`end` and the sum are expected");
    return checked_;
  }

 private:
  void check_claim() {
    if (log_.take("game")) {
      const std::size_t begin = log_.before().size();
      game_ = read_game(log_);
      checked_.games.emplace_back().game = log_.before().substr(begin);
      frontier_.reset();
    } else if (log_.take("within")) {
      check_points(log_.numbers(game_.sides.size()));
    } else if (log_.take("rule")) {
      check_rule(std::string(log_.word()));
    } else {
      log_.require(log_.take("sets"), "a claim is expected");
      check_sets(log_.take("walk-away"));
    }
  }

  Box read_package(const Game& game) {
    Box package;
    for (const Indices& options : game.box) {
      package.push_back({log_.index(options.size())});
    }
    log_.require(judge(game.must, package) > 0, "this package does not fulfil what must hold");
    return package;
  }

  // --- That no package of a game is one of those wanted ---

  // By what is known to be the frontier, or by a tree.
  void show(const Game& game, const std::vector<Wanted>& wanted) {
    if (!log_.take("points")) {
      std::vector<const Wanted*> open(wanted.size());
      std::iota(open.begin(), open.end(), wanted.data());
      return refute(game, game.box, std::move(open));
    }
    log_.require(frontier_.has_value(), "no frontier stands before");
    for (const Box& package : *frontier_) {
      const Numbers numbers = worth_of(game, package);
      for (const Wanted& each : wanted) {
        log_.require(!is_below(each.least, each.measure(numbers)), "a point is wanted");
      }
    }
  }

  // Each level leaves one option of an issue that had several, so that depth has an end.
  void refute(const Game& game, Box box, std::vector<const Wanted*> open) {
    while (!open.empty()) {
      if (log_.take("must")) {
        const int verdict = judge(game.must[log_.index(game.must.size())], box);
        return log_.require(verdict < 0, "this may hold");
      }
      if (log_.take("cut")) {
        const Numbers weights = log_.numbers(game.sides.size());
        log_.require(is_below(Numbers(weights.size()), weights), "no weight is below zero");
        const mpz_class bound = bound_of(game, weights, box);
        const auto gone = std::erase_if(
            open, [&](const Wanted* each) { return each->is_beyond(weights, bound, game.parts); });
        log_.require(gone > 0, "this cut leaves all that is wanted");
        continue;
      }
      log_.require(log_.take("out"), "`out`, `cut` or `must` is expected");
      Indices& left = box[log_.index(box.size())];
      const std::size_t option = log_.index(SIZE_MAX);
      Indices rest = std::exchange(left, {option});
      log_.require(std::erase(rest, option) == 1 && !rest.empty(), "it is none of several");
      refute(game, box, open);
      left = std::move(rest);
    }
  }

  // --- Frontiers, and packages near which all others lie ---

  // Each package is worth to each party at most so much more than one of these. Without more, and
  // where none of them betters another one, they are the frontier.
  void check_points(const Numbers& within) {
    const bool is_frontier = within == Numbers(within.size());
    std::vector<Box> packages;
    std::vector<Numbers> points;
    while (log_.take("package")) {
      packages.push_back(read_package(game_));
      Numbers point = worth_of(game_, packages.back());
      std::ranges::transform(point, within, point.begin(), std::plus<>());
      for (std::size_t at = 0; is_frontier && at < points.size(); ++at) {
        log_.require(!is_below(points[at], point) && !is_below(point, points[at]),
                     "one of the packages betters another");
      }
      points.push_back(std::move(point));
    }
    if (log_.peek() == "issue") {
      check_cover(points);
    } else {
      show(game_, above(points, worth_of(game_, game_.box, -1), log_));
    }
    Proved& proved = checked_.games.back();
    (is_frontier ? proved.points : proved.nearby) = points.size();
    frontier_ = is_frontier ? std::optional(std::move(packages)) : std::nullopt;
  }

  // In each package of the box, what the issues from one on bring is no more to everybody than one
  // of these points.
  using Node = std::pair<Box, std::vector<Numbers>>;

  // The last issue first; what each option leads to stands before it.
  void check_cover(const std::vector<Numbers>& points) {
    std::vector<Node> behind{{game_.box, {Numbers(game_.sides.size())}}};
    for (std::size_t issue = game_.box.size(); issue-- > 0;) {
      log_.require(log_.take("issue") && log_.index(issue + 1) == issue, "issues stand in order");
      std::vector<Node> here;
      while (log_.take("node")) {
        Node& node = here.emplace_back(game_.box, std::vector<Numbers>{});
        while (log_.peek() != "point" && log_.peek() != "to") {
          const std::size_t before = log_.index(issue);
          node.first[before] = {log_.index(game_.box[before].size())};
        }
        while (log_.take("point")) {
          node.second.push_back(log_.numbers(game_.sides.size()));
        }
        log_.require(log_.take("to"), "`to` is expected");
        for (const std::size_t option : game_.box[issue]) {
          Box box = node.first;
          box[issue] = {option};
          if (log_.take("none")) {
            log_.require(judge(game_.must, box) < 0, "an option that may be chosen leads nowhere");
          } else {
            check_option(issue, box, behind[log_.index(behind.size())], node.second);
          }
        }
      }
      behind = std::move(here);
    }
    log_.require(behind.size() == 1, "the first issue has one node");
    check_below(behind[0].second, Numbers(game_.sides.size()), points);
  }

  // A term counts where its last issue is settled, and in full where its others are not known.
  void check_option(std::size_t issue, const Box& box, const Node& next,
                    const std::vector<Numbers>& points) const {
    log_.require(std::ranges::equal(next.first, box, std::ranges::includes), "leads elsewhere");
    Numbers gain;
    for (const Side& side : game_.sides) {
      gain.push_back(side.values[issue][box[issue][0]] + (issue == 0 ? side.base : mpz_class(0)));
    }
    for (const Term& term : game_.terms) {
      const int verdict = term.last_issue == issue ? judge(term.when, box) : -1;
      gain[term.side] +=
          verdict > 0 || (verdict == 0 && term.worth > 0) ? term.worth : mpz_class(0);
    }
    check_below(next.second, gain, points);
  }

  // Neighbours lie below neighbours.
  void check_below(const std::vector<Numbers>& low, const Numbers& gain,
                   const std::vector<Numbers>& high) const {
    std::size_t at = 0;
    for (Numbers worth : low) {
      std::ranges::transform(worth, gain, worth.begin(), std::plus<>());
      std::size_t tries = 0;
      for (; tries < high.size() && !is_below(worth, high[at]); ++tries) {
        at = (at + 1) % high.size();
      }
      log_.require(tries < high.size(), "something that can be had lies above all points");
    }
  }

  // --- What a rule chooses ---

  void check_rule(const std::string& rule) {
    const std::map<std::string, Wanted::Kind> kinds{{"nash", Wanted::Kind::Product},
                                                    {"kalai_smorodinsky", Wanted::Kind::Levels},
                                                    {"egalitarian", Wanted::Kind::Levels},
                                                    {"utilitarian", Wanted::Kind::Sum}};
    log_.require(kinds.contains(rule), "this is no rule");
    const bool is_above = log_.take("walk-away");
    log_.require(is_above || log_.take("zero"), "`zero` or `walk-away` is expected");
    Numbers from;
    Numbers wholes;
    for (const Side& side : game_.sides) {
      const bool is_of_gains = rule == "nash" || rule == "kalai_smorodinsky";
      from.push_back(is_above && is_of_gains ? side.walk_away.value_or(0) : mpz_class(0));
      wholes.push_back(side.denominator);
    }
    checked_.games.back().rules.push_back(rule);
    if (log_.take("none")) {
      const Game game = rescaled(from, wholes);
      const Numbers none(from.size());
      return show(game,
                  {{Wanted::Kind::Needs, rule == "nash" ? none : worth_of(game, game.box, -1)}});
    }
    const Box package = read_package(game_);
    const Game game = rescaled(from, rule == "kalai_smorodinsky" ? read_ideals(from) : wholes);
    show(game, better(kinds.at(rule), worth_of(game, package)));
  }

  // Of each side `from` is taken off, and what is left becomes a share; of nothing it is nothing.
  [[nodiscard]] Game rescaled(const Numbers& from, const Numbers& wholes) const {
    Game game = game_;
    mpz_class all = 1;
    for (const mpz_class& whole : wholes) {
      all *= whole == 0 ? mpz_class(1) : whole;
    }
    for (std::size_t at = 0; at < wholes.size(); ++at) {
      const mpz_class factor = wholes[at] == 0 ? mpz_class(0) : mpz_class(all / wholes[at]);
      game.sides[at].base = (game.sides[at].base - from[at]) * factor;
      for (Numbers& row : game.sides[at].values) {
        std::ranges::for_each(row, [&](mpz_class& value) { value *= factor; });
      }
      for (Term& term : game.terms) {
        term.worth *= term.side == at ? factor : mpz_class(1);
      }
    }
    return game;
  }

  // Better in one of the numbers that are compared one after the other.
  [[nodiscard]] std::vector<Wanted> better(Wanted::Kind kind, const Numbers& numbers) const {
    const Numbers best = Wanted{kind, {}}.measure(numbers);
    log_.require(kind != Wanted::Kind::Product || best[0] >= 0, "somebody is below zero");
    std::vector<Wanted> wanted(best.size(), Wanted{kind, best});
    for (std::size_t level = 0; level < best.size(); ++level) {
      std::fill(wanted[level].least.begin() + static_cast<std::ptrdiff_t>(level),
                wanted[level].least.end(), best[level] + 1);
    }
    return wanted;
  }

  // The best for each party, none below zero.
  Numbers read_ideals(const Numbers& from) {
    const Game game = rescaled(from, Numbers(from.size(), 1));
    const Numbers least = worth_of(game, game.box, -1);
    Numbers ideals;
    for (std::size_t side = 0; side < from.size(); ++side) {
      log_.require(log_.take("ideal"), "`ideal` is expected for each party");
      ideals.push_back(std::max(worth_of(game, read_package(game))[side], mpz_class(0)));
      Wanted more{Wanted::Kind::Needs, least};
      more.least[side] = ideals[side] + 1;
      show(game, {more});
    }
    log_.require(ideals != Numbers(from.size()), "nobody gains, so that nothing is chosen");
    return ideals;
  }

  // --- What cannot stand together ---

  // Of demands, numbered side by side; where walk-away values are among them, these first. If the
  // relaxations are all smallest sets that meet all conflicts, and these all that meet those, no
  // others are missing: what meets all conflicts can be let go.
  void check_sets(bool has_walk_away) {
    Sets relaxations;
    Sets conflicts;
    while (log_.peek() == "relaxation" || log_.peek() == "conflict") {
      const bool is_conflict = log_.word() == "conflict";
      Set set;
      while (!log_.take("by")) {
        set.insert(log_.index(SIZE_MAX));
      }
      const auto [game, wanted] = kept(set, is_conflict, has_walk_away);
      if (is_conflict) {
        show(game, {wanted});
      } else {
        const Numbers worth = worth_of(game, read_package(game));
        log_.require(is_below(wanted.least, worth), "this package does not keep all others");
      }
      (is_conflict ? conflicts : relaxations).insert(set);
    }
    log_.require(meeting(conflicts) == relaxations, "a relaxation is missing, or not the smallest");
    log_.require(meeting(relaxations) == conflicts, "a conflict is missing, or not the smallest");
    Proved& proved = checked_.games.back();
    (has_walk_away ? proved.demands : proved.demands_beside_walk_away) = {conflicts.size(),
                                                                          relaxations.size()};
  }

  // What must hold, and what is needed, if of the demands only these are kept, or let go.
  [[nodiscard]] std::pair<Game, Wanted> kept(const Set& set, bool is_kept,
                                             bool has_walk_away) const {
    std::pair<Game, Wanted> kept(game_, {Wanted::Kind::Needs, worth_of(game_, game_.box, -1)});
    std::size_t demand = 0;
    for (std::size_t at = 0; at < game_.sides.size(); ++at) {
      const Side& side = game_.sides[at];
      if (side.walk_away.has_value() && (!has_walk_away || set.contains(demand++) == is_kept)) {
        kept.second.least[at] = *side.walk_away;
      }
      for (const Formula& each : side.demands) {
        if (set.contains(demand++) == is_kept) {
          kept.first.must.push_back(each);
        }
      }
    }
    log_.require(set.empty() || *set.rbegin() < demand, "there are not so many demands");
    return kept;
  }

  // The smallest sets that have something in common with each of these.
  [[nodiscard]] Sets meeting(const Sets& sets) const {
    Sets found{{}};
    for (const Set& set : sets) {
      const auto meets = [&](const Set& each) {
        return std::ranges::any_of(each, [&](std::size_t one) { return set.contains(one); });
      };
      Sets others = std::exchange(found, {});
      std::erase_if(others,
                    [&](const Set& each) { return meets(each) && found.insert(each).second; });
      const Sets before = found;
      for (const Set& each : others) {
        for (const std::size_t one : set) {
          Set more = each;
          more.insert(one);
          if (std::ranges::none_of(
                  before, [&](const Set& small) { return std::ranges::includes(more, small); })) {
            found.insert(std::move(more));
          }
        }
      }
      log_.require(found.size() < kMost, "these are too many sets to look through");
    }
    return found;
  }

  Log log_;
  Checked checked_;
  Game game_;
  std::optional<std::vector<Box>> frontier_;
};

}  // namespace
}  // namespace truce::proof_check::internal

truce::proof_check::Checked truce::proof_check::check_proof(std::string_view log) {
  Checked checked;
  try {
    return internal::Checker(log).check();
  } catch (const std::exception& wrong) {
    checked.problem = wrong.what();
  }
  return checked;
}
