// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "truce/smt/solver.h"

namespace truce::smt {

/// Answers that were given, for whoever puts the same question again. A question is all that a
/// solver was told and asked, in order, with its limits: an answer that is known is the one that a
/// new solver would give. One thread.
class KnownAnswers {
 public:
  struct Given {
    Answer answer;
    // After Sat: of each variable that was told, by first appearance; 1 and 0 are true and false.
    std::vector<std::int64_t> values;
    // After Unsat: positions among the assumptions.
    std::vector<std::size_t> core;
    // Which question this ends, for those that go on from it.
    std::uint64_t number = 0;
  };

  /// Null where nobody asked it. `question`: what was said since the question `before`; 0: none.
  [[nodiscard]] const Given* find(std::uint64_t before, const std::string& question) const;
  const Given& add(std::uint64_t before, const std::string& question, Given given);
  [[nodiscard]] std::size_t size() const { return given_.size(); }

 private:
  std::unordered_map<std::string, Given> given_;
};

/// A solver that asks another only what is not known yet, and adds what it is told.
std::unique_ptr<Solver> make_solver(const Terms& terms, const Limits& limits, KnownAnswers& known);

}  // namespace truce::smt
