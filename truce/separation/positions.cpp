// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/positions.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "truce/base/check.h"

namespace truce::separation {
namespace {

base::Instant latest_of(const PresenceReading& reading, const std::vector<Belonging>& belongings) {
  base::Instant latest = base::kBeforeTime;
  for (std::size_t i = 0; i < reading.observations.size(); ++i) {
    if (belongings[i] == Belonging::First || belongings[i] == Belonging::Second) {
      latest = std::max(latest, reading.observations[i].at);
    }
  }
  return latest;
}

double weight_of(const Observation& seen, base::Instant at, const AgeingOptions& options) {
  if (!options.half_life) {
    return seen.confidence;
  }
  const auto age = static_cast<double>((at - seen.at).seconds);
  return seen.confidence * std::exp2(-age / static_cast<double>(options.half_life->seconds));
}

// Whether each row stands: within the time asked about, and the latest of its id.
std::vector<bool> find_standing(const PresenceReading& reading, const AgeingOptions& options,
                                Positions& found) {
  std::vector<bool> is_standing(reading.observations.size(), false);
  std::unordered_map<std::string_view, std::size_t> latest;
  for (std::size_t i = 0; i < reading.observations.size(); ++i) {
    const Observation& seen = reading.observations[i];
    if (seen.at > found.at) {
      ++found.later;
      continue;
    }
    if (options.not_before && seen.at < *options.not_before) {
      ++found.earlier;
      continue;
    }
    is_standing[i] = true;
    if (seen.id.empty()) {
      continue;
    }
    const auto [entry, is_new] = latest.emplace(seen.id, i);
    if (is_new) {
      continue;
    }
    ++found.replaced;
    const bool is_newer = seen.at >= reading.observations[entry->second].at;
    is_standing[is_newer ? entry->second : i] = false;
    entry->second = is_newer ? i : entry->second;
  }
  return is_standing;
}

}  // namespace

std::size_t Positions::count(Side side) const {
  return static_cast<std::size_t>(
      std::count_if(positions.begin(), positions.end(),
                    [side](const Position& position) { return position.side == side; }));
}

Positions positions_at(const PresenceReading& reading, const std::vector<Belonging>& belongings,
                       const AgeingOptions& options) {
  TRUCE_CHECK(belongings.size() == reading.observations.size(),
              "each observation belongs somewhere");
  Positions found;
  found.at = options.at.value_or(latest_of(reading, belongings));
  const std::vector<bool> is_standing = find_standing(reading, options, found);
  for (std::size_t i = 0; i < reading.observations.size(); ++i) {
    if (!is_standing[i]) {
      continue;
    }
    const Observation& seen = reading.observations[i];
    const double weight = weight_of(seen, found.at, options);
    if (belongings[i] == Belonging::Neither) {
      ++found.others;
    } else if (!(weight > 0)) {
      ++found.disbelieved;
    } else if (belongings[i] == Belonging::Doubtful) {
      ++found.doubtful;
    } else if (!seen.point) {
      ++found.unplaced;
    } else {
      found.positions.push_back(
          {.observation = i,
           .side = belongings[i] == Belonging::First ? Side::First : Side::Second,
           .point = *seen.point,
           .radius = seen.radius,
           .weight = weight});
    }
  }
  return found;
}

}  // namespace truce::separation
