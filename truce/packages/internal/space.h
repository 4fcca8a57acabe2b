// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "truce/packages/game.h"
#include "truce/packages/internal/residuals.h"
#include "truce/packages/internal/scaled.h"
#include "truce/packages/internal/weigh.h"

namespace truce::packages::internal {

/// What is added up to one number: offset, and the numbers of parties times a factor each, all
/// divided by `unit`, which divides them.
struct Row {
  Integer offset;
  std::vector<std::pair<std::size_t, Integer>> factors;
  Integer unit = 1;
};

/// Packages in part: of each issue the options that are left, and what is certain.
struct Part {
  // Those of all issues, one issue after the other, the ones that are left first.
  std::vector<std::uint32_t> options;
  std::vector<std::uint32_t> counts;
  std::vector<char> is_settled;
  // For each row, filled up, what the settled issues bring.
  std::vector<double> certain;
  // What is left of the constraints that speak of three issues or more.
  std::vector<StatementId> constraints;
  // With conditional values: what each option is worth with its shares of them, and which ones can
  // still be fulfilled.
  std::vector<double> values;
  std::vector<char> is_open;
};

/// A game as rows of numbers to be searched by branch and bound. They are doubles: exact where
/// is_exact(), otherwise to be
/// used with error().
class Space {
 public:
  // What an option rules out: options of other issues.
  struct Exclusion {
    std::uint32_t issue = 0;
    std::uint32_t option = 0;
  };

  Space(const Game& game, const ScaledValues& scaled, const std::vector<Row>& rows);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t issues() const { return begins_.size() - 1; }
  [[nodiscard]] std::size_t begin(std::size_t issue) const { return begins_[issue]; }
  /// Every sum of a row is a whole number that a double holds.
  [[nodiscard]] bool is_exact() const { return is_exact_; }
  /// By how much a sum of this row, however it was added up, may be wrong.
  [[nodiscard]] double error(std::size_t row) const { return errors_[row]; }
  /// No sum of this row has a larger magnitude, about.
  [[nodiscard]] double most(std::size_t row) const { return most_[row]; }
  /// What an option is worth to each row, with its shares of conditional values.
  [[nodiscard]] const double* values(const Part& part, std::size_t issue,
                                     std::uint32_t option) const {
    return (has_terms() ? part.values : values_).data() + (begins_[issue] + option) * stride_;
  }
  [[nodiscard]] const std::vector<Exclusion>& exclusions(std::size_t issue,
                                                         std::uint32_t option) const {
    return exclusions_[begins_[issue] + option];
  }
  /// Conditional values are spread over options.
  [[nodiscard]] bool has_terms() const { return !terms_.empty(); }

  /// Rows filled up for weigh().
  [[nodiscard]] std::size_t stride() const { return stride_; }
  [[nodiscard]] Weighed weighed(const Part& part) const {
    return {has_terms() ? part.values.data() : values_.data(),
            stride_,
            &begins_,
            part.options.data(),
            part.counts.data(),
            part.is_settled.data()};
  }

  /// Every package. `is_possible` is false where already no option is left.
  Part everything(bool& is_possible);
  /// Only this option is left; false where no package is.
  bool choose(Part& part, std::size_t issue, std::uint32_t option);
  /// The option at this place of those left goes; what follows from it is left to settle().
  static void remove(Part& part, std::size_t first, std::size_t issue, std::size_t place);
  /// What follows from issues with one option left; false where no package is left.
  bool settle(Part& part);

  /// The only package that is left.
  [[nodiscard]] Package package(const Part& part) const;
  /// Whether constraints let the package be; what it is worth, for each row.
  [[nodiscard]] bool is_feasible(const Package& package) const;
  void measure(const Package& package, std::vector<double>& sums) const;

 private:
  // A conditional value: of which row, how much, and for each of its issues which options fulfil.
  struct Term {
    std::size_t row = 0;
    double worth = 0;
    std::vector<std::size_t> issues;
    std::vector<std::vector<char>> fits;
  };
  void read_values(const Game& game, const ScaledValues& scaled, const std::vector<Row>& rows);
  void read_terms(const Game& game, const ScaledValues& scaled, const std::vector<Row>& rows);
  void read_issues(const Conjunction& when, Term& term) const;
  void add_term(Term term);
  void read_constraints(const Game& game);
  bool read_exclusion(const Formula& formula);
  void read_pair(StatementId id, std::uint32_t first, std::uint32_t second);
  bool settle(Part& part, std::size_t issue);
  bool exclude(Part& part, std::size_t issue, std::uint32_t option);
  bool narrow(Part& part, std::size_t issue, StatementId left);
  void settle_terms(Part& part, std::size_t issue, std::uint32_t option) const;
  void put(Part& part, const Term& term, double worth) const;
  [[nodiscard]] std::size_t count_unsettled(const Part& part, const Term& term) const;

  const Game* game_;
  std::size_t rows_;
  std::size_t stride_;
  std::vector<std::size_t> begins_;
  std::vector<double> values_;
  std::vector<double> offsets_;
  bool is_exact_ = true;
  std::vector<double> most_;
  std::vector<double> errors_;
  std::vector<Term> terms_;
  std::vector<std::vector<std::size_t>> terms_of_issue_;
  Residuals residuals_;
  std::vector<StatementId> constraints_;
  std::vector<std::vector<std::size_t>> constraints_of_issue_;
  // For each option of each issue.
  std::vector<std::vector<Exclusion>> exclusions_;
  // Options that constraints of one issue rule out.
  std::vector<char> is_out_;
};

}  // namespace truce::packages::internal
