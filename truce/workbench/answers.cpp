// SPDX-License-Identifier: Apache-2.0
// A package is answered in secret: the answers show only together.
#include "truce/workbench/answers.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "truce/crypto/joint_secret.h"
#include "truce/crypto/seal.h"
#include "truce/crypto/sha256.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

Error about(const std::string& path, const Error& error) {
  return {error.code, fmt::format("{} {}", path, error.message)};
}

// The key of each who must sign, in order.
Result<std::vector<talks::NamedKey>> keys_of(const std::vector<std::string>& signatories,
                                             const std::vector<std::string>& paths) {
  const auto keys = read_public_keys(paths);
  if (!keys) {
    return keys.error();
  }
  std::vector<talks::NamedKey> ordered;
  for (const std::string& name : signatories) {
    const auto is_of = [&](const talks::NamedKey& key) { return key.name == name; };
    if (std::count_if(keys->begin(), keys->end(), is_of) != 1) {
      return Error{ErrorCode::InvalidArgument,
                   fmt::format("one public key of {} is needed; name it with --by", name)};
    }
    ordered.push_back(*std::find_if(keys->begin(), keys->end(), is_of));
  }
  return ordered;
}

// An offer with the hash of its file, as answers name it.
struct ReadOffer {
  talks::OfferFile file;
  std::string hash;
};

// The offer at `path`, which is of this text.
Result<ReadOffer> read_offer_of(const InstrumentRun& text, const std::string& path) {
  const auto bytes = read_file(path);
  if (!bytes) {
    return bytes.error();
  }
  const auto offer = talks::read_offer(*bytes);
  if (!offer) {
    return about(path, offer.error());
  }
  if (!text.refusal.empty() || offer->of != text.instrument.hash ||
      offer->sides != text.signatories.size()) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{} is an offer of another text than {}; compare the two", path,
                             text.file.path)};
  }
  return ReadOffer{*offer, crypto::sha256_hex(*bytes)};
}

// An answer and the number of the signatory who signed it.
Result<talks::AnswerFile> read_answer_of(const std::string& path,
                                         const talks::NamedSecret& mediator,
                                         const std::vector<talks::NamedKey>& keys,
                                         const ReadOffer& offer) {
  const auto sealed = read_file(path);
  if (!sealed) {
    return sealed.error();
  }
  const auto opened = crypto::open(*sealed, mediator.key);
  if (!opened) {
    return Error{opened.error().code,
                 fmt::format("cannot open {}: {}; ask for it again", path, opened.error().message)};
  }
  const auto answer = talks::read_answer(opened->content);
  if (!answer) {
    return about(path, answer.error());
  }
  if (answer->offer != offer.hash || answer->number > keys.size()) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{} answers another offer; ask for the right one", path)};
  }
  const talks::NamedKey& side = keys[answer->number - 1];
  if (opened->signed_by != side.key.verifies) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{} is not signed by {}, for whom it answers; ask {} for it", path,
                             side.name, side.name)};
  }
  return *answer;
}

struct NewFile {
  std::string path;
  std::string bytes;
};

Result<std::vector<NewFile>> offer_files(const OfferRun& run,
                                         const std::vector<talks::NamedKey>& keys,
                                         const std::string& stem) {
  const std::string& of = run.text.instrument.hash;
  const auto secret = crypto::make_joint_secret(talks::context_of(of), keys.size());
  if (!secret) {
    return secret.error();
  }
  std::vector<NewFile> files = {
      {stem + ".offer",
       talks::to_text(talks::OfferFile{.of = of, .sides = keys.size(), .check = secret->check})}};
  const std::string hash = crypto::sha256_hex(files.front().bytes);
  for (std::size_t side = 0; side < keys.size(); ++side) {
    const auto sealed = crypto::seal(
        talks::share_text({.offer = hash, .number = side + 1, .share = secret->shares[side]}),
        keys[side].key, nullptr);
    if (!sealed) {
      return sealed.error();
    }
    files.push_back({fmt::format("{}.offer-{}.sealed", stem, side + 1), *sealed});
  }
  return files;
}

}  // namespace

