// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/analysis/internal/act_space.h"
#include "truce/analysis/internal/search.h"
#include "truce/smt/solver.h"

namespace truce::analysis::internal {

/// When a clause is in force, renewals and powers apart: from `from` and before `until`; empty
/// where nothing bounds it.
struct Force {
  bool is_ever = true;
  std::optional<base::Instant> from;
  std::optional<base::Instant> until;

  [[nodiscard]] bool has(base::Instant at) const {
    return is_ever && (!from.has_value() || *from <= at) && (!until.has_value() || at < *until);
  }
};

/// Certain: no earlier and no longer than it must be. Possible: as early and as long as it may.
Force force_of(Search& search, ClauseId clause, Sureness sureness);
/// The moments at which these prohibitions, and what may lift them, come into force or go out of
/// it; in order, each once.
std::vector<base::Instant> changes_of(Search& search, Matching& matching,
                                      const std::vector<ClauseId>& clauses);

/// An act of a space, at one of its moments.
struct ActAt {
  Pick pick;
  std::size_t moment = 0;
};

/// What acts of a space differ in.
enum class Part : std::uint8_t { Group, Object, Weapon, Place, Moment };
constexpr std::size_t kParts = 5;

/// Questions about one act of a space at one of some moments: which acts break which clauses. Acts
/// that no clause tells apart are one to the solver.
class ActQuery {
 public:
  /// `clauses`: prohibitions that are spoken of. `code`, `name`: for which finding, and what is
  /// asked, for those who read it.
  /// `stretches`: more tests of the moments, for is_in_stretch.
  ActQuery(Search& search, Matching& matching, ActSpace space, std::vector<base::Instant> moments,
           const std::vector<ClauseId>& clauses, Code code, std::string name,
           std::vector<std::vector<bool>> stretches = {});

  [[nodiscard]] smt::Terms& terms() { return terms_; }
  /// The act breaks the prohibition, and nothing lifts that.
  smt::Term breaks(ClauseId clause, Sureness sureness);
  /// The same by the act alone, whenever it is done.
  smt::Term is_act_of(ClauseId clause, Sureness sureness);
  /// One of `stretches` has the moment.
  smt::Term is_in_stretch(std::size_t number);
  /// A part of the act keeps it from being one that the clause forbids, exceptions apart.
  smt::Term misses(ClauseId clause, Part part);
  [[nodiscard]] bool is_missed(ClauseId clause, Part part, const ActAt& act) const;
  /// Without the solver: whether that act breaks the clause.
  [[nodiscard]] bool is_broken(ClauseId clause, Sureness sureness, const ActAt& act) const;
  /// Whether the act that is preferred, at one of the moments, possibly breaks the clause and
  /// surely none of `others`: then the solver need not be asked whether there is one.
  [[nodiscard]] bool is_left(ClauseId clause, const std::vector<ClauseId>& others) const;

  void require(smt::Term term) { assertions_.push_back(term); }
  /// The first act, by the order of moments, then of the lists of the space, for which all that is
  /// required holds; empty where there is none, or the solver gives up.
  std::optional<ActAt> first_act();
  /// Whether there is one, under assumptions.
  smt::Answer check(const std::vector<smt::Term>& assumptions);
  /// Of assumptions under which there is none, a smallest part that is confirmed.
  std::optional<std::vector<smt::Term>> core(const std::vector<smt::Term>& assumptions);

  [[nodiscard]] const ActSpace& space() const { return space_; }
  [[nodiscard]] base::Instant at(const ActAt& act) const { return moments_[act.moment]; }
  [[nodiscard]] const std::vector<base::Instant>& moments() const { return moments_; }
  [[nodiscard]] agreement::ScenarioEvent event(const ActAt& act) const {
    return event_of(search_.draft, space_, act.pick, at(act));
  }
  /// The question as a script for other solvers.
  [[nodiscard]] std::string to_smtlib(const std::vector<smt::Term>& assumptions,
                                      smt::Answer::What answer) const;

 private:
  // Which members of a list are told apart, and the term for its choice.
  struct Choosing {
    std::vector<std::vector<bool>> tests;
    std::vector<std::size_t> first;
    std::vector<std::size_t> class_of;
    smt::Term variable;
  };
  struct Reach {
    ActorId bearer;
    Passing passing;
    // Exceptions apart; only of what is possible.
    Passing plain;
    // Of clauses that may lift it, those that do.
    std::vector<std::pair<Passing, std::vector<bool>>> lifts;
  };
  using Key = std::pair<ClauseId, Sureness>;

  [[nodiscard]] Choosing& choosing(Part part) { return choosing_[static_cast<std::size_t>(part)]; }
  void add_reach(ClauseId clause, Sureness sureness);
  [[nodiscard]] std::vector<bool> in_window(ClauseId clause, Sureness sureness);
  void note(const Passing& passing);
  void settle(Part part, std::size_t count, const std::string& name);
  smt::Term member(Part part, const std::vector<bool>& passing);
  smt::Term term_of(const Passing& passing);
  smt::Solver& solver();

  Search& search_;
  Matching& matching_;
  ActSpace space_;
  std::vector<base::Instant> moments_;
  Code code_;
  std::string name_;
  smt::Terms terms_;
  std::array<Choosing, kParts> choosing_;
  std::map<Key, std::vector<Reach>> reaches_;
  std::map<Key, std::vector<bool>> windows_;
  std::vector<std::vector<bool>> stretches_;
  std::vector<smt::Term> assertions_;
  std::unique_ptr<smt::Solver> solver_;
  std::size_t told_to_solver_ = 0;
};

}  // namespace truce::analysis::internal
