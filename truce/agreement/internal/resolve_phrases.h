// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/internal/context.h"

namespace truce::agreement::internal {

/// The words of the agreement as the phrases they stand for. Every function takes the node of its
/// production and gives what could be resolved; the rest is reported and left out. In a list, the
/// members that stand in one alternative of a bracket carry it.

std::vector<Agent> agents_of(Context& context, NodeView agents);
std::vector<Agent> child_agents(Context& context, NodeView parent);
Joining joining_of(NodeView list);
/// `wanted` only chooses the words for a name that is none of them.
Nouns nouns_of(Context& context, NodeView nouns, Wanted wanted = Wanted::Noun);
Nouns child_nouns(Context& context, NodeView parent, Wanted wanted = Wanted::Noun);
std::vector<ClauseRef> clause_refs_of(Context& context, NodeView clause_list);
std::vector<ClauseRef> child_clause_refs(Context& context, NodeView parent);
std::optional<ClauseRef> clause_ref_of(Context& context, const std::string& number,
                                       base::Span span);

std::optional<Period> period_of(Context& context, NodeView duration);
/// Of the child of that number, counted from 0.
std::optional<Period> child_period(Context& context, NodeView parent, std::size_t which = 0);
std::optional<base::Metres> distance_of(Context& context, NodeView distance);
/// The number written in the node itself; empty when there is none.
/// And as a whole number; empty, and reported, when it is too large or none.
std::optional<double> number_of(NodeView node);
std::optional<std::int64_t> whole_number(Context& context, NodeView node);
std::optional<base::Date> date_of_token(Context& context, NodeView node);
/// The date and time written in the node itself, on the agreement's clock.
std::optional<base::Instant> instant_of(Context& context, NodeView node, bool& is_whole_day);
/// `+03:00` as a distance from UTC or a time of day; empty when there is no such time.
std::optional<base::Duration> time_of_day(Context& context, NodeView node);

std::optional<MomentExpression> moment_of(Context& context, NodeView moment);
std::optional<MomentExpression> child_moment(Context& context, NodeView parent);
std::optional<Deadline> deadline_of(Context& context, NodeView deadline);
std::optional<Fixing> child_fixing(Context& context, NodeView parent);
/// The situation that stands under its own name in `node`.
Condition condition_of(Context& context, NodeView node);

Act act_of(Context& context, NodeView act);
Exception exception_of(Context& context, NodeView exception);
Power power_of(Context& context, NodeView power);
/// Who a norm binds; `norm` says how several are joined.
Subject subject_of(Context& context, NodeView subject, NodeView norm);

Streak streak_of(Context& context, NodeView streak);
StandingStreak standing_streak_of(Context& context, NodeView streak);
Frequency frequency_of(Context& context, NodeView frequency);
Response response_of(Context& context, NodeView response);
Occurrence occurrence_of(Context& context, NodeView occurrence);
/// Subject and act; a subject that denies the act is reported.
Whenever whenever_of(Context& context, NodeView whenever);
/// The parameter under the word that a node holds, of the kind that is wanted; reported where there
/// is none.
std::optional<ParameterId> parameter_of(Context& context, NodeView node, const std::string& word,
                                        Parameter::What wanted);

}  // namespace truce::agreement::internal
