// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "truce/packages/game.h"
#include "truce/packages/internal/space.h"

namespace truce::packages::internal {

/// How many ways there are to choose what is still open.
double count_combinations(const Space& space, const Part& part);

/// Packages in part of which little is open: all that can still be chosen is tried, one combination
/// after the other. Only sums are looked at, of the rows and of weightings of them, in machine
/// words that are rounded so that no combination is missed; constraints between open issues are
/// not.
class Remainder {
 public:
  /// Begins anew with this part. Options are tried in the order of the first weighting.
  void read(const Space& space, const Part& part,
            const std::vector<const std::vector<double>*>& weightings);

  /// What the sum of each weighting and of each row, beginning with what is certain, has to reach;
  /// sums that miss it by no more than the errors given with them count. They may only grow.
  struct Need {
    double sum = 0;
    double error = 0;
  };
  void restrict(const std::vector<Need>& needs);

  /// Writes the next combination whose sums may reach the needs into `package`, of which the
  /// settled issues stay; false where there is none, or where it takes too long to find out.
  bool next(Package& package);
  [[nodiscard]] bool is_spent() const { return looks_ == 0; }

  /// The options of an issue, from here to there.
  struct Range {
    std::size_t issue = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    // By how much the first weighting tells the best two apart.
    double gap = 0;
  };

 private:
  // What is added up side by side: a row or a weighting.
  struct Lane {
    const std::vector<double>* weights = nullptr;
    std::size_t row = 0;
    // What a number is multiplied by to be a machine word.
    double scale = 1;
    // What is certain.
    double begin = 0;
    bool is_exact = false;
  };
  struct Option {
    // Those worth most to the first weighting come first.
    double score = 0;
    std::uint32_t option = 0;
  };

  void read_lanes(const Space& space, const Part& part,
                  const std::vector<const std::vector<double>*>& weightings);
  void read_options(const Space& space, const Part& part, std::size_t issue);
  static double sum_of(const Lane& lane, const double* values);

  std::vector<Lane> lanes_;
  std::size_t stride_ = 0;
  // In the order in which issues are settled.
  std::vector<Range> ranges_;
  std::vector<Option> options_;
  // For each option and lane, filled up to the stride; so are those that follow.
  std::vector<std::int32_t> numbers_;
  // For each issue, in that order: with it settled, a smaller sum is too little for what comes
  // after it.
  std::vector<std::int32_t> floors_;
  // For each issue: the sums of those before it.
  std::vector<std::int32_t> sums_;
  // For each issue: the option to be tried next.
  std::vector<std::size_t> places_;
  std::size_t depth_ = 0;
  // How many more choices are looked at.
  std::size_t looks_ = 0;
};

}  // namespace truce::packages::internal
