// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/proof.h"

#include <fmt/format.h>

#include "truce/crypto/base64.h"

namespace truce::ledger {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
// A tree of 2^63 entries has no longer path.
constexpr std::size_t kLongestPath = 63;

base::Error corrupt(std::string_view what) {
  return {base::ErrorCode::Corrupt, fmt::format("is no proof of an entry: {}", what)};
}

// The next line without its end, which it must have.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string to_text(const Proof& proof) {
  std::string text = fmt::format("{}\nindex {}\n", kFirstLine, proof.index);
  for (const Hash& hash : proof.path) {
    text += crypto::to_base64(hash) + '\n';
  }
  return text + '\n' + to_text(proof.checkpoint.note);
}

base::Result<Proof> read_proof(std::string_view text) {
  if (take_line(text) != kFirstLine) {
    return corrupt(fmt::format("its first line is not {}", kFirstLine));
  }
  auto line = take_line(text);
  if (line && line->starts_with("extra ")) {
    if (!crypto::bytes_of_base64(line->substr(6))) {
      return corrupt("its line `extra` is no base64");
    }
    line = take_line(text);
  }
  const auto index =
      line && line->starts_with("index ") ? read_number(line->substr(6)) : std::nullopt;
  if (!index) {
    return corrupt("no line gives the index of the entry");
  }
  Proof proof{.index = *index, .path = {}, .checkpoint = {}};
  for (line = take_line(text); line && !line->empty(); line = take_line(text)) {
    const auto hash = crypto::from_base64<32>(*line);
    if (!hash || proof.path.size() == kLongestPath) {
      return corrupt("a line below the index is no hash, or there are too many");
    }
    proof.path.push_back(*hash);
  }
  auto checkpoint = line ? read_checkpoint(text) : corrupt("no empty line follows its hashes");
  if (!checkpoint) {
    return line ? corrupt(fmt::format("what follows its hashes {}", checkpoint.error().message))
                : checkpoint.error();
  }
  proof.checkpoint = std::move(checkpoint).value();
  return proof;
}

base::Result<Proof> prove(const Directory& directory, std::uint64_t index) {
  auto checkpoint = directory.signed_checkpoint();
  if (!checkpoint) {
    return checkpoint.error();
  }
  const TreeHead& tree = checkpoint->checkpoint.tree;
  if (index >= tree.size) {
    const auto none = directory.entry(index, tree.size);
    return none.error();
  }
  const NodeReader nodes = directory.nodes(tree.size);
  const auto leaf = nodes(0, index);
  auto path = leaf ? inclusion_path(nodes, index, tree.size) : leaf.error();
  if (!path) {
    return path.error();
  }
  if (!is_included(*leaf, index, *path, tree)) {
    return base::Error{base::ErrorCode::Corrupt,
                       fmt::format("the hashes of {} do not give the root of its checkpoint; run "
                                   "truce ledger verify",
                                   directory.path())};
  }
  return Proof{
      .index = index, .path = std::move(path).value(), .checkpoint = std::move(checkpoint).value()};
}

base::Result<void> check_proof(const Proof& proof, std::string_view entry, const NoteKey& key) {
  const auto own = read_checkpoint_of(to_text(proof.checkpoint.note), key);
  if (!own) {
    return base::Error{own.error().code, fmt::format("its checkpoint {}", own.error().message)};
  }
  if (!is_included(leaf_hash(entry), proof.index, proof.path, own->checkpoint.tree)) {
    return base::Error{base::ErrorCode::Corrupt,
                       fmt::format("these bytes are not entry {} of that checkpoint", proof.index)};
  }
  return {};
}

}  // namespace truce::ledger
