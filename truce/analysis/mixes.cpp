// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/mixes.h"

#include <cstdint>
#include <set>
#include <tuple>

namespace truce::analysis::internal {
namespace {

using agreement::Reading;

// Two passages, the earlier first, each with its alternative.
using Pair = std::tuple<std::size_t, std::uint32_t, std::size_t, std::uint32_t>;

std::size_t count_of(const agreement::Agreement& agreement, std::size_t bracket) {
  return agreement.brackets[bracket].alternatives.size();
}

std::set<Pair> all_pairs(const agreement::Agreement& agreement) {
  std::set<Pair> pairs;
  for (std::size_t second = 1; second < agreement.brackets.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      for (std::uint32_t one = 0; one < count_of(agreement, first); ++one) {
        for (std::uint32_t other = 0; other < count_of(agreement, second); ++other) {
          pairs.emplace(first, one, second, other);
        }
      }
    }
  }
  return pairs;
}

void strike_out(std::set<Pair>& pairs, const Reading& reading) {
  for (std::size_t second = 1; second < reading.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      pairs.erase({first, reading[first], second, reading[second]});
    }
  }
}

// The alternative that makes the most pairs which are left with what was chosen.
std::uint32_t best_for(const agreement::Agreement& agreement, const std::set<Pair>& left,
                       const std::vector<bool>& is_chosen, const Reading& reading,
                       std::size_t bracket) {
  std::uint32_t best = 0;
  std::size_t most = 0;
  for (std::uint32_t choice = 0; choice < count_of(agreement, bracket); ++choice) {
    std::size_t made = 0;
    for (std::size_t other = 0; other < reading.size(); ++other) {
      if (is_chosen[other]) {
        const Pair pair = other < bracket ? Pair(other, reading[other], bracket, choice)
                                          : Pair(bracket, choice, other, reading[other]);
        made += left.count(pair);
      }
    }
    if (made > most) {
      most = made;
      best = choice;
    }
  }
  return best;
}

}  // namespace

std::vector<Reading> mixes(const agreement::Agreement& agreement, const std::vector<Reading>& whole,
                           std::size_t most) {
  std::set<Pair> left = all_pairs(agreement);
  for (const Reading& reading : whole) {
    strike_out(left, reading);
  }
  std::vector<Reading> found;
  while (!left.empty() && found.size() < most) {
    Reading reading(agreement.brackets.size(), 0);
    std::vector<bool> is_chosen(reading.size(), false);
    const auto& [first, one, second, other] = *left.begin();
    reading[first] = one;
    reading[second] = other;
    is_chosen[first] = true;
    is_chosen[second] = true;
    for (std::size_t bracket = 0; bracket < reading.size(); ++bracket) {
      if (!is_chosen[bracket]) {
        reading[bracket] = best_for(agreement, left, is_chosen, reading, bracket);
        is_chosen[bracket] = true;
      }
    }
    strike_out(left, reading);
    found.push_back(std::move(reading));
  }
  return found;
}

bool are_all(const agreement::Agreement& agreement, const std::vector<Reading>& some) {
  const std::set<Reading> different(some.begin(), some.end());
  std::size_t count = 1;
  for (std::size_t bracket = 0; bracket < agreement.brackets.size(); ++bracket) {
    count *= count_of(agreement, bracket);
    if (count > different.size()) {
      return false;
    }
  }
  return count == different.size();
}

}  // namespace truce::analysis::internal
