// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "truce/report/record.h"

namespace truce::testing {

/// A small record for tests, built by hand: one clause in force for two days and renewed once,
/// three incidents (contested, under no clause, an act), a duty, a clock.
class SampleRecord {
 public:
  /// `name` stands wherever a text comes from outside: in names, notes, places, sources, reasons.
  explicit SampleRecord(const std::string& name = "Ayn");

  [[nodiscard]] report::Record record() const;

  agreement::Agreement agreement;
  incidents::Reading reading;
  facts::Evidence evidence;
  monitor::Replay replay;

 private:
  void add_report(const std::string& incident, const std::string& account, const std::string& text);
  void add_verdicts(const std::string& text);
  void add_history(const std::string& text);

  std::unique_ptr<base::SourceText> source_;
};

}  // namespace truce::testing
