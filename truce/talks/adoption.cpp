// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/adoption.h"

#include <algorithm>

namespace truce::talks {
namespace {

// Null where there is none of that name, or more than one.
const NamedKey* key_of(const std::vector<NamedKey>& keys, const std::string& name) {
  const NamedKey* found = nullptr;
  for (const NamedKey& key : keys) {
    if (key.name == name) {
      if (found != nullptr && !(found->key == key.key)) {
        return nullptr;
      }
      found = &key;
    }
  }
  return found;
}

Signing::State state_of(const std::string& name, const std::string& of, const NamedKey* key,
                        const std::vector<SignatureFile>& signatures) {
  // The best that any signature of that name shows: one under an older text takes nothing away.
  Signing::State state = Signing::State::Missing;
  for (const SignatureFile& signature : signatures) {
    if (signature.name != name) {
      continue;
    }
    if (signature.of != of) {
      state = state == Signing::State::Missing ? Signing::State::OtherText : state;
    } else if (key == nullptr) {
      state = Signing::State::UnknownKey;
    } else if (signature.key == key->key.verifies) {
      return Signing::State::Signed;
    } else {
      state = Signing::State::OtherKey;
    }
  }
  return state;
}

}  // namespace

bool Adoption::is_adopted() const {
  return !signings.empty() &&
         std::all_of(signings.begin(), signings.end(), [](const Signing& signing) {
           return signing.state == Signing::State::Signed;
         });
}

Adoption adoption_of(const std::vector<std::string>& signatories, const std::string& of,
                     const std::vector<NamedKey>& keys,
                     const std::vector<SignatureFile>& signatures) {
  Adoption adoption;
  for (const std::string& name : signatories) {
    adoption.signings.push_back(
        {.name = name, .state = state_of(name, of, key_of(keys, name), signatures)});
  }
  for (const SignatureFile& signature : signatures) {
    if (std::find(signatories.begin(), signatories.end(), signature.name) == signatories.end()) {
      adoption.others.push_back(signature.name);
    }
  }
  return adoption;
}

}  // namespace truce::talks
