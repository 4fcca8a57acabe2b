// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <set>

#include "truce/agreement/agreement.h"
#include "truce/analysis/finding.h"
#include "truce/analysis/languages.h"
#include "truce/diagnostics/diagnostic.h"

namespace truce::analysis {

/// What was worked out before and holds for any text. Kept from one analysis to the next, it makes
/// that of a text that differs little quick, and no different. One thread.
class Memory {
 public:
  Memory();
  ~Memory();
  Memory(Memory&&) noexcept;
  Memory& operator=(Memory&&) noexcept;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  struct Parts;
  [[nodiscard]] Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

/// Whether to work out which disputed passage makes a finding that is not in every reading.
enum class Depth : std::uint8_t { Full, FindingsOnly };

/// The holes of `agreement`, in every reading of its disputed text, by the order of codes.def, then
/// by clause. `sink`: what resolution had to say, where references to clauses that do not exist are
/// found. Of repairs, none is verified yet. Depends on nothing else: the same text, the same
/// findings. `keeps_questions`: with the questions that were put to the solver. `languages`: its
/// texts in other languages; without them TR-V01 is not searched for. `memory`: what analyses
/// before this one left.
Analysis analyse(const agreement::Agreement& agreement, const diagnostics::Sink& sink,
                 Depth depth = Depth::Full, bool keeps_questions = false,
                 const Languages* languages = nullptr, Memory* memory = nullptr);

/// Leaves only findings and absences of these codes.
void keep_only(Analysis& analysis, const std::set<Code>& wanted);

}  // namespace truce::analysis