Result<OfferRun> make_offer(const std::string& text, const std::vector<std::string>& keys,
                            const std::string& folder) {
  auto read = read_instrument(text);
  if (!read) {
    return read.error();
  }
  OfferRun run{.text = std::move(read).value(), .written = {}};
  if (!run.text.refusal.empty()) {
    return run;
  }
  const auto ordered = keys_of(run.text.signatories, keys);
  if (!ordered) {
    return ordered.error();
  }
  if (const auto made = folder.empty() ? Result<void>() : make_folder(folder); !made) {
    return made.error();
  }
  const std::string stem =
      (std::filesystem::path(folder) / std::filesystem::path(text).stem()).string();
  const auto files = offer_files(run, *ordered, stem);
  if (!files) {
    return files.error();
  }
  for (const NewFile& file : *files) {
    if (file_exists(file.path)) {
      // Shares that were given out would no longer answer what is there.
      return Error{
          ErrorCode::InvalidArgument,
          fmt::format("{} is there already; name another folder with --output", file.path)};
    }
  }
  for (const NewFile& file : *files) {
    if (const auto written = write_file(file.path, file.bytes); !written) {
      return written.error();
    }
    run.written.push_back(file.path);
  }
  return run;
}

Result<void> answer_offer(const AnswerRequest& request) {
  const auto text = read_instrument(request.text);
  if (!text) {
    return text.error();
  }
  const auto offer = read_offer_of(*text, request.offer);
  if (!offer) {
    return offer.error();
  }
  const auto secret = read_secret_key(request.key);
  const auto to = read_public_keys({request.to});
  if (!secret || !to) {
    return secret ? to.error() : secret.error();
  }
  const auto sealed_share = read_file(request.share);
  if (!sealed_share) {
    return sealed_share.error();
  }
  const auto opened = crypto::open(*sealed_share, secret->key);
  if (!opened) {
    return Error{opened.error().code, fmt::format("cannot open {}: {}; ask who mediates for it",
                                                  request.share, opened.error().message)};
  }
  auto answer = talks::read_offer_share(opened->content);
  if (!answer) {
    return about(request.share, answer.error());
  }
  const std::size_t number = answer->number;
  if (answer->offer != offer->hash || number > text->signatories.size() ||
      text->signatories[number - 1] != secret->name) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{} is no share of {} in this offer; ask who mediates for it",
                             request.share, secret->name)};
  }
  if (!request.is_accepted) {
    const auto other = crypto::random_bytes();
    if (!other) {
      return other.error();
    }
    answer->share = *other;
  }
  const auto sealed = crypto::seal(talks::answer_text(*answer), to->front().key, &secret->key);
  if (!sealed) {
    return sealed.error();
  }
  const std::vector<std::string> read = {request.text, request.offer, request.share,
                                         request.key.path(), request.to};
  if (const auto apart = refuse_to_replace(request.output, read); !apart) {
    return apart.error();
  }
  return write_file(request.output, *sealed);
}

Result<AnswersRun> open_answers(const AnswersRequest& request) {
  auto text = read_instrument(request.text);
  if (!text) {
    return text.error();
  }
  AnswersRun run{.text = std::move(text).value(), .all_accept = false};
  const auto offer = read_offer_of(run.text, request.offer);
  if (!offer) {
    return offer.error();
  }
  const auto mediator = read_secret_key(request.key);
  if (!mediator) {
    return mediator.error();
  }
  const auto keys = keys_of(run.text.signatories, request.from);
  if (!keys) {
    return keys.error();
  }
  std::vector<std::optional<crypto::Bytes32>> given(keys->size());
  for (const std::string& path : request.answers) {
    const auto answer = read_answer_of(path, *mediator, *keys, *offer);
    if (!answer) {
      return answer.error();
    }
    if (given[answer->number - 1].has_value()) {
      return Error{ErrorCode::InvalidArgument,
                   fmt::format("{} is a second answer of {}; leave one out", path,
                               (*keys)[answer->number - 1].name)};
    }
    given[answer->number - 1] = answer->share;
  }
  std::vector<crypto::Bytes32> shares;
  for (std::size_t side = 0; side < given.size(); ++side) {
    if (!given[side].has_value()) {
      return Error{ErrorCode::InvalidArgument,
                   fmt::format("there is no answer of {}; ask for it", (*keys)[side].name)};
    }
    shares.push_back(*given[side]);
  }
  run.all_accept =
      crypto::are_all_shares(talks::context_of(offer->file.of), offer->file.check, shares);
  return run;
}

}  // namespace truce::workbench
