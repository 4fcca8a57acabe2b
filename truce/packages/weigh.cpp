// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/weigh.h"

#include "truce/packages/internal/wider.h"

namespace truce::packages::internal {
namespace {

inline __attribute__((always_inline)) double weigh_lanes(const Weighed& weighed,
                                                         const std::size_t stride,
                                                         const double* weights, double* scores,
                                                         std::size_t* best, double* gains) {
  double sum = 0;
  const std::size_t issues = weighed.begins->size() - 1;
  for (std::size_t issue = 0; issue < issues; ++issue) {
    if (weighed.is_settled[issue] != 0) {
      continue;
    }
    const std::size_t begin = (*weighed.begins)[issue];
    std::size_t chosen = begin;
    for (std::size_t at = begin; at < begin + weighed.counts[issue]; ++at) {
      const double* value = weighed.values + (begin + weighed.options[at]) * stride;
      double parts[kLanes] = {};
      for (std::size_t row = 0; row < stride; row += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          parts[lane] += value[row + lane] * weights[row + lane];
        }
      }
      scores[at] = (parts[0] + parts[2]) + (parts[1] + parts[3]);
      chosen = scores[at] > scores[chosen] ? at : chosen;
    }
    best[issue] = chosen;
    sum += scores[chosen];
    const double* value = weighed.values + (begin + weighed.options[chosen]) * stride;
    for (std::size_t row = 0; row < stride; ++row) {
      gains[row] += value[row];
    }
  }
  return sum;
}

TRUCE_WIDER double weigh_four(const Weighed& weighed, const double* weights, double* scores,
                              std::size_t* best, double* gains) {
  return weigh_lanes(weighed, 4, weights, scores, best, gains);
}

TRUCE_WIDER double weigh_eight(const Weighed& weighed, const double* weights, double* scores,
                               std::size_t* best, double* gains) {
  return weigh_lanes(weighed, 8, weights, scores, best, gains);
}

TRUCE_WIDER double weigh_many(const Weighed& weighed, const double* weights, double* scores,
                              std::size_t* best, double* gains) {
  return weigh_lanes(weighed, weighed.stride, weights, scores, best, gains);
}

}  // namespace

double weigh(const Weighed& weighed, const double* weights, double* scores, std::size_t* best,
             double* gains) {
  switch (weighed.stride) {
    case 4:
      return weigh_four(weighed, weights, scores, best, gains);
    case 8:
      return weigh_eight(weighed, weights, scores, best, gains);
    default:
      return weigh_many(weighed, weights, scores, best, gains);
  }
}

}  // namespace truce::packages::internal
