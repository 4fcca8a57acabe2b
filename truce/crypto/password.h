// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/base/result.h"

namespace truce::crypto {

/// What it takes to try one password: passes over so many bytes of memory.
struct PasswordCost {
  std::uint64_t passes = 2;
  std::size_t memory_bytes = std::size_t{64} << 20U;
};

/// What is kept instead of a password: Argon2id with a salt of its own, and the cost in it. Fails
/// with Unsupported where there is not enough memory or no random bytes.
base::Result<std::string> hash_password(std::string_view password, const PasswordCost& cost);

/// Whether `kept` was made of that password. Takes as long as making it did.
bool is_password(const std::string& kept, std::string_view password);

/// 64 hexadecimal digits that nobody can guess. Fails with Unsupported where the system gives no
/// random bytes.
base::Result<std::string> random_token();

/// Whether both are the same, in a time that does not depend on where they differ.
bool is_same_secret(std::string_view one, std::string_view other);

}  // namespace truce::crypto
