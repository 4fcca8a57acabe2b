// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/analysis/finding.h"
#include "truce/facts/match.h"
#include "truce/facts/wording.h"

namespace truce::analysis::internal {

using agreement::ActorId;
using agreement::Agreement;
using agreement::Clause;
using agreement::ClauseId;
using Actors = std::vector<ActorId>;

using facts::Pattern;
using facts::say;
using facts::Wording;

/// `A`, `A and B`, `A, B and C`.
std::string listed(const std::vector<std::string>& words);

/// How places lie in each other, by all that their definitions say; kept from draft to draft.
using KnownPlaces = std::map<std::pair<std::string, std::string>, facts::Truth>;

/// A draft in one reading, with the questions that several families of findings ask of it.
class Draft {
 public:
  explicit Draft(const Agreement& agreement, KnownPlaces* known = nullptr)
      : agreement_(agreement), known_(known) {}

  [[nodiscard]] const Agreement& agreement() const { return agreement_; }
  [[nodiscard]] const Clause& clause(ClauseId id) const { return agreement_.clause(id); }
  [[nodiscard]] std::vector<ClauseId> clauses() const;
  /// Those that forbid, and those that must be done: duties, efforts and phases.
  [[nodiscard]] bool is_prohibition(ClauseId id) const;
  [[nodiscard]] bool is_duty(ClauseId id) const;

  /// It takes the place of another clause once the text is amended, and sleeps until then.
  [[nodiscard]] bool is_asleep(ClauseId id) const;

  /// Whom it binds or empowers, sorted; of phases, the sides. Empty for nobody, and for names that
  /// nobody declared.
  [[nodiscard]] Actors bearers(ClauseId id) const;
  /// Those who answer beside one of its bearers by `ensured by`.
  [[nodiscard]] Actors ensurers(ClauseId id, ActorId bearer) const;
  /// All whom a breach of it can be held against: bearers and ensurers, sorted.
  [[nodiscard]] Actors answerable(ClauseId id) const;

  /// How one place lies in another; worked out once.
  [[nodiscard]] facts::Truth lies_in(agreement::PlaceId inner, agreement::PlaceId outer) const;

  [[nodiscard]] std::string number(ClauseId id) const { return clause(id).number; }
  [[nodiscard]] Wording numbers(const std::vector<ClauseId>& ids) const;
  [[nodiscard]] Wording any_of(const std::vector<ClauseId>& ids) const;
  [[nodiscard]] Wording names(const Actors& actors) const;
  [[nodiscard]] Wording any_of(const Actors& actors) const;
  /// `A nor B`.
  [[nodiscard]] Wording neither(const Actors& actors) const;
  [[nodiscard]] Wording at(base::Instant instant) const;

 private:
  const std::string& words_of(agreement::PlaceId place) const;

  [[nodiscard]] std::vector<Wording> all_names(const Actors& actors) const;

  const Agreement& agreement_;
  KnownPlaces* known_;
  mutable std::map<agreement::PlaceId, std::string> words_;
  mutable std::map<std::pair<agreement::PlaceId, agreement::PlaceId>, facts::Truth> lying_;
};

bool contains(const Actors& actors, ActorId actor);
/// Whether all of `some` are among `all`.
bool are_among(const Actors& some, const Actors& all);

/// What is added to left out: `Centre Opening` of `Centre Opening + 10 days`.
std::string base_name(const agreement::MomentExpression& expression);
/// The word that tells a particular from others of its clause: `upon`, `not-later-than`.
std::string particular_name(const agreement::Particular& particular);
/// `2.1/upon`; of several of one name, counted from the first: `1.1/except-2`.
std::string particular_id(const Clause& clause, const agreement::Particular& particular);

/// The particular of that type which holds `what`.
template <typename What>
const agreement::Particular* particular_of(const Clause& clause, const What& what) {
  for (const agreement::Particular& particular : clause.particulars) {
    if (std::get_if<What>(&particular.what) == &what) {
      return &particular;
    }
  }
  return nullptr;
}

/// The first particular of that type; null when there is none.
template <typename What>
const agreement::Particular* first_particular(const Clause& clause) {
  const What* what = clause.find<What>();
  return what == nullptr ? nullptr : particular_of(clause, *what);
}

/// With the harms in their place.
Wording sentence_of(const HarmWords& words, const std::vector<std::string>& harms);
/// Makes that the message of a finding about one harm.
void tell_of(Finding& finding, const std::string& harm, HarmWords words);
/// Adds a clause as one that the finding is about, with a label on its number.
void about(Finding& finding, const Draft& draft, ClauseId id, std::string words, bool is_primary);
/// Adds a particular of such a clause, with a label on it; the first label of a finding is its
/// primary one.
void point_at(Finding& finding, const Draft& draft, ClauseId id,
              const agreement::Particular& particular, std::string words);
/// The span of the full stop that ends a clause, empty: where another particular can be put in.
base::Span before_stop(const Clause& clause);

}  // namespace truce::analysis::internal
