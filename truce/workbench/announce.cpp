// SPDX-License-Identifier: Apache-2.0
// The joint announcement: its gate, its lock, its release.
#include <algorithm>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "truce/crypto/seal.h"
#include "truce/crypto/sha256.h"
#include "truce/crypto/shared_lock.h"
#include "truce/language/format.h"
#include "truce/workbench/analyse.h"
#include "truce/workbench/files.h"
#include "truce/workbench/table.h"

namespace truce::workbench {
namespace {

// `TR-D01 about 2.1, 2.2`, of each finding that nobody accepted; information is no hole.
std::vector<std::string> open_findings(const AnalysisRun& run) {
  std::vector<std::string> open;
  for (const analysis::Finding& finding : run.analysis.findings) {
    const analysis::CodeInfo& info = analysis::info(finding.code);
    if (finding.acceptance.has_value() || info.level == analysis::Level::Information) {
      continue;
    }
    std::vector<std::string> numbers;
    for (const agreement::ClauseId clause : finding.clauses) {
      numbers.push_back(run.file.agreement.clause(clause).number);
    }
    open.push_back(numbers.empty() ? std::string(info.id)
                                   : fmt::format("{} about {}", info.id, fmt::join(numbers, ", ")));
  }
  return open;
}

// For each signatory in order. The adoption has seen to it that each has one.
std::vector<talks::NamedKey> keys_in_order(const std::vector<std::string>& signatories,
                                           const std::vector<talks::NamedKey>& keys) {
  std::vector<talks::NamedKey> ordered;
  for (const std::string& name : signatories) {
    const auto key = std::find_if(keys.begin(), keys.end(),
                                  [&](const talks::NamedKey& one) { return one.name == name; });
    if (key != keys.end()) {
      ordered.push_back(*key);
    }
  }
  return ordered;
}

struct NewFile {
  std::string path;
  std::string bytes;
};

base::Result<std::vector<NewFile>> locked_files(const std::string& message,
                                                const std::vector<talks::NamedKey>& owners,
                                                const std::string& folder) {
  const auto locked = crypto::lock(message, owners.size());
  if (!locked) {
    return locked.error();
  }
  const std::filesystem::path path(folder);
  std::vector<NewFile> files = {{(path / "announcement.locked").string(), locked->bytes}};
  const std::string of = crypto::sha256_hex(locked->bytes);
  for (std::size_t i = 0; i < owners.size(); ++i) {
    const talks::ShareFile share{.of = of, .number = i + 1, .share = locked->shares[i]};
    const auto sealed = crypto::seal(talks::to_text(share), owners[i].key, nullptr);
    if (!sealed) {
      return sealed.error();
    }
    files.push_back({(path / fmt::format("share-{}.sealed", i + 1)).string(), *sealed});
  }
  return files;
}

base::Result<std::string> message_of(const AnnounceRequest& request, const AdoptionRun& adoption) {
  return request.message.empty()
             ? base::Result<std::string>(language::format(*adoption.text.file.trees.front()))
             : read_file(request.message);
}

}  // namespace

base::Result<AnnounceRun> announce(const AnnounceRequest& request) {
  auto adoption = adopt(request.adopted);
  if (!adoption) {
    return adoption.error();
  }
  AnnounceRun run{.adoption = std::move(adoption).value(), .open_findings = {}, .written = {}};
  if (run.adoption.text.file.sink.has_errors()) {
    return run;
  }
  const auto analysed =
      analyse({.agreement = request.adopted.text, .on_progress = request.on_progress});
  if (!analysed) {
    return analysed.error();
  }
  run.open_findings = open_findings(*analysed);
  if (run.is_refused()) {
    return run;
  }
  const auto keys = read_public_keys(request.adopted.keys);
  if (!keys) {
    return keys.error();
  }
  const auto message = message_of(request, run.adoption);
  if (!message) {
    return message.error();
  }
  const auto files =
      locked_files(*message, keys_in_order(run.adoption.text.signatories, *keys), request.folder);
  if (!files) {
    return files.error();
  }
  if (const auto made = make_folder(request.folder); !made) {
    return made.error();
  }
  for (const NewFile& file : *files) {
    if (file_exists(file.path)) {
      // Shares that were given out would no longer open what is there.
      return base::Error{
          base::ErrorCode::InvalidArgument,
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

base::Result<std::string> release(const std::string& locked,
                                  const std::vector<std::string>& shares) {
  const auto bytes = read_file(locked);
  if (!bytes) {
    return bytes.error();
  }
  const auto count = crypto::shares_of(*bytes);
  if (!count) {
    return base::Error{count.error().code,
                       fmt::format("{}: {}; ask for it again", locked, count.error().message)};
  }
  const std::string of = crypto::sha256_hex(*bytes);
  std::vector<std::optional<crypto::Bytes32>> given(*count);
  for (const std::string& path : shares) {
    const auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    const auto share = talks::read_share(*text);
    if (!share) {
      return base::Error{share.error().code, fmt::format("{} {}", path, share.error().message)};
    }
    if (share->of != of || share->number > *count) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{} is a share of another announcement; ask for the one of {}",
                                     path, locked)};
    }
    given[share->number - 1] = share->share;
  }
  std::vector<crypto::Bytes32> all;
  for (const std::optional<crypto::Bytes32>& share : given) {
    if (share.has_value()) {
      all.push_back(*share);
    }
  }
  if (all.size() < *count) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} of {} shares are there; the announcement opens when all are",
                                   all.size(), *count)};
  }
  auto opened = crypto::unlock(*bytes, all);
  if (!opened) {
    return base::Error{opened.error().code,
                       fmt::format("cannot open {}: {}", locked, opened.error().message)};
  }
  return std::move(opened).value();
}

}  // namespace truce::workbench
