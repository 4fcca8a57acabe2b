// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/check.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "truce/ledger/entry.h"
#include "truce/ledger/internal/files.h"
#include "truce/ledger/tiles.h"

namespace truce::ledger {
namespace {

namespace fs = std::filesystem;

class Checker {
 public:
  Checker(const Directory& directory, LedgerCheck& result)
      : directory_(directory), result_(&result) {}

  // Whether every file of the tree is what it must be.
  bool check_tree(const TreeHead& tree);

  void add(std::string problem) {
    if (result_->problems.size() < kMostProblems) {
      result_->problems.push_back(std::move(problem));
    }
  }

 private:
  [[nodiscard]] bool is_there(const std::string& path) const {
    std::error_code failure;
    return fs::exists(directory_.path() + '/' + path, failure);
  }
  // The bytes of a file of the ledger; empty, and a problem, where it cannot be read. Where others
  // append meanwhile, a full one may have taken its place: then what `in_full` reads of that.
  template <typename InFull>
  std::optional<std::string> read(const std::string& path, const InFull& in_full);
  // The hashes of the entries of a bundle; empty, and a problem, where they cannot be read.
  std::optional<std::vector<Hash>> leaves_of(std::uint64_t index, std::uint64_t width);
  void check_tile(unsigned level, std::uint64_t index, const std::vector<Hash>& hashes);
  // Narrower tiles and bundles, for checkpoints before: they must be what the tile begins with.
  void check_narrower(const std::string& full_path, std::string_view bytes, std::uint64_t width);
  // What the level above holds of the hashes of one level.
  std::vector<Hash> check_level(unsigned level, const std::vector<Hash>& hashes);

