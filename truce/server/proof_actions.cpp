// SPDX-License-Identifier: Apache-2.0
// The ledger as anybody's client reads it, and proofs that what somebody can see is in it.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "truce/crypto/base64.h"
#include "truce/ledger/directory.h"
#include "truce/ledger/proof.h"
#include "truce/ledger/tiles.h"
#include "truce/server/internal/accounts.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"
#include "truce/workbench/files.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

bool is_of_mission(const Person& person) { return view_of(person) == "mission"; }

// Empty where there is no ledger.
std::string folder_of(const Context& context) {
  const ledger::Directory* const directory = context.workspace.journal().directory();
  return directory == nullptr ? std::string() : directory->path();
}

Response file_of(const std::string& path, std::string_view type) {
  auto bytes = workbench::read_file(path);
  if (!bytes) {
    return not_found();
  }
  return {.status = 200,
          .content_type = std::string(type),
          .headers = {},
          .body = std::move(bytes).value(),
          .stream = nullptr};
}

struct TileName {
  std::uint64_t index = 0;
  std::uint64_t width = ledger::kTileWidth;
};

// `x001/x234/067` or, of a tile that is not full, with `.p/W` behind. The name is made of the
// numbers again, so that no file is read but a tile.
std::optional<TileName> tile_of(std::string_view text) {
  TileName name;
  if (const std::size_t at = text.find(".p/"); at != std::string_view::npos) {
    const auto width = ledger::read_number(text.substr(at + 3));
    if (!width || *width == 0 || *width >= ledger::kTileWidth) {
      return std::nullopt;
    }
    name.width = *width;
    text = text.substr(0, at);
  }
  constexpr std::size_t kMostParts = 5;
  for (std::size_t part = 0; part < kMostParts; ++part) {
    const bool is_last = !text.starts_with('x');
    const std::string_view digits = text.substr(is_last ? 0 : 1, 3);
    if (digits.size() != 3 || digits.find_first_not_of("0123456789") != std::string_view::npos) {
      return std::nullopt;
    }
    for (const char digit : digits) {
      name.index = name.index * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    text.remove_prefix(is_last ? 3 : 4);
    if (is_last) {
      return text.empty() ? std::optional(name) : std::nullopt;
    }
    if (!text.starts_with('/')) {
      return std::nullopt;
    }
    text.remove_prefix(1);
  }
  return std::nullopt;
}

// Whether what the entry says may be shown to the person as it is.
bool may_open(const Contents& contents, const Entry& entry, const Person& person) {
  static constexpr std::array<std::string_view, 14> kShown = {
      "accounts", "revision",  "watch",   "finding",    "publication", "question",  "artefact",
      "notice",   "hindrance", "receipt", "disclosure", "witnesses",   "witnessed", "refused"};
  if (std::find(kShown.begin(), kShown.end(), entry.kind) == kShown.end() ||
      !is_shown(entry.audience, person)) {
    return false;
  }
  const auto flag = [&](const char* name) {
    const JsonValue* const member = entry.body.find(name);
    return member != nullptr && member->boolean();
  };
  if (is_of_mission(person)) {
    // A sealed file is fetched as a file, which is noted.
    return entry.kind != "artefact";
  }
  if (contents.publication.waits(entry.number)) {
    return false;
  }
  if (entry.kind == "revision") {
    return !flag("confidential");
  }
  if (entry.kind == "finding") {
    const JsonValue* const id = entry.body.find("id");
    const auto at = contents.dealings.findings().find(id == nullptr ? "" : id->text());
    return at != contents.dealings.findings().end() &&
           is_published(at->second, contents.publication);
  }
  return entry.kind != "disclosure";
}

// Where there is a ledger.
base::Result<JsonValue> proof_value(const Context& context, const Entry& entry,
                                    const Person& person) {
  const auto proof = ledger::prove(*context.workspace.journal().directory(),
                                   static_cast<std::uint64_t>(entry.number - 1));
  if (!proof) {
    return proof.error();
  }
  JsonValue value = JsonValue::object();
  value.set("number", entry.number);
  value.set("index", proof->index);
  value.set("kind", entry.kind);
  value.set("at", base::to_iso(entry.at, {}));
  value.set("entry", ledger_bytes(entry));
  value.set("proof", ledger::to_text(*proof));
  value.set("opened", opened_text(entry));
  if (is_of_mission(person) || entry.who == person.name) {
    value.set("who", entry.who);
    value.set("who_salt", split_salt(entry.salt).of_who);
  }
  return value;
}

// Of something that a side said in confidence to others it is noted that it was opened.
std::optional<Response> note_opening(Context& context, const Entry& entry, const Person& person) {
  const JsonValue* const desk = entry.body.find("desk");
  const bool is_foreign = entry.kind == "accounts" && is_sealed(entry.audience) &&
                          desk != nullptr && desk->text() != desk_of(person);
  return is_foreign ? note_read(context, person, fmt::format("entry {}", entry.number))
                    : std::nullopt;
}

}  // namespace

