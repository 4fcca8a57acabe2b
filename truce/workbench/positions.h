// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/packages/game.h"
#include "truce/talks/position.h"
#include "truce/workbench/agreement_file.h"
#include "truce/workbench/key_source.h"

namespace truce::workbench {

struct PositionsRequest {
  std::string draft;
  // Files of positions, as paths.
  std::vector<std::string> positions;
  // NAME.key, to open those that are sealed; empty: none is.
  KeySource key;
  // NAME.pub of the sides. Where any is given, each position must be sealed and signed by the side
  // that it speaks for.
  std::vector<std::string> from = {};
};

/// A draft and the positions on its brackets. What was opened is in memory alone.
struct PositionsRun {
  AgreementFile draft;
  // On the heap: the diagnostics and the sources point into them.
  std::vector<std::unique_ptr<talks::PositionSyntax>> positions;
  // About the positions. Their sources stand behind those of the draft.
  diagnostics::Sink sink;
  std::vector<talks::BracketIssue> issues;
  // Whole where nothing has errors.
  packages::Game game;
  // For each party of the game.
  std::vector<talks::Doubts> doubts;

  [[nodiscard]] bool has_errors() const { return draft.sink.has_errors() || sink.has_errors(); }
  /// What there is to say, of the draft where it has errors, else of the positions.
  [[nodiscard]] std::vector<diagnostics::Diagnostic> diagnostics() const {
    return draft.sink.has_errors() ? draft.sink.sorted() : sink.sorted();
  }
  [[nodiscard]] std::vector<const base::SourceText*> sources() const;
};

/// Reads a draft and the positions on it. Mistakes in the texts are diagnostics. Fails when a file
/// cannot be read or opened, with InvalidArgument for a vocabulary, for a sealed position without a
/// key, and, with `from`, for one that its side did not sign.
base::Result<PositionsRun> read_positions(const PositionsRequest& request);

}  // namespace truce::workbench
