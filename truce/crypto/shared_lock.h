// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"

namespace truce::crypto {

/// A text under a lock that takes every share to open.
struct Locked {
  std::string bytes;
  std::vector<Bytes32> shares;
};

/// Locks `content` with as many shares as there are to be: all of them open it, all but one say
/// nothing about it. The form is that of docs/formats/announcement.md. Fails with InvalidArgument
/// unless 2 to 255 shares are asked for, with Unsupported where the system gives no random bytes.
base::Result<Locked> lock(std::string_view content, std::size_t shares);

/// How many shares a locked text takes. Fails with Corrupt where it is none.
base::Result<std::size_t> shares_of(std::string_view locked);

/// Whether `share` is the one with that number, from 0, of this locked text.
bool is_share_of(std::string_view locked, std::size_t number, const Bytes32& share);

/// The text again, from all shares in their order. Fails with Corrupt for anything else than what
/// lock() made, with InvalidArgument where a share is missing or is another one.
base::Result<std::string> unlock(std::string_view locked, const std::vector<Bytes32>& shares);

}  // namespace truce::crypto
