// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/workbench/agreement_file.h"

namespace truce::workbench {

/// What `truce render` is asked.
struct RenderRequest {
  std::string agreement;
  bool is_html = false;
  // Codes of languages; the first is English where it is empty, the second may be absent.
  std::string language;
  std::string beside_language;
  // The actor for whom confidential annexes are printed; empty: for nobody.
  std::string audience;
};

struct Rendering {
  AgreementFile file;
  std::string document;
  // What a lexicon lacks, one entry a line with its file; then there is no document.
  std::vector<std::string> missing;
};

/// The treaty document of an agreement. Terms come from `NAME.LANGUAGE.lexicon` beside it. With
/// errors in the text there is no document. Fails for a file that cannot be read, a language that
/// has no lexicon, a lexicon with a mistake, and an audience nobody named.
base::Result<Rendering> render(const RenderRequest& request);

/// The file of an agreement's terms in a language: `NAME.CODE.lexicon` beside `NAME.truce`.
std::string terms_path(const std::string& agreement, const std::string& code);
/// By number of the clause: the SHA-256 of its significant tokens joined by spaces, its notes and
/// wordings in other languages left out.
std::map<std::string, std::string> clause_hashes(const language::SyntaxTree& tree);

}  // namespace truce::workbench
