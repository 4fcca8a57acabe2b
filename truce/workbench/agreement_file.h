// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/agreement/from_syntax.h"
#include "truce/base/result.h"
#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/syntax_tree.h"

namespace truce::workbench {

/// An agreement as read from a file and what stands beside it: its companion, if there is one, the
/// annexes drawn in GeoJSON, and what there is to say about the texts.
struct AgreementFile {
  std::string path;
  // The agreement first, then its companion. Spans of the diagnostics and of the agreement point
  // into them. On the heap, so that the views stay valid when this is moved.
  std::vector<std::unique_ptr<language::SyntaxTree>> trees;
  agreement::Agreement agreement;
  diagnostics::Sink sink;
  // What it was resolved with: the vocabulary, the GeoJSON beside it, what was set.
  agreement::Surroundings surroundings;
  // A vocabulary instead of an agreement: only that part of `agreement` is filled.
  bool is_vocabulary = false;

  [[nodiscard]] std::vector<const base::SourceText*> sources() const;
};

/// Reads `path` with `NAME.companion.truce` and `*.geojson` beside it; a companion named by itself
/// is read together with the agreement it belongs to, where that is there. Mistakes in the texts
/// are diagnostics. `settings`: `NAME=VALUE` for its parameters. Fails with NotFound or Io when a
/// file cannot be read, and as read_settings() does.
base::Result<AgreementFile> read_agreement(const std::string& path,
                                           const std::vector<std::string>& settings = {});

/// The same agreement with other texts in place of its own, one for each of its sources. Nothing is
/// read or written.
AgreementFile with_texts(const AgreementFile& file, const std::vector<std::string>& texts);

/// Whom `--for` names; nobody where `name` is empty. Fails with InvalidArgument where the agreement
/// has nobody of that name.
base::Result<std::optional<agreement::ActorId>> find_audience(const agreement::Agreement& text,
                                                              const std::string& name);

}  // namespace truce::workbench
