// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/prose/lexicon.h"

namespace truce::document {

/// A GeoJSON file beside the agreement, as an annex of the document.
struct AnnexFile {
  std::string name;
  std::string text;
  // In hexadecimal, of its bytes.
  std::string sha256;
};

/// What the treaty document is made from. The parts pointed to must outlive it.
struct Treaty {
  const agreement::Agreement* agreement = nullptr;
  // The language of the document, and of a second column where there are two.
  std::vector<const prose::Lexicon*> lexicons;
  // The source texts that the spans point into.
  std::vector<std::string_view> texts;
  std::vector<AnnexFile> annexes;
  // SHA-256 in hexadecimal: of the canonical text, of each confidential annex in it, and of each
  // clause without its notes and texts by hand.
  std::string hash;
  std::vector<std::string> confidential_hashes;
  std::map<std::string, std::string> clause_hashes;
  // Confidential annexes for whom this actor is the audience are printed; empty: none.
  std::optional<agreement::ActorId> audience;
};

/// The document as one HTML file that asks for nothing; two languages stand side by side. The same
/// treaty gives the same bytes.
std::string treaty_html(const Treaty& treaty);

/// The document as text of at most 80 columns; a second language follows the first.
std::string treaty_text(const Treaty& treaty);

}  // namespace truce::document
