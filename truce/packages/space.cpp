// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/space.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace truce::packages::internal {
namespace {

constexpr double kLargestExact = 1125899906842624.0;  // 2^50

}  // namespace

Space::Space(const Game& game, const ScaledValues& scaled, const std::vector<Row>& rows)
    : game_(&game), rows_(rows.size()), stride_(fill_up(rows.size())) {
  begins_ = {0};
  for (const Issue& issue : game.issues) {
    begins_.push_back(begins_.back() + issue.options.size());
  }
  offsets_.reserve(stride_);
  read_values(game, scaled, rows);
  offsets_.resize(stride_, 0);
  read_terms(game, scaled, rows);
  read_constraints(game);
}

void Space::read_values(const Game& game, const ScaledValues& scaled,
                        const std::vector<Row>& rows) {
  values_.assign(begins_.back() * stride_, 0);
  for (std::size_t row = 0; row < rows_; ++row) {
    const Integer& unit = rows[row].unit;
    offsets_.push_back(divide(rows[row].offset, unit).quotient.to_double());
    double sum = std::abs(offsets_.back());
    for (std::size_t issue = 0; issue < issues(); ++issue) {
      double largest = 0;
      for (std::size_t option = 0; option < game.issues[issue].options.size(); ++option) {
        Integer value;
        for (const auto& [party, factor] : rows[row].factors) {
          value += factor * scaled.values[party][issue][option];
        }
        double& place = values_[(begins_[issue] + option) * stride_ + row];
        place = divide(value, unit).quotient.to_double();
        largest = std::max(largest, std::abs(place));
      }
      sum += largest;
    }
    for (const auto& [party, factor] : rows[row].factors) {
      for (const Integer& worth : scaled.conditionals[party]) {
        sum += std::abs(divide(factor * worth, unit).quotient.to_double());
      }
    }
    errors_.push_back(sum);
    most_.push_back(sum);
    is_exact_ = is_exact_ && sum < kLargestExact;
  }
  std::size_t steps = 64 + 4 * issues() + 4 * rows_;
  for (const Party& party : game.parties) {
    steps += 8 * party.conditionals.size();
  }
  for (double& error : errors_) {
    error *= static_cast<double>(steps) * std::numeric_limits<double>::epsilon();
  }
}

void Space::read_terms(const Game& game, const ScaledValues& scaled, const std::vector<Row>& rows) {
  terms_of_issue_.resize(issues());
  for (std::size_t row = 0; row < rows_; ++row) {
    for (const auto& [party, factor] : rows[row].factors) {
      for (std::size_t at = 0; at < scaled.conditionals[party].size(); ++at) {
        Term term;
        term.row = row;
        term.worth =
            divide(factor * scaled.conditionals[party][at], rows[row].unit).quotient.to_double();
        read_issues(game.parties[party].conditionals[at].when, term);
        add_term(std::move(term));
      }
    }
  }
}

void Space::read_issues(const Conjunction& when, Term& term) const {
  for (const OptionSet& set : when) {
    auto place = std::find(term.issues.begin(), term.issues.end(), set.issue);
    if (place == term.issues.end()) {
      place = term.issues.insert(place, set.issue);
      term.fits.emplace_back(begins_[set.issue + 1] - begins_[set.issue], 1);
    }
    std::vector<char>& fits = term.fits[static_cast<std::size_t>(place - term.issues.begin())];
    std::vector<char> here(fits.size(), 0);
    for (const std::uint32_t option : set.options) {
      here[option] = 1;
    }
    for (std::size_t option = 0; option < fits.size(); ++option) {
      fits[option] = fits[option] != 0 && here[option] != 0 ? 1 : 0;
    }
  }
}

// One without a condition is certain.
void Space::add_term(Term term) {
  if (term.issues.empty()) {
    offsets_[term.row] += term.worth;
    return;
  }
  for (const std::size_t issue : term.issues) {
    terms_of_issue_[issue].push_back(terms_.size());
  }
  terms_.push_back(std::move(term));
}

// Of one issue: options that are out. Of two: pairs that exclude each other. Others are worked out
// as issues are settled.
void Space::read_constraints(const Game& game) {
  is_out_.assign(begins_.back(), 0);
  exclusions_.resize(begins_.back());
  constraints_of_issue_.resize(issues());
  for (const Constraint& constraint : game.constraints) {
    if (read_exclusion(constraint.formula)) {
      continue;
    }
    const StatementId id = residuals_.add(constraint.formula);
    const std::vector<std::uint32_t> issues = residuals_.issues(id);
    if (issues.size() == 1) {
      for (std::uint32_t option = 0; option < game.issues[issues[0]].options.size(); ++option) {
        if (residuals_.after(id, issues[0], option) == kFalse) {
          is_out_[begins_[issues[0]] + option] = 1;
        }
      }
    } else if (issues.size() == 2) {
      read_pair(id, issues[0], issues[1]);
    } else if (id != kTrue) {
      for (const std::uint32_t issue : issues) {
        constraints_of_issue_[issue].push_back(constraints_.size());
      }
      constraints_.push_back(id);
    }
  }
}

