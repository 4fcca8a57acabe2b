// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "truce/packages/internal/refutation.h"
#include "truce/packages/proof.h"

namespace truce::packages {
namespace {

using base::Error;
using base::ErrorCode;
using internal::Refuted;

Error too_long(const ProofLimits& limits) {
  return {ErrorCode::Unsupported,
          fmt::format("a proof would have more than {} lines; prove a smaller game", limits.lines)};
}

Error not_right() {
  return {ErrorCode::Corrupt,
          "what was found is not what can be proved; report this as a bug with the game"};
}

std::string to_text(const Package& package) {
  return fmt::format("by {}", fmt::join(package, " "));
}

Refuted refuted_of(const Game& game) {
  Refuted refuted;
  for (const Constraint& constraint : game.constraints) {
    refuted.must.push_back(constraint.formula);
  }
  refuted.from.resize(game.parties.size());
  refuted.factor.assign(game.parties.size(), Integer(1));
  refuted.need.resize(game.parties.size());
  return refuted;
}

// A claim as it grows, and the room that is left for it.
class Claim {
 public:
  explicit Claim(const ProofLimits& limits)
      : limits_(&limits), size_{limits.lines, &limits.is_stopped} {}

  void add(const std::string& line) { text_ += line + "\n"; }

  base::Result<void> show(const Game& game, const Refuted& refuted) {
    std::optional<Package> wanted;
    if (internal::write_tree(game, refuted, size_, text_, wanted)) {
      return {};
    }
    return wanted.has_value() ? not_right() : too_long(*limits_);
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  const ProofLimits* limits_;
  internal::ProofSize size_;
  std::string text_;
};

const char* name_of(Rule rule) {
  switch (rule) {
    case Rule::Nash:
      return "nash";
    case Rule::KalaiSmorodinsky:
      return "kalai_smorodinsky";
    case Rule::Egalitarian:
      return "egalitarian";
    case Rule::Utilitarian:
      return "utilitarian";
  }
  return "";
}

// For each party the package that gives it most; the factors become what makes shares of it.
base::Result<void> show_ideals(const Game& game, Refuted& refuted, Claim& claim,
                               const ProofLimits& limits) {
  Integer all = 1;
  std::vector<Integer> ideals;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    Game alone = game;
    for (std::size_t other = 0; other < alone.parties.size(); ++other) {
      if (other != party) {
        for (std::vector<Integer>& row : alone.parties[other].values) {
          row.assign(row.size(), Integer(0));
        }
        alone.parties[other].base = 0;
        alone.parties[other].conditionals.clear();
      }
    }
    const auto best =
        find_optimum(alone, Rule::Utilitarian, GainFrom::Zero, {.is_stopped = limits.is_stopped});
    if (!best) {
      return best.error();
    }
    if (!best->is_complete || !best->point.has_value()) {
      return too_long(limits);
    }
    ideals.push_back(worth(game.parties[party], best->point->package) - refuted.from[party]);
    all *= ideals.back();
    claim.add(fmt::format("ideal {} {}", party, to_text(best->point->package)));
    Refuted more = refuted;
    more.need[party] = ideals.back() + Integer(1);
    if (const auto shown = claim.show(game, more); !shown) {
      return shown;
    }
  }
  for (std::size_t party = 0; party < ideals.size(); ++party) {
    refuted.factor[party] = divide(all, ideals[party]).quotient;
  }
  return {};
}

base::Result<void> set_measure(const Game& game, Rule rule, Refuted& refuted, Claim& claim,
                               const ProofLimits& limits) {
  if (rule == Rule::Nash) {
    refuted.kind = Refuted::Kind::Product;
    return {};
  }
  if (rule == Rule::KalaiSmorodinsky) {
    const auto shown = show_ideals(game, refuted, claim, limits);
    refuted.kind = Refuted::Kind::Levels;
    return shown;
  }
  Integer common = 1;
  for (const Party& party : game.parties) {
    common *= party.denominator;
  }
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    refuted.factor[party] = divide(common, game.parties[party].denominator).quotient;
  }
  refuted.kind = rule == Rule::Egalitarian ? Refuted::Kind::Levels : Refuted::Kind::Sum;
  return {};
}

// What is left of the game where only these are kept, and what then must not be.
struct Kept {
  Game game;
  Refuted refuted;
};

Kept kept(const Game& game, const std::vector<std::size_t>& set, Among among) {
  std::vector<bool> is_kept(among == Among::Issues ? game.issues.size() : demands_of(game).size());
  for (const std::size_t one : set) {
    is_kept[one] = true;
  }
  Kept kept{game, {}};
  if (among == Among::Issues) {
    std::vector<bool> is_ideal = is_kept;
    is_ideal.flip();
    kept.game = with_ideal_issues(game, is_ideal);
  }
  kept.refuted = refuted_of(kept.game);
  const std::vector<Demand> demands = demands_of(kept.game);
  for (std::size_t at = 0; at < demands.size(); ++at) {
    const Party& party = kept.game.parties[demands[at].party];
    if (among == Among::Demands && !is_kept[at]) {
      continue;
    }
    if (demands[at].veto.has_value()) {
      kept.refuted.must.push_back(
          Formula::negation(Formula::from_conjunction(party.vetoes[*demands[at].veto])));
    } else {
      kept.refuted.need[demands[at].party] = party.walk_away;
    }
  }
  return kept;
}

// A package that keeps all others.
base::Result<void> show_relaxation(const Game& game, const std::vector<std::size_t>& set,
                                   Among among, Claim& claim, const ProofLimits& limits) {
  const std::size_t count = among == Among::Issues ? game.issues.size() : demands_of(game).size();
  std::vector<std::size_t> rest;
  for (std::size_t one = 0; one < count; ++one) {
    if (!std::binary_search(set.begin(), set.end(), one)) {
      rest.push_back(one);
    }
  }
  Kept part = kept(game, rest, among);
  part.game.constraints.clear();
  for (Formula& formula : part.refuted.must) {
    part.game.constraints.push_back({"", std::move(formula)});
  }
  const auto package =
      find_reaching(part.game, part.refuted.need, {.is_stopped = limits.is_stopped});
  if (!package) {
    return package.error();
  }
  if (!package->has_value()) {
    return not_right();
  }
  claim.add(fmt::format("relaxation{}{} {}", set.empty() ? "" : " ", fmt::join(set, " "),
                        to_text(**package)));
  return {};
}

}  // namespace

