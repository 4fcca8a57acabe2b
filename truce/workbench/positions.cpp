// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/positions.h"

#include <optional>
#include <set>

#include <fmt/format.h>

#include "truce/workbench/files.h"
#include "truce/workbench/table.h"

namespace truce::workbench {
namespace {

constexpr std::string_view kSealedMark = "truce-sealed/";

// A position and who signed it; nobody where it is not sealed or no key is known.
// The key is read once, into `secret`, when the first sealed one is met.
base::Result<OpenedFile> read_position(const std::string& path, const KeySource& key,
                                       const std::vector<std::string>& from,
                                       std::optional<talks::NamedSecret>& secret) {
  auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  const bool is_sealed = text->starts_with(kSealedMark);
  if (!is_sealed && !from.empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is not sealed, so nobody signed it; leave --from out, or "
                                   "ask its side to seal it",
                                   path)};
  }
  if (!is_sealed) {
    return OpenedFile{.content = std::move(*text), .is_signed = false, .signed_by = {}};
  }
  if (key.empty()) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("{} is sealed; give the key it was sealed to, with --key", path)};
  }
  if (!secret.has_value()) {
    auto read = read_secret_key(key);
    if (!read) {
      return read.error();
    }
    secret = std::move(read).value();
  }
  return open_file(path, *secret, from);
}

}  // namespace

std::vector<const base::SourceText*> PositionsRun::sources() const {
  std::vector<const base::SourceText*> texts = draft.sources();
  for (const auto& position : positions) {
    texts.push_back(&position->text);
  }
  return texts;
}

base::Result<PositionsRun> read_positions(const PositionsRequest& request) {
  auto draft = read_agreement(request.draft);
  if (!draft) {
    return draft.error();
  }
  PositionsRun run;
  run.draft = std::move(draft).value();
  if (run.draft.is_vocabulary) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is a vocabulary; give a draft", request.draft)};
  }
  std::optional<talks::NamedSecret> secret;
  for (const std::string& path : request.positions) {
    auto opened = read_position(path, request.key, request.from, secret);
    if (!opened) {
      return opened.error();
    }
    const auto source = static_cast<std::uint32_t>(run.draft.trees.size() + run.positions.size());
    run.positions.push_back(std::make_unique<talks::PositionSyntax>(talks::parse_position(
        base::SourceText(path, std::move(opened->content)), source, run.sink)));
    const std::string& party = run.positions.back()->party;
    if (!request.from.empty() && opened->signed_by != party) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{} speaks for {}, and {} signed it; ask {} for it", path,
                                     party, opened->signed_by, party)};
    }
  }
  if (run.draft.sink.has_errors()) {
    return run;
  }
  run.issues = talks::issues_of(run.draft.agreement);
  if (run.issues.empty()) {
    for (const auto& position : run.positions) {
      run.sink.add({.kind = diagnostics::Kind::NothingDisputed, .span = position->title_span});
    }
    return run;
  }
  run.game = talks::game_of(run.draft.agreement, run.issues);
  std::set<std::string> names;
  for (const auto& position : run.positions) {
    packages::Party party = talks::resolve(*position, run.draft.agreement, run.issues, run.sink);
    if (!party.name.empty() && !names.insert(party.name).second) {
      run.sink.add({.kind = diagnostics::Kind::TwoPositions,
                    .span = position->party_span,
                    .arguments = {party.name}});
    }
    run.game.parties.push_back(std::move(party));
    run.doubts.push_back(talks::doubts_of(*position, run.issues, run.sink));
  }
  return run;
}

}  // namespace truce::workbench
