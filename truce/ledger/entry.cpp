// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/entry.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/ledger/checkpoint.h"

namespace truce::ledger {
namespace {

base::Error corrupt(std::string_view what) {
  return {base::ErrorCode::Corrupt, fmt::format("begins as truce-entry/1 and is none: {}", what)};
}

bool is_sha256_hex(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The value of the field `name` on the next line, which is taken; empty where it is another.
std::optional<std::string_view> take_field(std::string_view& text, std::string_view name) {
  const std::string before = fmt::format("{}: ", name);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(before) || end < before.size()) {
    return std::nullopt;
  }
  const std::string_view value = text.substr(before.size(), end - before.size());
  text.remove_prefix(end + 1);
  return value;
}

// `SHA256 SIZE`.
std::optional<Content> read_content(std::string_view text) {
  const std::size_t space = std::min(text.find(' '), text.size());
  const auto size = read_number(text.substr(std::min(space + 1, text.size())));
  if (!size || !is_sha256_hex(text.substr(0, space))) {
    return std::nullopt;
  }
  return Content{.sha256_hex = std::string(text.substr(0, space)), .size = *size};
}

}  // namespace

const std::vector<std::string>& entry_kinds() {
  static const std::vector<std::string> kKinds = {
      "agreement", "position",     "account", "incident", "finding", "verdicts", "signature",
      "refusal",   "announcement", "notice",  "receipt",  "reading", "note"};
  return kKinds;
}

bool is_entry_kind(std::string_view kind) {
  const auto& kinds = entry_kinds();
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::string to_bytes(const Entry& entry) {
  std::string bytes =
      fmt::format("{}kind: {}\nat: {}\n", kEntryLine, entry.kind, base::to_iso(entry.at, {}));
  if (entry.corrects) {
    bytes += fmt::format("corrects: {}\n", *entry.corrects);
  }
  if (entry.elsewhere) {
    bytes += fmt::format("elsewhere: {} {}\n", entry.elsewhere->sha256_hex, entry.elsewhere->size);
  }
  return bytes + '\n' + entry.content;
}

base::Result<Entry> read_entry(std::string_view bytes) {
  std::string_view left = bytes;
  if (!left.starts_with(kEntryLine)) {
    return corrupt("its first line is another");
  }
  left.remove_prefix(kEntryLine.size());
  Entry entry;
  const auto kind = take_field(left, "kind");
  if (!kind || !is_entry_kind(*kind)) {
    return corrupt(fmt::format("its kind is none of {}", fmt::join(entry_kinds(), ", ")));
  }
  entry.kind = std::string(*kind);
  const auto at = take_field(left, "at");
  const auto instant = at ? base::parse_instant(*at, {}) : std::nullopt;
  if (!instant || base::to_iso(instant->at, {}) != *at) {
    return corrupt("its time is not written as 2016-09-12T16:00:00Z");
  }
  entry.at = instant->at;
  if (const auto corrects = take_field(left, "corrects")) {
    entry.corrects = read_number(*corrects);
    if (!entry.corrects) {
      return corrupt("what it corrects is no index of an entry");
    }
  }
  if (const auto elsewhere = take_field(left, "elsewhere")) {
    entry.elsewhere = read_content(*elsewhere);
    if (!entry.elsewhere) {
      return corrupt("what stands elsewhere is not given by its SHA-256 and its length");
    }
  }
  if (!left.starts_with('\n')) {
    return corrupt("no empty line stands above its content");
  }
  entry.content = std::string(left.substr(1));
  if (entry.elsewhere && !entry.content.empty()) {
    return corrupt("its content stands both here and elsewhere");
  }
  return entry;
}

base::Result<void> may_stand_at(std::string_view bytes, std::uint64_t index) {
  if (!bytes.starts_with(kEntryLine)) {
    return {};
  }
  const auto entry = read_entry(bytes);
  if (!entry) {
    return base::Error{base::ErrorCode::InvalidArgument, entry.error().message};
  }
  if (entry->corrects && *entry->corrects >= index) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("corrects entry {}, which does not stand before it", *entry->corrects)};
  }
  return {};
}

}  // namespace truce::ledger
