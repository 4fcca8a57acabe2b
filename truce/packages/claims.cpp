// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "truce/packages/internal/refutation.h"
#include "truce/packages/proof.h"

namespace truce::packages {
namespace {

using base::Error;
using base::ErrorCode;
using internal::Refuted;

Error too_long(const ProofLimits& limits) {
  return internal::no_room(limits, limits.lines, "lines");
}

Error not_right() {
  return {ErrorCode::Corrupt,
          "what was found is not what can be proved; report this as a bug with the game"};
}

std::string to_text(const Package& package) { return fmt::format("{}", fmt::join(package, " ")); }

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

// For each party the package that gives it most, and that nobody has more; the factors become what
// makes shares of it, nothing for who gains nothing.
base::Result<void> show_ideals(const Game& game, Refuted& refuted, Claim& claim,
                               const ProofLimits& limits) {
  Integer all = 1;
  std::vector<Integer> ideals;
  refuted.factor.assign(game.parties.size(), Integer(1));
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
    const Integer gain = worth(game.parties[party], best->point->package) - refuted.from[party];
    ideals.push_back(std::max(gain, Integer(0)));
    all *= ideals.back().is_zero() ? Integer(1) : ideals.back();
    claim.add(fmt::format("ideal {}", to_text(best->point->package)));
    Refuted more = refuted;
    more.need[party] = ideals.back() + Integer(1);
    if (const auto shown = claim.show(game, more); !shown) {
      return shown;
    }
  }
  for (std::size_t party = 0; party < ideals.size(); ++party) {
    refuted.factor[party] =
        ideals[party].is_zero() ? Integer(0) : divide(all, ideals[party]).quotient;
  }
  return {};
}

base::Result<void> set_measure(const Game& game, Rule rule, Refuted& refuted, Claim& claim,
                               const ProofLimits& limits) {
  switch (rule) {
    case Rule::Nash:
      refuted.kind = Refuted::Kind::Product;
      return {};
    case Rule::Utilitarian:
      refuted.kind = Refuted::Kind::Sum;
      return {};
    case Rule::Egalitarian:
      refuted.kind = Refuted::Kind::Levels;
      return {};
    case Rule::KalaiSmorodinsky:
      break;
  }
  const auto shown = show_ideals(game, refuted, claim, limits);
  refuted.kind = Refuted::Kind::Levels;
  return shown;
}

// What then must not be, if of the demands only these are kept. With ways out, walk-away values are
// no demands: they are kept anyhow.
Refuted refuted_of_kept(const Game& game, const std::vector<bool>& is_kept, Among among) {
  Refuted refuted = refuted_of(game);
  std::size_t at = 0;
  for (const Demand& demand : demands_of(game)) {
    const Party& party = game.parties[demand.party];
    if (!demand.veto.has_value()) {
      if (among == Among::Issues || is_kept[at++]) {
        refuted.need[demand.party] = party.walk_away;
      }
    } else if (is_kept[at++]) {
      refuted.must.push_back(
          Formula::negation(Formula::from_conjunction(party.vetoes[*demand.veto])));
    }
  }
  return refuted;
}

// Whether those in the set are kept, or all others.
std::vector<bool> is_kept(std::size_t count, const std::vector<std::size_t>& set, bool is_in_set) {
  std::vector<bool> is_kept(count, !is_in_set);
  for (const std::size_t one : set) {
    is_kept[one] = is_in_set;
  }
  return is_kept;
}

std::string set_line(const char* kind, const std::vector<std::size_t>& set) {
  return fmt::format("{}{}{} by", kind, set.empty() ? "" : " ", fmt::join(set, " "));
}

// A package that keeps all others.
base::Result<void> show_relaxation(const Game& game, const std::vector<std::size_t>& set,
                                   const Refuted& asked, Claim& claim, const ProofLimits& limits) {
  Game part = game;
  part.constraints.clear();
  for (const Formula& formula : asked.must) {
    part.constraints.push_back({"", formula});
  }
  const auto package = find_reaching(part, asked.need, {.is_stopped = limits.is_stopped});
  if (!package) {
    return package.error();
  }
  if (!package->has_value()) {
    return not_right();
  }
  claim.add(fmt::format("{} {}", set_line("relaxation", set), to_text(**package)));
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
  Integer common = 1;
  for (const Party& party : game.parties) {
    common *= party.denominator;
  }
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    const Party& side = game.parties[party];
    refuted.factor[party] = divide(common, side.denominator).quotient;
    if (is_of_gains && from == GainFrom::WalkAway) {
      refuted.from[party] = side.walk_away.value_or(Integer(0));
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
  const bool is_of_issues = among == Among::Issues;
  const Game asked = is_of_issues ? with_ways_out(game) : game;
  const std::size_t count = is_of_issues ? game.issues.size() : demands_of(game).size();
  if (is_of_issues) {
    claim.add("game\n" + statement_of(asked) + "sets");
  } else {
    claim.add("sets walk-away");
  }
  for (const std::vector<std::size_t>& set : conflicts.relaxations) {
    const Refuted kept = refuted_of_kept(asked, is_kept(count, set, false), among);
    if (const auto shown = show_relaxation(asked, set, kept, claim, limits); !shown) {
      return shown.error();
    }
  }
  for (const std::vector<std::size_t>& set : conflicts.sets) {
    claim.add(set_line("conflict", set));
    const Refuted kept = refuted_of_kept(asked, is_kept(count, set, true), among);
    if (const auto shown = claim.show(asked, kept); !shown) {
      return shown.error();
    }
  }
  return claim.take();
}

namespace internal {

Error no_room(const ProofLimits& limits, std::size_t most, const char* of) {
  return {ErrorCode::Unsupported,
          limits.is_stopped && limits.is_stopped()
              ? "the time did not suffice for a proof"
              : fmt::format("a proof would have more than {} {}", most, of)};
}

base::Result<std::string> prove_points(const Game& game, const Frontier& frontier,
                                       const ProofLimits& limits) {
  Claim claim(limits);
  Refuted refuted = refuted_of(game);
  refuted.kind = Refuted::Kind::Point;
  claim.add("within 0 0");
  for (const Point& point : frontier.points) {
    claim.add(fmt::format("package {}", to_text(point.package)));
    refuted.points.push_back(point.worth);
  }
  const auto shown = claim.show(game, refuted);
  return shown ? base::Result<std::string>(claim.take()) : shown.error();
}

}  // namespace internal

std::string proof_of(const Game& game, const std::string& claims) {
  return log_of("game\n" + statement_of(game) + claims);
}

std::string log_of(const std::string& claims) {
  const std::string text = "truce-proof 3\n" + claims;
  // FNV-1a.
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char letter : text) {
    sum = (sum ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  }
  return text + fmt::format("end {}\n", sum);
}

}  // namespace truce::packages
