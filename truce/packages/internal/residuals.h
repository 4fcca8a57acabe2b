// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "truce/packages/game.h"

namespace truce::packages::internal {

using StatementId = std::uint32_t;
constexpr StatementId kFalse = 0;
constexpr StatementId kTrue = 1;

/// What is left of statements when issues are settled one by one. Equal remainders have one number.
class Residuals {
 public:
  Residuals();

  StatementId add(const Formula& formula);
  /// What is left of it once this option was chosen for the issue.
  StatementId after(StatementId id, std::uint32_t issue, std::uint32_t option);
  /// All of these together.
  StatementId conjoin(const std::vector<StatementId>& parts);
  /// Whether it still speaks of the issue.
  [[nodiscard]] bool mentions(StatementId id, std::uint32_t issue) const;
  /// The issues of which it speaks, in order.
  [[nodiscard]] const std::vector<std::uint32_t>& issues(StatementId id) const {
    return statements_[id].issues;
  }

 private:
  struct Statement {
    Formula::Kind kind = Formula::Kind::All;
    std::uint32_t issue = 0;
    std::vector<std::uint32_t> options;
    std::vector<StatementId> parts;
    std::vector<std::int64_t> costs;
    std::int64_t limit = 0;
    std::vector<std::uint32_t> issues;
  };
  struct KeyHash {
    std::size_t operator()(const std::vector<std::int64_t>& key) const;
  };

  StatementId intern(Statement statement);
  StatementId is(std::uint32_t issue, std::vector<std::uint32_t> options);
  StatementId negation(StatementId part);
  StatementId junction(Formula::Kind kind, const std::vector<StatementId>& parts);
  StatementId at_most(std::int64_t limit, const std::vector<StatementId>& parts,
                      const std::vector<std::int64_t>& costs);

  std::vector<Statement> statements_;
  std::unordered_map<std::vector<std::int64_t>, StatementId, KeyHash> ids_;
  std::unordered_map<std::uint64_t, StatementId> after_;
};

}  // namespace truce::packages::internal
