// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"

namespace truce::crypto {

/// What was in a sealed file, and whose it is where it says so.
struct Opened {
  std::string content;
  // Who sealed it: an Ed25519 key. Empty where nobody signed.
  std::optional<Bytes32> signed_by;
};

/// Bytes that only the holder of `to` can open, in the form of docs/formats/sealed.md. `from`, if
/// not null, signs what is inside for this one recipient: whom it is from is seen only by who
/// opens it. The length is that of the content, made up to 4096 bytes or the next power of two.
/// Fails with Unsupported where the system gives no random bytes, with InvalidArgument for a key
/// that nothing can be sealed to.
base::Result<std::string> seal(std::string_view content, const PublicKey& to,
                               const SecretKey* from);

/// Opens what seal() made. Fails with Corrupt for anything else, down to one changed bit, and with
/// InvalidArgument where it was sealed to another key.
base::Result<Opened> open(std::string_view sealed, const SecretKey& key);

}  // namespace truce::crypto
