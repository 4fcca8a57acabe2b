// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/talks/key_files.h"

namespace truce::talks {

/// How it stands with one who must sign.
struct Signing {
  enum class State : std::uint8_t {
    Signed,
    // No signature of that name.
    Missing,
    // Signed, but another text.
    OtherText,
    // Signed this text, with a key that is not the one they are known by.
    OtherKey,
    // There is no public key of that name to check with.
    UnknownKey,
  };
  std::string name;
  State state = State::Missing;
};

/// Whether a text is adopted: whole, by all who must sign, on one hash, or not at all.
struct Adoption {
  // In order of the signatories.
  std::vector<Signing> signings;
  // Signatures of others, who need not sign, by name.
  std::vector<std::string> others;

  [[nodiscard]] bool is_adopted() const;
};

/// `keys`: by whom each signatory is known; of two keys of one name neither counts. `of`: the hash
/// of the instrument. The signatures were read and hold.
Adoption adoption_of(const std::vector<std::string>& signatories, const std::string& of,
                     const std::vector<NamedKey>& keys,
                     const std::vector<SignatureFile>& signatures);

}  // namespace truce::talks
