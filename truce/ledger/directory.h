// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/ledger/checkpoint.h"
#include "truce/ledger/merkle.h"

namespace truce::ledger {

/// The files of a ledger, read as they stand. Nothing is believed of them: what they hold counts
/// only against a checkpoint that a known key signed. While another program appends, what belongs
/// to a checkpoint that was read stays readable.
class Directory {
 public:
  explicit Directory(std::string path);

  [[nodiscard]] const std::string& path() const { return path_; }

  /// The text of the file `checkpoint`. Fails with NotFound or Io.
  [[nodiscard]] base::Result<std::string> checkpoint() const;
  /// What that says and who signed it. Fails as checkpoint(), and with Corrupt, naming the file.
  [[nodiscard]] base::Result<SignedCheckpoint> signed_checkpoint() const;
  /// The first `width` hashes of a tile. Fails with NotFound, Io, or Corrupt for another length.
  [[nodiscard]] base::Result<std::vector<Hash>> tile(unsigned level, std::uint64_t index,
                                                     std::uint64_t width) const;
  /// The bytes of a bundle with `width` entries; of a fuller one only as many. Fails as tile().
  [[nodiscard]] base::Result<std::string> bundle(std::uint64_t index, std::uint64_t width) const;
  /// Entry `index` of a ledger with `size` entries. Fails as tile(), and with InvalidArgument
  /// where there is no such entry.
  [[nodiscard]] base::Result<std::string> entry(std::uint64_t index, std::uint64_t size) const;

  /// The hashes of a tree of `size` entries, from its tiles. A tile never changes: those read last
  /// are kept for all that is asked of this directory and its copies, from any thread.
  [[nodiscard]] NodeReader nodes(std::uint64_t size) const;

 private:
  class KeptTiles;

  std::string path_;
  std::shared_ptr<KeptTiles> kept_;
};

}  // namespace truce::ledger
