// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/report.h"
#include "truce/workbench/follow.h"

namespace truce::workbench {

/// The verdicts of an agreement on a record that is kept in memory and grows report by report, as
/// one audience may see them. What is told are changes as `truce monitor --follow` tells them.
class LiveRecord {
 public:
  /// `shown`: the agreement as that audience may see it (agreement::shown_to).
  LiveRecord(agreement::Agreement shown, incidents::ActorBook actors);
  ~LiveRecord();
  LiveRecord(const LiveRecord&) = delete;
  LiveRecord& operator=(const LiveRecord&) = delete;

  /// Takes many reports in at once, and tells nothing: what stands is what it would be had they
  /// come one by one. Before the first take().
  void begin_with(std::vector<incidents::Report> reports, base::Instant now);
  /// Takes the reports in, one after the other, at the moment `now`, and tells what they and the
  /// time changed; of very many at once, what they changed together; with no reports, what the time
  /// did. Numbers go on from those before.
  std::vector<ToldChange> take(const std::vector<incidents::Report>& reports, base::Instant now);

  /// What stands, each as a change from nothing, in order of clause, without a number.
  [[nodiscard]] std::vector<ToldChange> standing() const;
  /// Of it what is about one incident, or answers it. Linear in that alone.
  [[nodiscard]] std::vector<ToldChange> standing_of(const std::string& incident) const;
  [[nodiscard]] const agreement::Agreement& agreement() const;
  /// As Replay::digest.
  [[nodiscard]] std::string digest() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// The actor file beside an agreement; an empty book where there is none. Fails as reading it does.
base::Result<incidents::ActorBook> read_actors_beside(const std::string& agreement,
                                                      base::Duration offset);

}  // namespace truce::workbench
