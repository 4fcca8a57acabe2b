// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "truce/facts/verdict.h"
#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {

/// Every way to read every report of an account: section "Worlds" of docs/language/meaning.md, one
/// after the other, whatever the answer depends on.
class Worlds {
 public:
  /// What the account says in one world of it.
  using Judge =
      std::function<std::optional<facts::Opinion>(const facts::Evidence&, Telling& telling)>;

  Worlds(const agreement::Agreement& agreement, const facts::Evidence& evidence, bool are_tried)
      : agreement_(agreement), evidence_(evidence), are_tried_(are_tried) {}

  /// `joined`, unless it is unknown and all worlds of the account agree on broken or on kept.
  facts::Opinion settled(facts::Opinion joined, facts::AccountId account,
                         agreement::ClauseId clause, const Judge& judge);

 private:
  struct World {
    facts::Evidence evidence;
    std::vector<OfficialAct> acts;
    std::unique_ptr<Telling> telling;
  };
  // None where there are too many, or only one.
  using All = std::vector<std::unique_ptr<World>>;

  const All& worlds_of(facts::AccountId account, bool with_institutional);

  const agreement::Agreement& agreement_;
  const facts::Evidence& evidence_;
  bool are_tried_;
  std::map<std::pair<facts::AccountId, bool>, All> known_;
};

}  // namespace truce::semantics::internal
