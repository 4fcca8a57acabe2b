// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/bounder.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace truce::packages::internal {
namespace {

using Kind = Goal::Kind;
using Numbers = std::vector<double>;

constexpr double kStretch = 0.5;
// More than any score.
constexpr double kConflict = 1e300;

}  // namespace

Bounder::Bounder(const Space& space, const Goal& goal, const Incumbent& known)
    : space_(&space), goal_(&goal), known_(&known), real_(space.stride(), 0), order_(space.rows()) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
}

double Bounder::evaluate(const Part& part, const Numbers& weights) {
  gains_ = part.certain;
  scores_.resize(part.options.size());
  best_.resize(space_->issues());
  const double certain =
      std::inner_product(weights.begin(), weights.end(), part.certain.begin(), 0.0);
  sum_ = certain +
         weigh(space_->weighed(part), weights.data(), scores_.data(), best_.data(), gains_.data());
  return sum_;
}

// The weights of the rows as they are, filled up.
const Numbers& Bounder::scaled(const Numbers& weights) {
  for (std::size_t row = 0; row < weights.size(); ++row) {
    real_[row] = weights[row] * known_->scales()[row];
  }
  return real_;
}

double Bounder::error_of(const Numbers& weights) const {
  double error = 0;
  for (std::size_t row = 0; row < space_->rows(); ++row) {
    error += weights[row] * space_->error(row);
  }
  return error;
}

// The rows by weight, the largest first; from one time to the next the order changes little.
void Bounder::sort_by(const Numbers& weights) {
  for (std::size_t at = 1; at < order_.size(); ++at) {
    for (std::size_t to = at; to > 0 && weights[order_[to - 1]] < weights[order_[to]]; --to) {
      std::swap(order_[to - 1], order_[to]);
    }
  }
}

double Bounder::least_wanted(const Numbers& weights, std::size_t level, bool is_weak) {
  const std::size_t rows = weights.size();
  point_.resize(rows);
  if (goal_->kind == Kind::Product) {
    double logs = known_->log_left();
    for (const double weight : weights) {
      logs += std::log(weight);
    }
    const double mean = std::exp(logs / static_cast<double>(rows));
    for (std::size_t row = 0; row < rows; ++row) {
      point_[row] = mean / weights[row];
    }
    return static_cast<double>(rows) * mean * (1 - 1e-11);
  }
  if (goal_->kind == Kind::AtLeast) {
    point_ = goal_->least;
  } else {
    const Numbers& sorted = known_->sorted();
    sort_by(weights);
    for (std::size_t at = 0; at < rows; ++at) {
      point_[order_[at]] =
          at < level || level == rows ? sorted[at] : sorted[level] + (is_weak ? 0 : 1);
    }
  }
  return std::inner_product(weights.begin(), weights.end(), point_.begin(), 0.0);
}

// Moves the weights until nothing wanted at this level is within them; false where they do not
// get there. Then options that lead to nothing wanted are taken out.
bool Bounder::separate(Node& node, int rounds) {
  const std::size_t rows = space_->rows();
  Numbers weights = node.weights;
  double least = kNothing;
  for (int round = 0; round < rounds; ++round) {
    const double sum = evaluate(node.part, scaled(weights));
    const double error = error_of(real_);
    note_bound(node, weights, sum + error);
    const bool has_levels = goal_->kind == Kind::Levels;
    const double weak = has_levels ? least_wanted(weights, node.level, true) : 0;
    const double wanted = least_wanted(weights, node.level, false);
    const double excess = sum - wanted + 2 * error;
    if (excess < 0) {
      node.weights = weights;
      return true;
    }
    if (excess < least) {
      least = excess;
      node.weights = weights;
      take_out(node, has_levels ? sum - weak + 2 * error : excess);
    }
    if (rows == 1 || round + 1 == rounds) {
      break;
    }
    move(weights, excess);
  }
  narrow(node);
  return false;
}

// A step against what the best options bring beyond what is wanted.
void Bounder::move(Numbers& weights, double excess) {
  double length = 0;
  for (std::size_t row = 0; row < weights.size(); ++row) {
    point_[row] = gains_[row] * known_->scales()[row] - point_[row];
    length += weights[row] > 0 || point_[row] < 0 ? point_[row] * point_[row] : 0;
  }
  if (length <= 0) {
    return;
  }
  const double step = kStretch * excess / length;
  double sum = 0;
  for (std::size_t row = 0; row < weights.size(); ++row) {
    const double floor = goal_->kind == Kind::Product ? weights[row] / 4 : 0;
    weights[row] = std::max(floor, weights[row] - step * point_[row]);
    sum += weights[row];
  }
  for (double& weight : weights) {
    weight = sum > 0 ? weight / sum : 1.0 / static_cast<double>(weights.size());
  }
}

