// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/quantity.h"
#include "truce/prose/lexicon.h"
#include "truce/prose/text.h"

namespace truce::prose {

/// One numbered paragraph: its sentence, what is lettered under it, and the sentences behind that.
struct Paragraph {
  Text sentence;
  std::vector<Text> items;
  std::vector<Text> more;
};

/// An agreement told in one language: whole sentences, from the words of a lexicon. Nothing that an
/// agreement says is left out but notes and texts by hand, which the document decides on.
class Prose {
 public:
  /// All three must outlive it. `texts`: the source texts that the spans of the agreement point
  /// into; without them agents that any of several may be are joined by `and`.
  Prose(const agreement::Agreement& agreement, const Lexicon& lexicon,
        std::vector<std::string_view> texts = {});
  ~Prose();
  Prose(const Prose&) = delete;
  Prose& operator=(const Prose&) = delete;

  /// The sentence of a clause and its particulars. For a reservation: its text.
  Paragraph clause(agreement::ClauseId id);
  /// What a definition says, one sentence without its stop.
  Text actor(agreement::ActorId id);
  Text place(agreement::PlaceId id);
  Text thing(agreement::KindId id);
  Text situation(agreement::SituationId id);
  Text moment(agreement::MomentId id);

  /// A name as it stands within a sentence, and alone, as on a map.
  Text name_of(agreement::ActorId id);
  Text name_of(agreement::PlaceId id);
  Text label_of(agreement::PlaceId id);
  Text agents(const std::vector<agreement::Agent>& agents);
  /// `RF` and the whole name, of everybody who proposed an alternative outside the clauses of
  /// `hidden`, in order of the text.
  std::vector<std::pair<std::string, std::string>> proposers(
      const std::set<agreement::ClauseId>& hidden);

  /// A phrase of the document with slots that are text; `agents`, `clauses` and `moment` are told.
  Text phrase(std::string_view key,
              const std::vector<std::pair<std::string, std::string>>& slots = {});
  /// The same within a sentence, in plain letters.
  std::string fragment(std::string_view key,
                       const std::vector<std::pair<std::string, std::string>>& slots = {});
  Text phrase(std::string_view key, const std::vector<agreement::Agent>& agents,
              const std::vector<std::pair<std::string, std::string>>& slots = {});
  Text phrase(std::string_view key, const std::vector<agreement::ClauseRef>& clauses);
  Text phrase(std::string_view key, const agreement::MomentExpression& moment);
  /// The heading of a local truce.
  Text local_truce(const std::string& title, agreement::PlaceId place);
  /// Words of the language joined by `and`.
  std::string list(const std::vector<std::string>& items);
  /// The names of the languages, joined.
  std::string languages(const std::vector<std::string>& codes);
  std::string date(base::Date date);
  /// In digits, with at most so many behind the decimal sign.
  std::string number(double value, int decimals = 3);
  /// What the terms give for `section key`, such as `heading 1`, else the original.
  std::string translated(std::string_view section, std::string_view key, std::string_view original);

  /// Names and texts for which the lexicon has no entry: they stand as they were written.
  [[nodiscard]] std::vector<std::string> untranslated() const;
  [[nodiscard]] const Lexicon& lexicon() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace truce::prose