  Directory directory_;
  LedgerCheck* result_;
};

template <typename InFull>
std::optional<std::string> Checker::read(const std::string& path, const InFull& in_full) {
  // It is read before the full one is looked for, which is there before this one goes.
  auto bytes = internal::read_file(directory_.path() + '/' + path);
  const std::size_t ending = path.rfind(".p/");
  if (!bytes && bytes.error().code == base::ErrorCode::NotFound && ending != std::string::npos &&
      is_there(path.substr(0, ending))) {
    if (auto full = in_full()) {
      return std::move(full).value();
    }
  }
  if (!bytes) {
    add(bytes.error().code == base::ErrorCode::NotFound ? fmt::format("{} is missing", path)
                                                        : bytes.error().message);
    return std::nullopt;
  }
  return std::move(bytes).value();
}

std::optional<std::vector<Hash>> Checker::leaves_of(std::uint64_t index, std::uint64_t width) {
  const std::string path = bundle_path(index, width);
  const auto bytes = read(path, [&] { return directory_.bundle(index, width); });
  if (!bytes) {
    return std::nullopt;
  }
  const auto entries = read_bundle(*bytes, width);
  if (!entries) {
    add(fmt::format("{} {}", path, entries.error().message));
    return std::nullopt;
  }
  std::vector<Hash> leaves;
  leaves.reserve(entries->size());
  for (const std::string_view entry : *entries) {
    const std::uint64_t number = index * kTileWidth + leaves.size();
    if (const auto may = may_stand_at(entry, number); !may) {
      add(fmt::format("entry {} {}", number, may.error().message));
    }
    leaves.push_back(leaf_hash(entry));
  }
  check_narrower(bundle_path(index, kTileWidth), *bytes, width);
  return leaves;
}

void Checker::check_narrower(const std::string& full_path, std::string_view bytes,
                             std::uint64_t width) {
  const bool is_bundle = full_path.starts_with("tile/entries/");
  const fs::path folder = directory_.path() + '/' + full_path + ".p";
  std::error_code failure;
  std::vector<std::uint64_t> widths;
  for (const auto& file : fs::directory_iterator(folder, failure)) {
    // Those that are wider were left by an interrupted append.
    const auto narrower = read_number(file.path().filename().string());
    if (narrower && *narrower > 0 && *narrower < width) {
      widths.push_back(*narrower);
    }
  }
  std::sort(widths.begin(), widths.end());
  for (const std::uint64_t narrower : widths) {
    const std::string path = fmt::format("{}.p/{}", full_path, narrower);
    const auto held = internal::read_file(directory_.path() + '/' + path);
    if (!held && held.error().code != base::ErrorCode::NotFound) {
      add(held.error().message);
    }
    // One that is gone by now was superseded.
    const bool fits = held && bytes.starts_with(*held) &&
                      (is_bundle ? read_bundle(*held, narrower).has_value()
                                 : held->size() == narrower * sizeof(Hash));
    if (held && !fits) {
      add(fmt::format("{} is not what the file of {} begins with", path, width));
    }
  }
}

void Checker::check_tile(unsigned level, std::uint64_t index, const std::vector<Hash>& hashes) {
  const std::string path = tile_path(level, index, hashes.size());
  const auto bytes = read(path, [&]() -> base::Result<std::string> {
    const auto full = directory_.tile(level, index, hashes.size());
    return full ? base::Result<std::string>(tile_bytes(*full)) : full.error();
  });
  if (!bytes) {
    return;
  }
  if (*bytes != tile_bytes(hashes)) {
    const auto held =
        level == 0 ? read_tile(*bytes, hashes.size()) : base::Error{base::ErrorCode::Corrupt, ""};
    if (!held) {
      add(fmt::format("{} does not hold the hashes of what lies below it", path));
      return;
    }
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if ((*held)[i] != hashes[i]) {
        add(fmt::format("entry {} is not the one whose hash {} holds", index * kTileWidth + i,
                        path));
      }
    }
    return;
  }
  check_narrower(tile_path(level, index, kTileWidth), *bytes, hashes.size());
}

std::vector<Hash> Checker::check_level(unsigned level, const std::vector<Hash>& hashes) {
  std::vector<Hash> above;
  for (std::size_t first = 0; first < hashes.size(); first += kTileWidth) {
    const std::size_t end = std::min<std::size_t>(hashes.size(), first + kTileWidth);
    const std::vector<Hash> tile(hashes.begin() + static_cast<std::ptrdiff_t>(first),
                                 hashes.begin() + static_cast<std::ptrdiff_t>(end));
    check_tile(level, first / kTileWidth, tile);
    if (tile.size() == kTileWidth) {
      above.push_back(hash_of_full(tile));
    }
  }
  return above;
}

bool Checker::check_tree(const TreeHead& tree) {
  const std::size_t before = result_->problems.size();
  Edge edge;
  std::vector<Hash> above;
  bool is_read = true;
  for (std::uint64_t index = 0; index * kTileWidth < tree.size; ++index) {
    const auto leaves = leaves_of(index, width_of(0, index, tree.size));
    if (!leaves) {
      // What cannot be read has no hash; the others are looked at all the same.
      is_read = false;
      if (result_->problems.size() >= kMostProblems) {
        return false;
      }
      continue;
    }
    check_tile(0, index, *leaves);
    for (const Hash& leaf : *leaves) {
      edge.add(leaf);
    }
    if (leaves->size() == kTileWidth) {
      above.push_back(hash_of_full(*leaves));
    }
  }
  if (!is_read) {
    return false;
  }
  for (unsigned level = 1; !above.empty(); ++level) {
    above = check_level(level, above);
  }
  if (edge.root() != tree.root) {
    add("the entries do not give the root of the checkpoint");
  }
  return result_->problems.size() == before;
}

// How the ledger stands to a checkpoint that was kept; empty where it goes on from it.
std::string against(const KnownCheckpoint& known, const Checkpoint& now, bool is_whole,
                    const CheckRequest& request, const Directory& directory) {
  const auto kept =
      request.key ? read_checkpoint_of(known.text, *request.key) : read_checkpoint(known.text);
  if (!kept) {
    return fmt::format("{} {}", known.name, kept.error().message);
  }
  const Checkpoint& then = kept->checkpoint;
  if (then.origin != now.origin) {
    return fmt::format("{} is of the ledger {}, and this is {}", known.name, then.origin,
                       now.origin);
  }
  if (then.tree.size > now.tree.size) {
    return fmt::format("it was rolled back: it had {} entries in {}, and has {}", then.tree.size,
                       known.name, now.tree.size);
  }
  if (!is_whole) {
    return then.tree.size == now.tree.size && then.tree.root != now.tree.root
               ? fmt::format("it is a fork: {} gives another root for {} entries", known.name,
                             then.tree.size)
               : "";
  }
  const auto root = root_of(directory.nodes(now.tree.size), then.tree.size);
  if (!root) {
    return root.error().message;
  }
  return *root == then.tree.root
             ? ""
             : fmt::format("it is a fork: its first {} entries are not those of {}", then.tree.size,
                           known.name);
}

}  // namespace

base::Result<LedgerCheck> check_ledger(const Directory& directory, const CheckRequest& request) {
  std::error_code failure;
  if (!fs::is_directory(directory.path(), failure)) {
    return base::Error{
        base::ErrorCode::NotFound,
        fmt::format("cannot read {}: there is no such folder; check the name", directory.path())};
  }
  LedgerCheck result;
  Checker checker(directory, result);
  const auto text = directory.checkpoint();
  if (!text) {
    checker.add(text.error().code == base::ErrorCode::NotFound ? "checkpoint is missing"
                                                               : text.error().message);
    return result;
  }
  const auto read = read_checkpoint(*text);
  if (!read) {
    checker.add(fmt::format("checkpoint {}", read.error().message));
    return result;
  }
  result.checkpoint = read->checkpoint;
  if (request.key) {
    if (const auto own = read_checkpoint_of(*text, *request.key); !own) {
      checker.add(fmt::format("checkpoint {}", own.error().message));
    }
  }
  const bool is_whole = checker.check_tree(read->checkpoint.tree);
  for (const KnownCheckpoint& known : request.known) {
    std::string problem = against(known, read->checkpoint, is_whole, request, directory);
    if (!problem.empty()) {
      checker.add(std::move(problem));
    }
  }
  return result;
}

}  // namespace truce::ledger
