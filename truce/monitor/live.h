// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/live_evidence.h"
#include "truce/facts/match.h"
#include "truce/facts/verdict.h"
#include "truce/facts/wording.h"

namespace truce::monitor {

/// What a verdict is about, in names that stay while the record grows.
struct VerdictKey {
  agreement::ClauseId clause;
  // Empty: a point of a `report when`.
  std::vector<agreement::ActorId> bearers;
  // The incident of a prohibition or a point; of a duty the act that it answers `whenever`
  // something is done; otherwise empty.
  std::string about;
  // Of a duty that recurs: the number of the period, from 1; otherwise 0.
  std::uint32_t period = 0;
  // The place among duties that are alike in all that, as several determinations make them.
  std::uint32_t ordinal = 0;

  friend auto operator<=>(const VerdictKey&, const VerdictKey&) = default;
};

/// A verdict or a point as it stands, in names.
struct StandingVerdict {
  // Empty for a duty that nobody performed.
  std::optional<std::string> incident;
  base::Instant at;
  // No moment is known for it: `at` is the present, and moving with it is no change.
  bool is_at_present = false;
  // Of a point nothing but `holds` is meant.
  facts::Outcome outcome = facts::Outcome::Unknown;
  std::optional<facts::Truth> holds;
  // In order of account.
  std::vector<std::pair<std::string, facts::Opinion>> opinions;
  std::vector<agreement::ActorId> blame;

  friend bool operator==(const StandingVerdict&, const StandingVerdict&) = default;
};

using StandingVerdicts = std::map<VerdictKey, StandingVerdict>;

/// One verdict that came, changed or went.
struct VerdictChange {
  VerdictKey key;
  std::optional<StandingVerdict> before;
  std::optional<StandingVerdict> after;
  // Empty without explanations and for what went.
  facts::Wording because;
};

struct LiveOptions {
  // As in ReplayOptions.
  std::optional<agreement::ActorId> reading;
  bool with_explanations = true;
  // So many incidents are judged together where all of the record is, which bounds the memory it
  // takes.
  std::size_t incidents_at_once = 20'000;
};

/// The verdicts on a record that changes report by report. After each update they are those that
/// replay() gives for the same evidence. Agreement and evidence must outlive it.
class Live {
 public:
  Live(const agreement::Agreement& agreement, const facts::LiveEvidence& evidence,
       const LiveOptions& options);
  ~Live();
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  /// Takes in what the evidence says changed, and that the present is `now` or, where it is later,
  /// the evidence's own. What changed, in order of key.
  std::vector<VerdictChange> update(const std::vector<facts::EvidenceChange>& changes,
                                    base::Instant now);
  /// Verdicts that were told before, at that present: the next update says what differs from them.
  void assume(StandingVerdicts told, base::Instant present);

  /// What of the record may matter for the verdicts of prohibitions on an incident and for what
  /// would change them: explain_incident() says of it what it says of the whole. Linear in that;
  /// in the record for a text with disputed words or with definitions that lead back to themselves.
  [[nodiscard]] facts::Evidence around(const std::string& incident) const;
  /// All that stands. Linear.
  [[nodiscard]] StandingVerdicts standing() const;
  /// What stands under the key; null where nothing does. It is kept there as long as anything does.
  [[nodiscard]] const StandingVerdict* find(const VerdictKey& key) const;
  /// The keys under which something stands about the incident, or answers the act of it.
  [[nodiscard]] std::vector<VerdictKey> keys_about(const std::string& incident) const;
  [[nodiscard]] base::Instant present() const;
  /// How many updates took a replay of the whole record.
  [[nodiscard]] std::size_t whole_replays() const;
  /// As Replay::digest.
  [[nodiscard]] std::string digest() const;

 private:
  class Working;
  std::unique_ptr<Working> working_;
};

}  // namespace truce::monitor
