// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/positions.h"

#include <set>

#include <fmt/format.h>

#include "truce/workbench/files.h"
#include "truce/workbench/table.h"

namespace truce::workbench {
namespace {

constexpr std::string_view kSealedMark = "truce-sealed/";

base::Result<std::string> read_position(const std::string& path, const std::string& key) {
  auto text = read_file(path);
  if (!text || !text->starts_with(kSealedMark)) {
    return text;
  }
  if (key.empty()) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("{} is sealed; give the key it was sealed to, with --key", path)};
  }
  auto opened = open_file(path, key, {});
  if (!opened) {
    return opened.error();
  }
  return std::move(opened->content);
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
  for (const std::string& path : request.positions) {
    auto text = read_position(path, request.key);
    if (!text) {
      return text.error();
    }
    const auto source = static_cast<std::uint32_t>(run.draft.trees.size() + run.positions.size());
    run.positions.push_back(std::make_unique<talks::PositionSyntax>(
        talks::parse_position(base::SourceText(path, std::move(text).value()), source, run.sink)));
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
  }
  return run;
}

}  // namespace truce::workbench