// That options of two issues do not go together is most of what is said, and needs no residuals.
bool Space::read_exclusion(const Formula& formula) {
  using Kind = Formula::Kind;
  if (formula.kind != Kind::Not || formula.parts[0].kind != Kind::All) {
    return false;
  }
  const std::vector<Formula>& both = formula.parts[0].parts;
  if (both.size() != 2 || both[0].kind != Kind::Is || both[1].kind != Kind::Is ||
      both[0].is.issue == both[1].is.issue) {
    return false;
  }
  const auto first = static_cast<std::uint32_t>(both[0].is.issue);
  const auto second = static_cast<std::uint32_t>(both[1].is.issue);
  for (const std::uint32_t one : both[0].is.options) {
    for (const std::uint32_t other : both[1].is.options) {
      exclusions_[begins_[first] + one].push_back({second, other});
      exclusions_[begins_[second] + other].push_back({first, one});
    }
  }
  return true;
}

void Space::read_pair(StatementId id, std::uint32_t first, std::uint32_t second) {
  for (std::uint32_t one = 0; one < game_->issues[first].options.size(); ++one) {
    const StatementId left = residuals_.after(id, first, one);
    for (std::uint32_t other = 0; other < game_->issues[second].options.size(); ++other) {
      if (residuals_.after(left, second, other) == kFalse) {
        exclusions_[begins_[first] + one].push_back({second, other});
        exclusions_[begins_[second] + other].push_back({first, one});
      }
    }
  }
}

Part Space::everything(bool& is_possible) {
  Part part;
  part.certain = offsets_;
  part.constraints = constraints_;
  part.is_settled.assign(issues(), 0);
  part.counts.resize(issues());
  is_possible = std::find(constraints_.begin(), constraints_.end(), kFalse) == constraints_.end();
  part.options.resize(begins_.back());
  for (std::size_t issue = 0; issue < issues(); ++issue) {
    std::uint32_t count = 0;
    for (std::size_t at = begins_[issue]; at < begins_[issue + 1]; ++at) {
      if (is_out_[at] == 0) {
        part.options[begins_[issue] + count++] = static_cast<std::uint32_t>(at - begins_[issue]);
      }
    }
    part.counts[issue] = count;
    is_possible = is_possible && count > 0;
  }
  if (has_terms()) {
    part.values = values_;
    part.is_open.assign(terms_.size(), 1);
    for (const Term& term : terms_) {
      put(part, term, term.worth / static_cast<double>(term.issues.size()));
    }
  }
  is_possible = is_possible && settle(part);
  return part;
}

void Space::remove(Part& part, std::size_t first, std::size_t issue, std::size_t place) {
  std::uint32_t* options = &part.options[first];
  std::swap(options[place], options[--part.counts[issue]]);
}

bool Space::choose(Part& part, std::size_t issue, std::uint32_t option) {
  std::uint32_t* options = &part.options[begins_[issue]];
  std::uint32_t* end = options + part.counts[issue];
  std::uint32_t* found = std::find(options, end, option);
  if (found == end) {
    return false;
  }
  std::swap(*found, *options);
  part.counts[issue] = 1;
  return settle(part);
}

bool Space::settle(Part& part) {
  for (bool is_moving = true; is_moving;) {
    is_moving = false;
    for (std::size_t issue = 0; issue < issues(); ++issue) {
      if (part.counts[issue] == 0) {
        return false;
      }
      if (part.counts[issue] == 1 && part.is_settled[issue] == 0) {
        if (!settle(part, issue)) {
          return false;
        }
        is_moving = true;
      }
    }
  }
  return true;
}

