// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/ledger/note.h"

namespace truce::ledger {

/// A witness that can be asked over HTTP (C2SP tlog-witness).
struct WitnessAddress {
  // What it is called here.
  std::string name;
  NoteKey key;
  // What `/add-checkpoint` comes behind; without a slash at its end.
  std::string url;

  friend bool operator==(const WitnessAddress&, const WitnessAddress&) = default;
};

constexpr std::size_t kMostWitnesses = 64;

/// The witnesses that a C2SP tlog-policy names, in its order. Its lines `log`, `group` and `quorum`
/// are for who reads proofs and are passed over: here every witness is asked. Fails with Corrupt,
/// naming the line, for any other line, a witness without a URL, a name or a key given twice, and
/// more than kMostWitnesses; the message is the end of a sentence that names the file.
base::Result<std::vector<WitnessAddress>> read_witness_list(std::string_view text);

}  // namespace truce::ledger
