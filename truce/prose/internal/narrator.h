// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/prose/internal/parts.h"

namespace truce::prose::internal {

/// Tells the phrases of one agreement as parts: who, what, where, when.
class Narrator {
 public:
  /// `texts`: the source texts that the spans point into, for what an agreement does not keep
  /// (`and` or `or` between agents); may be empty.
  Narrator(const agreement::Agreement& agreement, Maker& maker,
           std::vector<std::string_view> texts);

  [[nodiscard]] const agreement::Agreement& agreement() const { return *agreement_; }
  [[nodiscard]] Maker& maker() { return *maker_; }

  Part actor(agreement::ActorId id);
  Part place(agreement::PlaceId id);
  Part kind(agreement::KindId id);
  Part situation(agreement::SituationId id);
  Part situation(const agreement::Condition& condition);
  Part moment_name(agreement::MomentId id);

  Part agent(const agreement::Agent& agent);
  Part agents(const std::vector<agreement::Agent>& agents);
  Part agents(const std::vector<agreement::Agent>& agents, bool is_joint);
  Part subject(const agreement::Subject& subject);
  Part noun(const agreement::Noun& noun);
  Part nouns(const agreement::Nouns& nouns);
  /// What the definition of a thing names.
  Part definition(const agreement::Kind& kind);
  Part clauses(const std::vector<agreement::ClauseRef>& refs);
  /// The same where one of them is enough, as a breach is of any.
  Part any_of_clauses(const std::vector<agreement::ClauseRef>& refs);
  Part act(const agreement::Act& act);
  Part moment(const agreement::MomentExpression& moment);
  Part deadline(const agreement::Deadline& deadline);
  Part power(const agreement::Power& power, const agreement::Notice* notice);

  /// `RF`: the short name of those who proposed an alternative.
  std::string proposers(const agreement::Bracket::Alternative& alternative);
  std::string short_name(const agreement::Agent& agent);

  /// Alternatives of one bracket as one part; those that are `none`, or that nothing was made for,
  /// say that there is no text.
  Part bracket(agreement::BracketId id, const std::vector<std::pair<std::uint32_t, Part>>& made);

  /// Whether the bearer of what is told now is more than one Party: then `its Guarantor` is each
  /// one's.
  void set_several_bearers(bool is_several) { has_several_bearers_ = is_several; }

 private:
  Part joined_clauses(const std::vector<agreement::ClauseRef>& refs, std::string_view last);
  bool joined_by_or(base::Span first, base::Span last) const;
  /// Items that may stand in alternatives, joined; those of one bracket stand together.
  template <typename Item, typename Tell>
  Part joined(const std::vector<Item>& items, std::string_view last, const Tell& tell);
  Part complement(const std::string& verb, const agreement::Complement& complement);
  Part head_of(const agreement::Noun& noun);
  Part determined(const Part& bare, const std::string& determiner);
  Part owned(const Part& bare, const agreement::Noun& noun, bool is_determined);
  Part with_measure(Part noun, const agreement::MeasureTest& test);
  std::string determiner_of(const agreement::Noun& noun) const;

  const agreement::Agreement* agreement_;
  Maker* maker_;
  std::vector<std::string_view> texts_;
  bool has_several_bearers_ = false;
};

}  // namespace truce::prose::internal
