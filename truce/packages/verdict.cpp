// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "truce/packages/internal/refutation.h"

namespace truce::packages::internal {
namespace {

int verdict_of_set(const OptionSet& set, const Box& box) {
  const auto& left = box[set.issue];
  const auto inside = std::count_if(left.begin(), left.end(), [&](std::uint32_t option) {
    return std::find(set.options.begin(), set.options.end(), option) != set.options.end();
  });
  if (inside == 0) {
    return -1;
  }
  return static_cast<std::size_t>(inside) == left.size() ? 1 : 0;
}

int verdict_at_most(const Formula& formula, const Box& box) {
  Integer least;
  Integer most;
  for (std::size_t at = 0; at < formula.parts.size(); ++at) {
    const int part = verdict(formula.parts[at], box);
    least += part > 0 ? formula.costs[at] : 0;
    most += part >= 0 ? formula.costs[at] : 0;
  }
  if (least > formula.limit) {
    return -1;
  }
  return most <= formula.limit ? 1 : 0;
}

}  // namespace

int verdict(const Formula& formula, const Box& box) {
  if (formula.kind == Formula::Kind::Is) {
    return verdict_of_set(formula.is, box);
  }
  if (formula.kind == Formula::Kind::AtMost) {
    return verdict_at_most(formula, box);
  }
  int least = 1;
  int most = -1;
  for (const Formula& part : formula.parts) {
    const int of_part = verdict(part, box);
    least = std::min(least, of_part);
    most = std::max(most, of_part);
  }
  if (formula.kind == Formula::Kind::Not) {
    return -most;
  }
  return formula.kind == Formula::Kind::Any ? most : least;
}

void collect(const Formula& formula, std::set<std::size_t>& issues) {
  if (formula.kind == Formula::Kind::Is) {
    issues.insert(formula.is.issue);
  }
  for (const Formula& part : formula.parts) {
    collect(part, issues);
  }
}

}  // namespace truce::packages::internal
