// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"

namespace truce::crypto {

/// Shares of a secret that nobody has alone, and what tells whether all of them are there. Nothing
/// tells whether a single one is right: in its place random bytes look the same.
struct JointSecret {
  std::vector<Bytes32> shares;
  Bytes32 check{};
};

/// `context`: what the secret is about; shares for one are nothing for another. Fails with
/// InvalidArgument unless 2 to 255 shares are asked for, with Unsupported where the system gives no
/// random bytes.
base::Result<JointSecret> make_joint_secret(std::string_view context, std::size_t shares);

/// Whether these are all the shares, in whatever order.
bool are_all_shares(std::string_view context, const Bytes32& check,
                    const std::vector<Bytes32>& shares);

/// Random bytes. Fails with Unsupported where the system gives none.
base::Result<Bytes32> random_bytes();

}  // namespace truce::crypto
