// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/blame.h"

#include <algorithm>

namespace truce::monitor::internal {

std::vector<agreement::ActorId> blame_of(const agreement::Agreement& agreement,
                                         agreement::ClauseId clause,
                                         const std::vector<agreement::ActorId>& bearers) {
  std::vector<agreement::ActorId> blame = bearers;
  for (const agreement::Ensured* ensured :
       agreement.clause(clause).find_all<agreement::Ensured>()) {
    for (const agreement::Agent& agent : ensured->agents) {
      for (const agreement::ActorId bearer : bearers) {
        const std::vector<agreement::ActorId> some = agreement.resolve(agent, bearer);
        blame.insert(blame.end(), some.begin(), some.end());
      }
    }
  }
  std::sort(blame.begin(), blame.end());
  blame.erase(std::unique(blame.begin(), blame.end()), blame.end());
  return blame;
}

}  // namespace truce::monitor::internal
