// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/ledger.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <future>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "truce/base/check.h"
#include "truce/ledger/directory.h"
#include "truce/ledger/entry.h"
#include "truce/ledger/internal/files.h"
#include "truce/ledger/tiles.h"

namespace truce::ledger {
namespace {

namespace fs = std::filesystem;

// Entries of one checkpoint have so many bytes at most, and one append more.
constexpr std::size_t kLargestBatch = 16U << 20U;

// No tree of 2^63 entries has more.
constexpr unsigned kLevels = 8;

struct Job {
  std::vector<std::string> entries;
  AppendDone done;
};

// What is written and what it takes the place of, in this order.
struct Files {
  std::vector<std::pair<std::string, std::string>> written;
  std::vector<std::string> superseded;
};

// What is needed of a ledger to go on: the tiles and the bundle that are not full.
class Growth {
 public:
  // Fails with Corrupt where the files do not have the tree.
  static base::Result<Growth> read(const Directory& directory, const TreeHead& tree);

  Hash add(std::string_view entry, Files& files);
  void write_partial(Files& files);
  [[nodiscard]] TreeHead tree() const { return {.size = edge_.size(), .root = edge_.root()}; }

 private:
  void push(unsigned level, const Hash& hash, Files& files);
  // How many hashes the tiles of that level hold, without those of this add.
  [[nodiscard]] std::uint64_t tile_index(unsigned level) const {
    return hashes_at(level, edge_.size()) / kTileWidth;
  }

