// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"

namespace truce::ledger {

/// The line that an entry with a kind begins with.
constexpr std::string_view kEntryLine = "truce-entry/1\n";

/// Bytes that stand elsewhere, by their hash.
struct Content {
  std::string sha256_hex;
  std::uint64_t size = 0;

  friend bool operator==(const Content&, const Content&) = default;
};

/// An entry that says what it is, in the form of docs/formats/ledger.md.
struct Entry {
  // One of entry_kinds().
  std::string kind;
  base::Instant at;
  // The index of an earlier entry that this one corrects.
  std::optional<std::uint64_t> corrects;
  // Where the content stands elsewhere; then `content` is empty.
  std::optional<Content> elsewhere;
  std::string content;

  friend bool operator==(const Entry&, const Entry&) = default;
};

/// The kinds there are, in the order of the documentation.
const std::vector<std::string>& entry_kinds();
bool is_entry_kind(std::string_view kind);

std::string to_bytes(const Entry& entry);
/// Fails with Corrupt for anything but what to_bytes() makes; the message is the end of a sentence
/// that names the entry.
base::Result<Entry> read_entry(std::string_view bytes);

/// Whether the bytes may stand at `index`: any that do not begin with kEntryLine, and an entry that
/// corrects an earlier one or none. Fails with InvalidArgument; the message is the end of a
/// sentence.
base::Result<void> may_stand_at(std::string_view bytes, std::uint64_t index);

}  // namespace truce::ledger
