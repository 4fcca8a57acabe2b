// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "truce/facts/verdict.h"
#include "truce/facts/worlds.h"
#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/duties.h"
#include "truce/monitor/internal/prohibitions.h"
#include "truce/monitor/internal/record.h"
#include "truce/monitor/internal/shared.h"

namespace truce::monitor::internal {

class Engine;

/// What a search through the worlds of an account gave.
struct Searched {
  enum class End : std::uint8_t {
    Agreed,   // broken in all worlds, or kept in all
    Differs,  // worlds that differ were found
    Open,     // a world leaves it open: something in it cannot be told apart
    TooMany,  // more worlds than are tried
  };
  End end = End::Open;
  facts::Opinion opinion = facts::Opinion::Unknown;
  // What had to be told apart on the way, in order of report.
  std::vector<std::pair<facts::FactId, facts::Doubt>> doubts;
  // How often a part of the worlds was judged.
  std::size_t judged = 0;
};

/// Settles what the joined tests leave unknown, by the worlds of an account: docs/language/
/// meaning.md, "Worlds". The reports an answer can depend on are narrowed, one doubt after the
/// other, only as far as the answer stays open. Method: docs/methods/monitor.md.
class Worlds {
 public:
  Worlds(const Record& record, const Acts& acts, bool are_tried);

  /// Whether the account says that the clause was broken in the incident by one of the bearers;
  /// with `is_point` whether it is a point of a `report when`.
  const Searched& of_incident(agreement::ClauseId clause,
                              const std::vector<agreement::ActorId>& bearers,
                              facts::IncidentId incident, facts::AccountId account);
  const Searched& of_duty(const Instance& instance, facts::AccountId account);
  const Searched& of_phases(const Instance& side_of, std::size_t side, facts::AccountId account);
  /// What was found of an incident, an activation and, of a duty that recurs, a period; null where
  /// nothing was searched.
  [[nodiscard]] const Searched* found(agreement::ClauseId clause,
                                      const std::vector<agreement::ActorId>& bearers,
                                      std::optional<std::size_t> which, facts::AccountId account,
                                      std::optional<std::uint32_t> period = {}) const;

  [[nodiscard]] bool are_tried() const { return are_tried_; }
  /// What engines on a part of the worlds need not find again.
  void share(Shared shared);
  [[nodiscard]] const Shared& shared() const { return shared_; }
  /// The sets of places in which the disc of a report may lie; one where it cannot be told apart.
  const std::vector<std::vector<facts::Located>>& places_of(facts::FactId fact);
  /// What answers about the clauses can depend on.
  const Footprints& footprints();

 private:
  using Key =
      std::tuple<agreement::ClauseId, std::vector<agreement::ActorId>, std::optional<std::size_t>,
                 facts::AccountId, std::optional<std::uint32_t>>;
  using Judge = std::function<std::optional<facts::Opinion>(Engine& engine)>;

  Searched search(agreement::ClauseId clause, std::optional<facts::IncidentId> about,
                  facts::AccountId account, bool with_institutional, const Judge& judge);

  const Record& record_;
  const Acts& acts_;
  bool are_tried_;
  Shared shared_;
  std::map<Key, Searched> known_;
};

/// The opinion that the truth of a breach stands for.
facts::Opinion opinion_of(facts::Truth breach);

}  // namespace truce::monitor::internal