  Edge edge_;
  std::string bundle_;
  std::vector<std::vector<Hash>> tiles_;
  std::set<unsigned> changed_;
};

Hash Growth::add(std::string_view entry, Files& files) {
  const Hash leaf = leaf_hash(entry);
  append_entry(bundle_, entry);
  edge_.add(leaf);
  push(0, leaf, files);
  return leaf;
}

// The tree has grown already, so a tile that is full lies before the next one.
void Growth::push(unsigned level, const Hash& hash, Files& files) {
  if (tiles_.size() <= level) {
    tiles_.emplace_back();
  }
  tiles_[level].push_back(hash);
  changed_.insert(level);
  if (tiles_[level].size() < kTileWidth) {
    return;
  }
  const std::uint64_t index = tile_index(level) - 1;
  if (level == 0) {
    files.written.emplace_back(bundle_path(index, kTileWidth), std::move(bundle_));
    files.superseded.push_back(bundle_path(index, kTileWidth));
    bundle_.clear();
  }
  files.written.emplace_back(tile_path(level, index, kTileWidth), tile_bytes(tiles_[level]));
  files.superseded.push_back(tile_path(level, index, kTileWidth));
  const Hash above = hash_of_full(tiles_[level]);
  tiles_[level].clear();
  push(level + 1, above, files);
}

void Growth::write_partial(Files& files) {
  for (const unsigned level : changed_) {
    const std::size_t width = tiles_[level].size();
    if (width == 0) {
      continue;
    }
    if (level == 0) {
      files.written.emplace_back(bundle_path(tile_index(0), width), bundle_);
    }
    files.written.emplace_back(tile_path(level, tile_index(level), width),
                               tile_bytes(tiles_[level]));
  }
  changed_.clear();
}

base::Result<Growth> Growth::read(const Directory& directory, const TreeHead& tree) {
  const base::Error damaged{
      base::ErrorCode::Corrupt,
      fmt::format("cannot go on with {}: its files do not fit its checkpoint; see truce ledger "
                  "verify, and put a backup in its place",
                  directory.path())};
  Growth growth;
  for (unsigned level = 0; hashes_at(level, tree.size) > 0; ++level) {
    const std::uint64_t index = hashes_at(level, tree.size) / kTileWidth;
    const std::uint64_t width = width_of(level, index, tree.size);
    auto tile = width == 0 ? base::Result<std::vector<Hash>>(std::vector<Hash>())
                           : directory.tile(level, index, width);
    if (!tile) {
      return damaged;
    }
    growth.tiles_.push_back(std::move(tile).value());
  }
  const auto edge = Edge::read(directory.nodes(tree.size), tree.size);
  if (!edge || edge->root() != tree.root) {
    return damaged;
  }
  growth.edge_ = *edge;
  const std::uint64_t width = tree.size % kTileWidth;
  if (width != 0) {
    auto bundle = directory.bundle(tree.size / kTileWidth, width);
    const auto entries = bundle ? read_bundle(*bundle, width) : bundle.error();
    const bool fits =
        entries && std::equal(entries->begin(), entries->end(), growth.tiles_.front().begin(),
                              [](std::string_view entry, const Hash& leaf) {
                                return leaf_hash(entry) == leaf;
                              });
    if (!fits) {
      return damaged;
    }
    growth.bundle_ = std::move(bundle).value();
  }
  return growth;
}

// The path of a tile or a bundle, as tile_path() and bundle_path() give them.
using PathOf = std::function<std::string(std::uint64_t index, std::uint64_t width)>;

// What is there beyond the `hashes` that the checkpoint covers, which an interrupted append left:
// the last one first, so that what is left by a stop in between is found again.
std::vector<fs::path> leftovers_of(const std::string& path, const PathOf& path_of,
                                   std::uint64_t hashes) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (std::uint64_t index = hashes / kTileWidth;; ++index) {
    const fs::path full = path + '/' + path_of(index, kTileWidth);
    const std::uint64_t kept = index == hashes / kTileWidth ? hashes % kTileWidth : 0;
    bool is_there = fs::exists(full, ignored);
    if (is_there) {
      found.push_back(full);
    }
    for (const auto& file : fs::directory_iterator(full.string() + ".p", ignored)) {
      const auto width = read_number(file.path().filename().string());
      if (width && *width > kept) {
        found.push_back(file.path());
        is_there = true;
      }
    }
    if (!is_there) {
      std::reverse(found.begin(), found.end());
      return found;
    }
  }
}

// What an append that was interrupted after its checkpoint did not take away any more. It is
// right, only not needed, so nothing is said where it cannot be removed.
void remove_superseded(const std::string& path, const PathOf& path_of, std::uint64_t hashes) {
  std::error_code ignored;
  if (hashes >= kTileWidth) {
    fs::remove_all(fmt::format("{}/{}.p", path, path_of(hashes / kTileWidth - 1, kTileWidth)),
                   ignored);
  }
}

// After this the files are those of the checkpoint, and of checkpoints before it: what is written
// next meets nothing that it does not know. Fails with Io.
base::Result<void> remove_leftovers(const std::string& path, std::uint64_t size) {
  std::error_code failure;
  fs::remove(fmt::format("{}/{}", path, internal::kTemporary), failure);
  const auto clean = [&](const PathOf& path_of, std::uint64_t hashes) -> base::Result<void> {
    for (const fs::path& file : leftovers_of(path, path_of, hashes)) {
      if (!fs::remove(file, failure)) {
        return base::Error{base::ErrorCode::Io,
                           fmt::format("cannot remove {}, which an interrupted append left: {}; "
                                       "check the permissions",
                                       file.string(), failure.message())};
      }
      if (const auto synced = internal::sync_folder(file.parent_path().string()); !synced) {
        return synced.error();
      }
    }
    remove_superseded(path, path_of, hashes);
    return {};
  };
  if (auto cleaned = clean(bundle_path, size); !cleaned) {
    return cleaned;
  }
  // Also levels that only an interrupted append has begun.
  for (unsigned level = 0; level < kLevels; ++level) {
    const PathOf path_of = [level](std::uint64_t index, std::uint64_t width) {
      return tile_path(level, index, width);
    };
    if (auto cleaned = clean(path_of, hashes_at(level, size)); !cleaned) {
      return cleaned;
    }
  }
  return {};
}

std::string signed_checkpoint(const std::string& origin, const TreeHead& tree,
                              const crypto::SecretKey& key) {
  const std::string text = to_text(Checkpoint{.origin = origin, .tree = tree, .extensions = {}});
  return to_text(Note{.text = text, .signatures = {sign_note(key, origin, text)}});
}

NoteKey note_key(const std::string& origin, const crypto::SecretKey& key) {
  return {.name = origin, .type = KeyType::Note, .verifies = key.public_key().verifies};
}

base::Result<void> check_entries(const std::vector<std::string>& entries) {
  TRUCE_CHECK(!entries.empty(), "an append has an entry");
  for (const std::string& entry : entries) {
    if (entry.size() > kLargestEntry) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("an entry of {} bytes is too long: it may have {}; record its "
                                     "hash instead, with --digest",
                                     entry.size(), kLargestEntry)};
    }
  }
  return {};
}

}  // namespace

struct Ledger::State {
  State(std::string path_of, internal::Lock lock_of, crypto::SecretKey key_of)
      : path(std::move(path_of)), lock(std::move(lock_of)), key(std::move(key_of)) {}

