// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/source_text.h"
#include "truce/base/time.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/facts/wording.h"

namespace truce::analysis {

/// One for each line of codes.def.
enum class Code : std::uint8_t {
#define TRUCE_FINDING(code, level, title) code,
#include "truce/analysis/codes.def"
#undef TRUCE_FINDING
};

/// How a finding stands beside others: of the holes about the same clauses only the first is told;
/// separate ones are told whatever else was found; information is no bad news.
enum class Level : std::uint8_t { Hole, Separate, Information };

struct CodeInfo {
  Code code;
  // `TR-D01`.
  std::string_view id;
  Level level;
  std::string_view title;
  // docs/findings/ID.md: what it is, where it mattered, what to do.
  std::string_view page;
};

/// In the order of codes.def.
const std::vector<CodeInfo>& codes();
const CodeInfo& info(Code code);
/// By id, `TR-D01` or `D01`, letter case ignored; empty when there is none.
std::optional<Code> find_code(std::string_view id);

/// In whose text a finding stands, and in which disputed clause; no clause where a definition is
/// disputed.
struct ReadingRef {
  agreement::ActorId party;
  std::optional<agreement::ClauseId> clause;
  // Of a mix, the passage as that party wrote it.
  std::string words = {};

  friend auto operator<=>(const ReadingRef&, const ReadingRef&) = default;
};

/// One thing that happens in a scenario, in a sentence.
struct Step {
  base::Instant at;
  facts::Wording text;
};

/// A replacement in the text; an empty span is an insertion.
struct Edit {
  base::Span span;
  std::string text;
};

/// A change that would close the hole, all its edits together. Verified: the edited text was
/// analysed again, the finding is gone and no other has come.
struct Repair {
  facts::Wording text;
  std::vector<Edit> edits;
  bool is_verified = false;
};

/// A sentence about harms, of one and of several, with what fills its other places: the harms come
/// at `place`.
struct HarmWords {
  facts::Pattern one;
  facts::Pattern several;
  std::vector<facts::Wording> values = {};
  std::size_t place = 0;

  friend bool operator==(const HarmWords& a, const HarmWords& b) {
    return a.one.text() == b.one.text() && a.several.text() == b.several.text() &&
           a.values == b.values && a.place == b.place;
  }
};

/// One hole of a draft. Data for a renderer; the sentences are final, the rest is by id.
struct Finding {
  Code code;
  // What tells it from others of its code about the same clauses, as the term that is undefined.
  std::string key = {};
  // Of L01, why the harm goes unanswered: actor, object, time or exception. Of L01, L02 and L03,
  // which harms.
  std::string reason = {};
  std::vector<std::string> harms = {};
  // Of L01 and L03, what the message says before the harms and after them.
  std::optional<HarmWords> harm_words = {};
  // What it is about, sorted; and clauses that fall with it.
  std::vector<agreement::ClauseId> clauses = {};
  std::vector<agreement::ClauseId> cascade = {};
  // The one of them that has the defect, where the others only explain it.
  std::optional<agreement::ClauseId> subject = {};
  // `2.1/upon`, of those clauses.
  std::vector<std::string> particulars = {};
  // Empty: in every reading. In each of these; or, `is_of_mix`, only where they all stand together.
  std::vector<ReadingRef> readings = {};
  bool is_of_mix = false;
  facts::Wording message = {};
  base::Span span = {};
  std::vector<diagnostics::Label> labels = {};
  std::vector<facts::Wording> notes = {};
  // What happens, and what follows from it by the text.
  std::vector<Step> scenario = {};
  facts::Wording outcome = {};
  std::vector<Repair> repairs = {};
  // Position in Agreement::acceptances.
  std::optional<std::uint32_t> acceptance = {};
};

/// A code that was searched for and not found, or not searched for to the end.
struct Absence {
  enum class Status : std::uint8_t { ProvedAbsent, NotFoundWithin, TooComplex };
  Code code;
  Status status = Status::NotFoundWithin;
};

/// A question that was put to the solver, as a script in SMT-LIB 2 with the answer as its status.
struct Question {
  std::string name;
  std::string script;
  // What the answer took.
  std::int64_t microseconds = 0;
};

/// How much the text leaves to the judgement of those it binds.
struct Flexibility {
  std::uint32_t renewals = 0;
  std::uint32_t powers = 0;
  std::uint32_t self_defence = 0;
  std::uint32_t efforts = 0;

  [[nodiscard]] std::uint32_t total() const { return renewals + powers + self_defence + efforts; }
};

/// Whose text was taken for the whole, or of a mix nobody's, and what was found in it.
struct ReadingResult {
  std::optional<agreement::ActorId> party;
  // Positions in Analysis::findings.
  std::vector<std::size_t> findings;
};

/// What was found in a draft and what was searched for.
struct Analysis {
  std::vector<Finding> findings;
  // Of a text with disputed passages.
  std::vector<ReadingResult> readings;
  std::vector<Absence> absent;
  Flexibility flexibility;
  // Sentences: the harms, actors and readings that were tried, and what was left out and why.
  std::vector<std::string> searched;
  std::vector<std::string> not_searched;
  // Only where they are to be kept.
  std::vector<Question> questions;
};

}  // namespace truce::analysis
