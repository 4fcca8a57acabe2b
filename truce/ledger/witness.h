// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"
#include "truce/ledger/checkpoint.h"
#include "truce/ledger/directory.h"

namespace truce::ledger {

/// What a witness is asked to sign: a checkpoint, and what shows that it goes on from the last one
/// they saw. The form is the body of `add-checkpoint` of C2SP tlog-witness.
struct WitnessRequest {
  std::uint64_t old_size = 0;
  std::vector<Hash> path;
  SignedCheckpoint checkpoint;
};

std::string to_text(const WitnessRequest& request);
/// Fails with Corrupt; the message is the end of a sentence that names the file.
base::Result<WitnessRequest> read_witness_request(std::string_view text);
/// For the checkpoint that stands, and a witness who saw `old_size` entries last; one that shows
/// nothing where the ledger has fewer. Fails with Corrupt, NotFound or Io.
base::Result<WitnessRequest> request_from(const Directory& directory, std::uint64_t old_size);
/// The same for a checkpoint of that ledger which stood once.
base::Result<WitnessRequest> request_for(const Directory& directory, SignedCheckpoint checkpoint,
                                         std::uint64_t old_size);

/// Why a witness does not sign.
enum class Refusal : std::uint8_t {
  // The ledger's key did not sign it.
  NotSigned,
  // It has fewer entries than the witness saw.
  RolledBack,
  // The request is from another size than the witness saw last.
  OtherSize,
  // It does not go on from what the witness saw.
  Fork,
};

struct WitnessAnswer {
  // The checkpoint with the witness's signature alone below that of the ledger: what to remember,
  // and before anybody is given the signature.
  std::optional<SignedCheckpoint> signed_checkpoint;
  std::optional<Refusal> refusal;
  // The refusal in one sentence without its full stop.
  std::string why;
  // How many entries the witness had seen before.
  std::uint64_t seen = 0;

  /// The witness's signature, where they signed.
  [[nodiscard]] const NoteSignature& signature() const {
    return signed_checkpoint->note.signatures.back();
  }
};

/// Who a witness is and what they know.
struct Witness {
  const crypto::SecretKey* key = nullptr;
  std::string name;
  NoteKey ledger;
  // What they signed last of this ledger; empty where nothing yet.
  std::optional<SignedCheckpoint> last;
};

/// Signs what goes on from the last, at that time in seconds from 1970, or says why not. Nothing is
/// kept: who calls writes `signed_checkpoint` down first.
WitnessAnswer answer(const Witness& witness, const WitnessRequest& request, std::uint64_t at);

/// The request that goes on from so many entries.
using RequestFrom = std::function<base::Result<WitnessRequest>(std::uint64_t old_size)>;

/// Where a witness keeps what they signed last of one ledger: that checkpoint, with their
/// signature.
struct WitnessState {
  std::string path;
  // That there is none yet is said, so that a name mistyped is no memory lost.
  bool is_first = false;
};

/// As answer(), with the last checkpoint from the file, where the new one is on the disk before
/// the answer comes back. Two at a time wait for each other. Fails with InvalidArgument where the
/// file is there and should not be, or the other way round, with Corrupt where it is not signed by
/// this witness, as `from` does, and with Timeout or Io.
base::Result<WitnessAnswer> answer_and_remember(Witness witness, const WitnessState& state,
                                                const RequestFrom& from, std::uint64_t at);

}  // namespace truce::ledger