base::Result<std::string> prove_choice(const Game& game, Rule rule, GainFrom from,
                                       const Optimum& optimum, const ProofLimits& limits) {
  if (!optimum.is_complete) {
    return Error{ErrorCode::Unsupported, "what was not searched to the end cannot be proved"};
  }
  Claim claim(limits);
  Refuted refuted = refuted_of(game);
  const bool is_of_gains = rule == Rule::Nash || rule == Rule::KalaiSmorodinsky;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    if (is_of_gains && from == GainFrom::WalkAway) {
      refuted.from[party] = game.parties[party].walk_away.value_or(Integer(0));
    }
  }
  const std::string head =
      fmt::format("rule {} {} ", name_of(rule), from == GainFrom::WalkAway ? "walk-away" : "zero");
  if (optimum.point.has_value()) {
    claim.add(head + to_text(optimum.point->package));
    refuted.package = optimum.point->package;
    if (const auto set = set_measure(game, rule, refuted, claim, limits); !set) {
      return set.error();
    }
  } else {
    claim.add(head + "none");
    if (rule == Rule::Nash) {
      refuted.need.assign(game.parties.size(), Integer(0));
    }
  }
  const auto shown = claim.show(game, refuted);
  return shown ? base::Result<std::string>(claim.take()) : shown.error();
}

base::Result<std::string> prove_conflicts(const Game& game, const Conflicts& conflicts, Among among,
                                          const ProofLimits& limits) {
  if (!conflicts.is_complete) {
    return Error{ErrorCode::Unsupported, "what was not searched to the end cannot be proved"};
  }
  Claim claim(limits);
  claim.add(among == Among::Issues ? "among issues" : "among demands");
  for (const std::vector<std::size_t>& set : conflicts.relaxations) {
    if (const auto shown = show_relaxation(game, set, among, claim, limits); !shown) {
      return shown.error();
    }
  }
  for (const std::vector<std::size_t>& set : conflicts.sets) {
    claim.add(fmt::format("conflict{}{}", set.empty() ? "" : " ", fmt::join(set, " ")));
    const Kept part = kept(game, set, among);
    if (const auto shown = claim.show(part.game, part.refuted); !shown) {
      return shown.error();
    }
  }
  return claim.take();
}

namespace internal {

base::Result<std::string> prove_points(const Game& game, const Frontier& frontier,
                                       const ProofLimits& limits) {
  Claim claim(limits);
  Refuted refuted = refuted_of(game);
  refuted.kind = Refuted::Kind::Point;
  claim.add(fmt::format("frontier {}", frontier.points.size()));
  for (const Point& point : frontier.points) {
    claim.add(fmt::format("point {}", to_text(point.package)));
    refuted.points.push_back(point.worth);
  }
  const auto shown = claim.show(game, refuted);
  return shown ? base::Result<std::string>(claim.take()) : shown.error();
}

}  // namespace internal

std::string proof_of(const std::string& claims) {
  const std::string text = "truce-proof 2\n" + claims;
  // FNV-1a.
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char letter : text) {
    sum = (sum ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  }
  return text + fmt::format("end {:016x}\n", sum);
}

}  // namespace truce::packages