Response get_checkpoint(Context& context, const Call&) {
  const std::string folder = folder_of(context);
  return folder.empty() ? not_found()
                        : file_of(folder + "/checkpoint", "text/plain; charset=utf-8");
}

Response get_public_key(Context& context, const Call&) {
  const std::string folder = folder_of(context);
  return folder.empty() ? not_found() : file_of(folder + ".vkey", "text/plain; charset=utf-8");
}

Response get_hash_tile(Context& context, const Call& call) {
  constexpr std::uint64_t kHighestLevel = 7;
  const std::string folder = folder_of(context);
  const auto level = ledger::read_number(call.segment("level"));
  const auto tile = tile_of(call.segment("tile"));
  if (folder.empty() || !level || *level > kHighestLevel || !tile) {
    return not_found();
  }
  return file_of(
      fmt::format("{}/{}", folder,
                  ledger::tile_path(static_cast<unsigned>(*level), tile->index, tile->width)),
      "application/octet-stream");
}

Response get_entry_tile(Context& context, const Call& call) {
  const std::string folder = folder_of(context);
  const auto tile = tile_of(call.segment("tile"));
  return folder.empty() || !tile
             ? not_found()
             : file_of(fmt::format("{}/{}", folder, ledger::bundle_path(tile->index, tile->width)),
                       "application/octet-stream");
}

Response get_record_proof(Context& context, const Call& call) {
  const auto number = ledger::read_number(call.segment("entry"));
  if (folder_of(context).empty() || !number || *number == 0 || *number > 1ULL << 52U) {
    return not_found();
  }
  const auto entry = context.workspace.journal().find(static_cast<std::int64_t>(*number));
  const bool is_open = entry && context.workspace.read([&](const Contents& contents) {
    return may_open(contents, *entry, call.person);
  });
  if (!is_open) {
    return entry || entry.error().code == base::ErrorCode::NotFound ? not_found()
                                                                    : problem(entry.error());
  }
  if (auto refused = note_opening(context, *entry, call.person)) {
    return std::move(*refused);
  }
  const auto value = proof_value(context, *entry, call.person);
  return value ? json(*value) : problem(value.error());
}

Response list_record_proofs(Context& context, const Call& call) {
  const auto numbers = context.workspace.read([&](const Contents& contents) {
    std::vector<std::int64_t> found;
    const auto at = contents.record.incidents().find(call.segment("incident"));
    if (at != contents.record.incidents().end()) {
      for (const AccountRow& row : at->second) {
        if (is_shown(row.audience, call.person)) {
          found.push_back(row.entry);
        }
      }
    }
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  });
  if (folder_of(context).empty() || numbers.empty()) {
    return not_found();
  }
  JsonValue::Array proofs;
  for (const std::int64_t number : numbers) {
    const auto entry = context.workspace.journal().find(number);
    if (!entry) {
      return problem(entry.error());
    }
    if (auto refused = note_opening(context, *entry, call.person)) {
      return std::move(*refused);
    }
    auto value = proof_value(context, *entry, call.person);
    if (!value) {
      return problem(value.error());
    }
    proofs.push_back(std::move(value).value());
  }
  JsonValue value = JsonValue::object();
  value.set("proofs", std::move(proofs));
  return json(value);
}

}  // namespace truce::server::internal