void Bounder::note_bound(Node& node, const Numbers& weights, double sum) const {
  if (goal_->kind == Kind::Levels) {
    node.bound = std::min(node.bound, sum);
  } else if (goal_->kind == Kind::Product) {
    const auto rows = static_cast<double>(weights.size());
    double logs = 0;
    for (std::size_t row = 0; row < weights.size(); ++row) {
      logs += std::log(weights[row] * known_->scales()[row]);
    }
    node.bound = std::min(node.bound, sum > 0 ? rows * std::log(sum / rows) - logs : -kNothing);
  }
}

// Takes out options with which nothing wanted can be reached; the best one of an issue stays.
void Bounder::narrow(Node& node) {
  const double sum = evaluate(node.part, scaled(node.weights));
  const double error = error_of(real_);
  take_out(node, sum - least_wanted(node.weights, node.level, true) + 2 * error);
}

// Takes out options that leave less than what is wanted.
void Bounder::take_out(Node& node, double room) {
  for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
    if (node.part.is_settled[issue] != 0) {
      continue;
    }
    const std::size_t begin = space_->begin(issue);
    const double best = scores_[best_[issue]];
    for (std::size_t place = node.part.counts[issue]; place > 0; --place) {
      if (best - scores_[begin + place - 1] > room) {
        scores_[begin + place - 1] = scores_[begin + node.part.counts[issue] - 1];
        Space::remove(node.part, begin, issue, place - 1);
        is_narrowed_ = true;
      }
    }
  }
}

bool Bounder::closes(Node& node, int rounds) {
  is_narrowed_ = false;
  if (!known_->has_one() && goal_->kind != Kind::AtLeast) {
    evaluate(node.part, scaled(node.weights));
    return false;
  }
  if (goal_->kind != Kind::Levels) {
    return separate(node, rounds);
  }
  while (node.level < space_->rows()) {
    if (!separate(node, rounds)) {
      return false;
    }
    ++node.level;
  }
  return !may_be_smaller(node.part) || separate(node, rounds);
}

// Whether a package of it can have smaller options than the best one.
bool Bounder::may_be_smaller(const Part& part) const {
  for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
    const auto begin = part.options.begin() + static_cast<std::ptrdiff_t>(space_->begin(issue));
    const std::uint32_t least = *std::min_element(begin, begin + part.counts[issue]);
    if (least != known_->package()[issue]) {
      return least < known_->package()[issue];
    }
  }
  return false;
}

std::vector<Bounder::Scored> Bounder::options_of(const Part& part, std::size_t issue) const {
  std::vector<Scored> options;
  const std::size_t begin = space_->begin(issue);
  for (std::size_t at = begin; at < begin + part.counts[issue]; ++at) {
    options.push_back({scores_[at], part.options[at]});
  }
  std::sort(options.begin(), options.end(), [](const auto& left, const auto& right) {
    return left.score > right.score || (left.score == right.score && left.option < right.option);
  });
  return options;
}

bool Bounder::is_in_conflict(const Part& part, std::size_t issue) const {
  const auto& exclusions = space_->exclusions(issue, part.options[best_[issue]]);
  return std::any_of(exclusions.begin(), exclusions.end(), [&](const Space::Exclusion& excluded) {
    return part.is_settled[excluded.issue] == 0 &&
           part.options[best_[excluded.issue]] == excluded.option;
  });
}

std::size_t Bounder::next_issue(const Part& part) {
  find_best(part);
  std::size_t chosen = space_->issues();
  double most = -1;
  for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
    if (part.is_settled[issue] != 0) {
      continue;
    }
    const std::size_t begin = space_->begin(issue);
    double second = -kNothing;
    for (std::size_t at = begin; at < begin + part.counts[issue]; ++at) {
      second = at == best_[issue] ? second : std::max(second, scores_[at]);
    }
    // Where two best options exclude each other, every choice lowers the bound.
    const double gap =
        scores_[best_[issue]] - second + (is_in_conflict(part, issue) ? kConflict : 0);
    if (gap > most) {
      most = gap;
      chosen = issue;
    }
  }
  return chosen;
}

// The best places, which move where options are taken out.
void Bounder::find_best(const Part& part) {
  for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
    if (part.is_settled[issue] == 0) {
      const auto begin = scores_.begin() + static_cast<std::ptrdiff_t>(space_->begin(issue));
      best_[issue] = static_cast<std::size_t>(std::max_element(begin, begin + part.counts[issue]) -
                                              scores_.begin());
    }
  }
}

}  // namespace truce::packages::internal