  std::string path;
  internal::Lock lock;
  crypto::SecretKey key;
  std::string origin;
  // Of the writer's thread alone.
  Growth growth;

  mutable std::mutex mutex;
  std::condition_variable has_work;
  std::deque<Job> jobs;
  bool is_closing = false;
  std::string refusal;
  TreeHead tree;
  std::thread thread;

  void put(Job job) {
    const std::lock_guard held(mutex);
    jobs.push_back(std::move(job));
    has_work.notify_one();
  }

  // All that wait, once there are any; none when the ledger is closed.
  std::vector<Job> next_batch() {
    std::unique_lock held(mutex);
    has_work.wait(held, [&] { return is_closing || !jobs.empty(); });
    std::vector<Job> batch;
    for (std::size_t bytes = 0; !jobs.empty() && bytes < kLargestBatch;) {
      batch.push_back(std::move(jobs.front()));
      jobs.pop_front();
      for (const std::string& entry : batch.back().entries) {
        bytes += entry.size();
      }
    }
    return batch;
  }

  [[nodiscard]] std::string refused() const {
    const std::lock_guard held(mutex);
    return refusal;
  }

  base::Error refuse(const base::Error& error) {
    const std::lock_guard held(mutex);
    refusal = fmt::format("{} is read-only since a write failed ({})", path, error.message);
    return {base::ErrorCode::Io, refusal};
  }

  // Where the entries of a job come to stand, or why they do not.
  static base::Result<Appended> add(const Job& job, Growth& growth, Files& files) {
    Appended appended{.first = growth.tree().size, .leaves = {}, .tree = {}};
    for (std::size_t i = 0; i < job.entries.size(); ++i) {
      if (const auto may = may_stand_at(job.entries[i], appended.first + i); !may) {
        return base::Error{may.error().code, fmt::format("the entry {}", may.error().message)};
      }
    }
    for (const std::string& entry : job.entries) {
      appended.leaves.push_back(growth.add(entry, files));
    }
    return appended;
  }

  // The entries and their hashes first; they count only under a checkpoint, which comes last.
  base::Result<void> write(const Files& files, const TreeHead& next) const {
    internal::DurableWriter writer(path);
    for (const auto& [name, bytes] : files.written) {
      if (const auto written = writer.write(name, bytes); !written) {
        return written.error();
      }
    }
    if (const auto synced = writer.sync(); !synced) {
      return synced.error();
    }
    if (const auto written = writer.write("checkpoint", signed_checkpoint(origin, next, key));
        !written) {
      return written.error();
    }
    return writer.sync();
  }

  std::vector<base::Result<Appended>> commit(const std::vector<Job>& batch) {
    if (const std::string why = refused(); !why.empty()) {
      return {batch.size(), base::Error{base::ErrorCode::Io, why}};
    }
    Growth next = growth;
    Files files;
    std::vector<base::Result<Appended>> answers;
    answers.reserve(batch.size());
    for (const Job& job : batch) {
      answers.push_back(add(job, next, files));
    }
    next.write_partial(files);
    if (files.written.empty()) {
      return answers;
    }
    if (const auto written = write(files, next.tree()); !written) {
      return {batch.size(), refuse(written.error())};
    }
    for (auto& answer : answers) {
      if (answer) {
        answer->tree = next.tree();
      }
    }
    growth = std::move(next);
    {
      const std::lock_guard held(mutex);
      tree = growth.tree();
    }
    for (const std::string& full : files.superseded) {
      std::error_code ignored;
      fs::remove_all(fmt::format("{}/{}.p", path, full), ignored);
    }
    return answers;
  }

  void write_until_closed() {
    for (auto batch = next_batch(); !batch.empty(); batch = next_batch()) {
      auto answers = commit(batch);
      for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i].done(std::move(answers[i]));
      }
    }
  }
};

base::Result<void> Ledger::create(const std::string& path, const std::string& origin,
                                  const crypto::SecretKey& key) {
  if (!is_key_name(origin)) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("a ledger cannot be named {}: a name has no spaces and no plus, "
                                   "and at most 200 bytes; choose one with --origin",
                                   origin)};
  }
  std::error_code failure;
  if (fs::exists(path, failure) && !fs::is_empty(path, failure)) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is there already and holds something; name another", path)};
  }
  fs::create_directories(path, failure);
  if (failure) {
    return base::Error{base::ErrorCode::Io,
                       fmt::format("cannot make the folder {}: {}; check the name and the "
                                   "permissions",
                                   path, failure.message())};
  }
  internal::DurableWriter writer(path);
  const TreeHead empty{.size = 0, .root = empty_root()};
  if (const auto written = writer.write("checkpoint", signed_checkpoint(origin, empty, key));
      !written) {
    return written.error();
  }
  if (const auto synced = writer.sync(); !synced) {
    return synced.error();
  }
  const std::string parent = fs::absolute(path, failure).lexically_normal().parent_path().string();
  return internal::sync_folder(parent);
}

