// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/agreement/from_syntax.h"
#include "truce/language/syntax_tree.h"

namespace truce::talks {

/// What is signed, whole: the text in its canonical layout, and every file that draws an annex of
/// it. A companion is no part of it.
struct Instrument {
  // One line each, as docs/formats/sealed.md gives them: the mark, the text and the annexes, each
  // by its SHA-256 in hexadecimal.
  std::string manifest;
  // SHA-256 of the manifest, in hexadecimal: what a signature is of.
  std::string hash;
};

Instrument instrument_of(const language::SyntaxTree& text, const agreement::Agreement& agreement,
                         const agreement::AnnexFiles& annexes);

/// Why a text cannot be signed, in words that name the clauses: it has brackets. Empty where it
/// can.
std::string unsignable(const agreement::Agreement& agreement);

/// Who must sign: whom `in force upon signature by` names, or else each party and each guarantor;
/// in order of the actors.
std::vector<std::string> signatories(const agreement::Agreement& agreement);

}  // namespace truce::talks
