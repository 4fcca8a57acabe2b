// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "truce/smt/term.h"

namespace truce::smt {

/// When a check gives up. Steps are those of the solver and repeat on every machine; the time is a
/// last guard. Zero: without limit.
struct Limits {
  std::uint32_t steps = 20'000'000;
  std::uint32_t time_ms = 10'000;
  std::uint32_t seed = 0;
};

/// Whether what was added can be true together.
struct Answer {
  enum class What : std::uint8_t { Sat, Unsat, Unknown };
  What what = What::Unknown;
  // Of Unknown: why, in the solver's words.
  std::string why;
  // How long it took. Nothing else of the answer depends on it, but for the last guard.
  std::int64_t microseconds = 0;

  [[nodiscard]] bool is_sat() const { return what == What::Sat; }
  [[nodiscard]] bool is_unsat() const { return what == What::Unsat; }
};

/// Asks whether assertions can hold together. One thread; the terms must outlive it. No call
/// throws: what goes wrong inside is an Unknown.
class Solver {
 public:
  Solver() = default;
  virtual ~Solver() = default;
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  virtual void add(Term assertion) = 0;
  /// With `assumptions`, each a boolean variable, for this check alone.
  virtual Answer check(const std::vector<Term>& assumptions) = 0;
  /// After Sat: a value that makes it so; of what does not matter, false and 0.
  virtual bool truth_of(Term term) = 0;
  virtual std::int64_t number_of(Term term) = 0;
  /// After Unsat: assumptions that cannot hold together, in the order they were given; not the
  /// fewest.
  virtual std::vector<Term> core() = 0;
};

std::unique_ptr<Solver> make_solver(const Terms& terms, const Limits& limits);

class KnownAnswers;

/// Of `core`, assumptions under which `assertions` are Unsat, a smallest part: without any one of
/// them they are not, as far as the limits tell. Confirmed by a solver that has seen nothing else;
/// empty where it does not confirm it.
std::optional<std::vector<Term>> minimal_core(const Terms& terms,
                                              const std::vector<Term>& assertions,
                                              const std::vector<Term>& core, const Limits& limits,
                                              KnownAnswers& known);

/// The question as a script in the standard language of solvers, SMT-LIB 2, that any of them reads.
/// `expected` is put in as the status. Each line of `comment` stands at the top.
std::string to_smtlib(const Terms& terms, const std::vector<Term>& assertions,
                      const std::vector<Term>& assumptions, Answer::What expected,
                      const std::string& comment);

}  // namespace truce::smt