base::Result<Ledger> Ledger::open(const std::string& path, crypto::SecretKey key, int wait_ms) {
  auto lock = internal::Lock::take(path, wait_ms);
  if (!lock) {
    return lock.error();
  }
  const Directory directory(path);
  const auto read = directory.signed_checkpoint();
  if (!read) {
    return read.error();
  }
  const std::string& origin = read->checkpoint.origin;
  if (signed_by(read->note, note_key(origin, key)) != Signed::Yes) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("cannot write {}: this key did not sign its checkpoint; name "
                                   "the one that did with --key",
                                   path)};
  }
  auto growth = Growth::read(directory, read->checkpoint.tree);
  if (!growth) {
    return growth.error();
  }
  if (const auto cleaned = remove_leftovers(path, read->checkpoint.tree.size); !cleaned) {
    return cleaned.error();
  }
  auto state = std::make_unique<State>(path, std::move(lock).value(), std::move(key));
  state->origin = origin;
  state->tree = read->checkpoint.tree;
  state->growth = std::move(growth).value();
  state->thread = std::thread([own = state.get()] { own->write_until_closed(); });
  return Ledger(std::move(state));
}

Ledger::Ledger(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ledger::Ledger(Ledger&&) noexcept = default;

Ledger& Ledger::operator=(Ledger&& other) noexcept {
  // What it held is closed as other goes.
  std::swap(state_, other.state_);
  return *this;
}

Ledger::~Ledger() {
  if (state_ == nullptr) {
    return;
  }
  {
    const std::lock_guard held(state_->mutex);
    state_->is_closing = true;
    state_->has_work.notify_one();
  }
  state_->thread.join();
}

void Ledger::submit(std::vector<std::string> entries, AppendDone done) {
  if (const auto good = check_entries(entries); !good) {
    done(good.error());
    return;
  }
  state_->put({.entries = std::move(entries), .done = std::move(done)});
}

base::Result<Appended> Ledger::append(std::vector<std::string> entries) {
  std::promise<base::Result<Appended>> promise;
  auto answer = promise.get_future();
  submit(std::move(entries),
         [&promise](base::Result<Appended> result) { promise.set_value(std::move(result)); });
  return answer.get();
}

const std::string& Ledger::origin() const { return state_->origin; }

TreeHead Ledger::tree() const {
  const std::lock_guard held(state_->mutex);
  return state_->tree;
}

std::string Ledger::refusal() const { return state_->refused(); }

base::Result<SignedCheckpoint> add_signatures(const std::string& path,
                                              const std::vector<NoteSignature>& signatures,
                                              const std::vector<NoteKey>& keys) {
  const auto lock = internal::Lock::take(path, kLedgerWaitMs);
  if (!lock) {
    return lock.error();
  }
  const auto text = Directory(path).checkpoint();
  if (!text) {
    return text.error();
  }
  auto read = read_checkpoint(*text);
  if (!read) {
    return base::Error{read.error().code,
                       fmt::format("{}/checkpoint {}", path, read.error().message)};
  }
  for (const NoteSignature& signature : signatures) {
    const Note alone{.text = read->note.text, .signatures = {signature}};
    const bool is_good = std::any_of(keys.begin(), keys.end(), [&](const NoteKey& key) {
      return signed_by(alone, key) == Signed::Yes;
    });
    if (!is_good) {
      return base::Error{
          base::ErrorCode::InvalidArgument,
          fmt::format("the signature by {} is not of one of the keys given, or not of the "
                      "checkpoint of {} as it stands; ask for a new one",
                      signature.name, path)};
    }
    // A newer one of the same key takes the place of the one before.
    std::erase_if(read->note.signatures, [&](const NoteSignature& other) {
      return other.name == signature.name && other.id == signature.id;
    });
    read->note.signatures.push_back(signature);
  }
  internal::DurableWriter writer(path);
  if (const auto written = writer.write("checkpoint", to_text(read->note)); !written) {
    return written.error();
  }
  if (const auto synced = writer.sync(); !synced) {
    return synced.error();
  }
  return read;
}

}  // namespace truce::ledger
