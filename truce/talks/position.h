// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/packages/game.h"
#include "truce/talks/position_syntax.h"

namespace truce::talks {

/// A bracket of a draft as something to be settled.
struct BracketIssue {
  agreement::BracketId bracket;
  // `4.3`, or `Heavy Weapons` where it stands in a definition; `3.1 bracket 2` where there are
  // several.
  std::string name;
  // Without the number of the bracket.
  std::string place;
  // The alternatives in order of writing, `none` among them; two of the same words with who
  // proposes them.
  std::vector<std::string> options;
  // The words of the sentence before it, from the last `;` on: `for`. Only where add_leads() was
  // asked for them.
  std::string lead = {};
};

/// The brackets of a draft, in the order of the text.
std::vector<BracketIssue> issues_of(const agreement::Agreement& draft);

/// What a position says in numbers: exact, over one denominator. What it says of no bracket or
/// alternative of the draft, what is missing and what is said twice is reported; the party is whole
/// only where nothing was.
packages::Party resolve(const PositionSyntax& position, const agreement::Agreement& draft,
                        const std::vector<BracketIssue>& issues, diagnostics::Sink& sink);

/// By what share the numbers of a position may be off, where it says so: `give or take`.
struct Doubts {
  // For all numbers of which nothing else is said.
  std::optional<packages::Fraction> all;
  // For each bracket.
  std::vector<std::optional<packages::Fraction>> issues;
  std::optional<packages::Fraction> walk_away;
};

/// What the position says of its own numbers. What is said of no bracket, what is said twice and
/// what is no share is reported.
Doubts doubts_of(const PositionSyntax& position, const std::vector<BracketIssue>& issues,
                 diagnostics::Sink& sink);

/// One alternative of one bracket, `4.3: not later than D`, as positions name them. Fails with
/// InvalidArgument, in the words of a diagnostic.
base::Result<packages::OptionSet> choice_of(const std::string& words,
                                            const agreement::Agreement& draft,
                                            const std::vector<BracketIssue>& issues);

/// The brackets as issues, with nobody's positions yet.
packages::Game game_of(const agreement::Agreement& draft, const std::vector<BracketIssue>& issues);

/// Which alternative a package takes for each bracket of the draft.
agreement::Reading reading_of(const std::vector<BracketIssue>& issues,
                              const packages::Package& package);

}  // namespace truce::talks
