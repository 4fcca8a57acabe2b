// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "truce/ledger/note.h"

namespace truce::ledger {

/// What asking a witness for its signature came to.
enum class WitnessOutcome : std::uint8_t { Cosigned, Refused, NoAnswer };

/// `cosigned`, `refused`, `no-answer`.
std::string_view to_text(WitnessOutcome outcome);
std::optional<WitnessOutcome> find_witness_outcome(std::string_view word);

struct WitnessReply {
  std::string name;
  WitnessOutcome outcome = WitnessOutcome::NoAnswer;
  // Why it did not sign, in one sentence without its full stop; empty where it did.
  std::string why;
  // Where it signed: its signature over that very checkpoint.
  std::optional<NoteSignature> signature;
};

}  // namespace truce::ledger