bool Space::settle(Part& part, std::size_t issue) {
  const std::uint32_t option = part.options[begins_[issue]];
  part.is_settled[issue] = 1;
  const double* value = &values_[(begins_[issue] + option) * stride_];
  for (std::size_t row = 0; row < rows_; ++row) {
    part.certain[row] += value[row];
  }
  if (has_terms()) {
    settle_terms(part, issue, option);
  }
  for (const Exclusion& exclusion : exclusions_[begins_[issue] + option]) {
    if (!exclude(part, exclusion.issue, exclusion.option)) {
      return false;
    }
  }
  for (const std::size_t at : constraints_of_issue_[issue]) {
    StatementId& left = part.constraints[at];
    left = residuals_.after(left, static_cast<std::uint32_t>(issue), option);
    if (left == kFalse) {
      return false;
    }
    const auto& rest = residuals_.issues(left);
    if (rest.size() == 1 && !narrow(part, rest[0], left)) {
      return false;
    }
  }
  return true;
}

bool Space::exclude(Part& part, std::size_t issue, std::uint32_t option) {
  std::uint32_t* options = &part.options[begins_[issue]];
  for (std::size_t place = 0; place < part.counts[issue]; ++place) {
    if (options[place] == option) {
      remove(part, begins_[issue], issue, place);
      return part.counts[issue] > 0;
    }
  }
  return true;
}

// What is left speaks of this issue alone.
bool Space::narrow(Part& part, std::size_t issue, StatementId left) {
  for (std::size_t place = part.counts[issue]; place > 0; --place) {
    const std::uint32_t option = part.options[begins_[issue] + place - 1];
    if (residuals_.after(left, static_cast<std::uint32_t>(issue), option) == kFalse) {
      remove(part, begins_[issue], issue, place - 1);
    }
  }
  return part.counts[issue] > 0;
}

std::size_t Space::count_unsettled(const Part& part, const Term& term) const {
  return static_cast<std::size_t>(
      std::count_if(term.issues.begin(), term.issues.end(),
                    [&](std::size_t issue) { return part.is_settled[issue] == 0; }));
}

// Adds to what the fitting options of the issues that are not settled are worth. What is below zero
// counts once it is certain: until then the sum is a bound.
void Space::put(Part& part, const Term& term, double worth) const {
  if (term.worth <= 0) {
    return;
  }
  for (std::size_t at = 0; at < term.issues.size(); ++at) {
    const std::size_t issue = term.issues[at];
    if (part.is_settled[issue] != 0) {
      continue;
    }
    for (std::size_t option = 0; option < term.fits[at].size(); ++option) {
      if (term.fits[at][option] != 0) {
        part.values[(begins_[issue] + option) * stride_ + term.row] += worth;
      }
    }
  }
}

void Space::settle_terms(Part& part, std::size_t issue, std::uint32_t option) const {
  for (const std::size_t at : terms_of_issue_[issue]) {
    if (part.is_open[at] == 0) {
      continue;
    }
    const Term& term = terms_[at];
    const auto place = static_cast<std::size_t>(
        std::find(term.issues.begin(), term.issues.end(), issue) - term.issues.begin());
    const std::size_t left = count_unsettled(part, term);
    const double share = term.worth / static_cast<double>(left + 1);
    if (term.fits[place][option] == 0) {
      part.is_open[at] = 0;
      put(part, term, -share);
    } else if (left == 0) {
      part.is_open[at] = 0;
      part.certain[term.row] += term.worth;
    } else {
      put(part, term, term.worth / static_cast<double>(left) - share);
    }
  }
}

Package Space::package(const Part& part) const {
  Package package;
  for (std::size_t issue = 0; issue < issues(); ++issue) {
    package.push_back(part.options[begins_[issue]]);
  }
  return package;
}

bool Space::is_feasible(const Package& package) const {
  for (std::size_t issue = 0; issue < issues(); ++issue) {
    const std::size_t at = begins_[issue] + package[issue];
    if (is_out_[at] != 0) {
      return false;
    }
    for (const Exclusion& exclusion : exclusions_[at]) {
      if (package[exclusion.issue] == exclusion.option) {
        return false;
      }
    }
  }
  return constraints_.empty() || packages::is_feasible(*game_, package);
}

void Space::measure(const Package& package, std::vector<double>& sums) const {
  sums.assign(offsets_.begin(), offsets_.begin() + static_cast<std::ptrdiff_t>(rows_));
  for (std::size_t issue = 0; issue < issues(); ++issue) {
    const double* value = &values_[(begins_[issue] + package[issue]) * stride_];
    for (std::size_t row = 0; row < rows_; ++row) {
      sums[row] += value[row];
    }
  }
  for (const Term& term : terms_) {
    bool is_fulfilled = true;
    for (std::size_t at = 0; at < term.issues.size() && is_fulfilled; ++at) {
      is_fulfilled = term.fits[at][package[term.issues[at]]] != 0;
    }
    sums[term.row] += is_fulfilled ? term.worth : 0;
  }
}

}  // namespace truce::packages::internal
