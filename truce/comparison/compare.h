// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/time.h"

namespace truce::comparison {

/// What becomes of some conduct from the old text to the new one.
enum class ChangeKind : std::uint8_t {
  // Somebody breaks a clause by it, who did not.
  NewlyBreaks,
  NoLongerBreaks,
  // A breach under both, for which others answer.
  Blame,
  // A duty that falls due at another time.
  Timing,
  // Neither breaks it; under one of them it is open or undecided, under the other it is not.
  Standing,
};

/// `newly-breaks`, `no-longer-breaks`, `blame`, `timing`, `standing`.
std::string_view to_text(ChangeKind kind);

/// A clause of either text by its number; empty where that text has none.
struct ClausePair {
  std::optional<agreement::ClauseId> before;
  std::optional<agreement::ClauseId> after;

  friend auto operator<=>(const ClausePair&, const ClausePair&) = default;
};

/// One thing that happens in an example, in a sentence.
struct Step {
  base::Instant at;
  std::string text;
};

/// Conduct that the texts judge differently, with an example that was played under both.
struct Change {
  ChangeKind kind;
  ClausePair clause = {};
  // By name, whose reading of disputed text it is; empty: in every reading.
  std::vector<std::string> readings = {};
  // Who does what, where and when; a sentence without a full stop.
  std::string conduct = {};
  std::vector<Step> example = {};
  // What follows under either text; sentences.
  std::string under_old = {};
  std::string under_new = {};
};

/// Words that changed and from which no other verdict was found to follow.
struct WordChange {
  // Empty: not of a clause.
  ClausePair clause = {};
  std::vector<std::string> readings = {};
  // Particulars that went and that came, as written.
  std::vector<std::string> removed = {};
  std::vector<std::string> added = {};
  // What is said of it, a sentence without a full stop.
  std::string why = {};
  // Verdicts may depend on it, and not all conduct was tried.
  bool is_undecided = false;
};

/// Whether two texts mean the same.
enum class Answer : std::uint8_t {
  // No change of meaning: everything the two texts tell apart was tried, or only words moved.
  Same,
  Changed,
  // Words changed, nothing was found that is judged differently, and not everything was tried.
  Undecided,
};

/// `same`, `changed`, `undecided`.
std::string_view to_text(Answer answer);

/// Two drafts of one agreement and what changed between them.
struct Comparison {
  Answer answer = Answer::Same;
  // In order of the new text's clauses, what it leaves out where the old one had it.
  std::vector<Change> changes;
  std::vector<WordChange> words;
  // Numbers, old and new, of clauses that only moved.
  std::vector<std::pair<std::string, std::string>> renumbered;
  // Names of terms, old and new, whose definition is the same.
  std::vector<std::pair<std::string, std::string>> renamed;
  // Sentences: what was tried, and what was left out and why.
  std::vector<std::string> searched;
  std::vector<std::string> not_searched;
};

/// Compares two texts. Conduct is found by playing it in `semantics` under both. Disputed text is
/// compared as each party wrote it in either text.
Comparison compare(const agreement::Agreement& before, const agreement::Agreement& after);

}  // namespace truce::comparison
