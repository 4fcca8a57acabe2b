// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/witness_reply.h"

namespace truce::ledger {

std::string_view to_text(WitnessOutcome outcome) {
  switch (outcome) {
    case WitnessOutcome::Cosigned:
      return "cosigned";
    case WitnessOutcome::Refused:
      return "refused";
    case WitnessOutcome::NoAnswer:
      break;
  }
  return "no-answer";
}

std::optional<WitnessOutcome> find_witness_outcome(std::string_view word) {
  for (const WitnessOutcome outcome :
       {WitnessOutcome::Cosigned, WitnessOutcome::Refused, WitnessOutcome::NoAnswer}) {
    if (to_text(outcome) == word) {
      return outcome;
    }
  }
  return std::nullopt;
}

}  // namespace truce::ledger
