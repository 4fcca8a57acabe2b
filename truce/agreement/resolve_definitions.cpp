// SPDX-License-Identifier: Apache-2.0
// Things, situations and moments.
#include "truce/agreement/internal/brackets.h"
#include "truce/agreement/internal/circles.h"
#include "truce/agreement/internal/declarations.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

// `A` is defined by `B`, `B` by `A`: one message for each circle, on the first name in it.
template <typename NameOf, typename SpanOf>
void report_circles(Context& context, const std::vector<std::vector<std::uint32_t>>& edges,
                    const NameOf& name_of, const SpanOf& span_of) {
  for (const std::vector<std::uint32_t>& circle : find_circles(edges)) {
    Diagnostic diagnostic{.kind = DiagnosticKind::DefinitionCircle,
                          .span = span_of(circle[0]),
                          .arguments = {name_of(circle[0])}};
    for (std::size_t i = 0; i < circle.size(); ++i) {
      const std::uint32_t next = circle[(i + 1) % circle.size()];
      diagnostic.labels.push_back({span_of(circle[i]),
                                   "`" + name_of(circle[i]) + "` needs `" + name_of(next) + "`",
                                   i == 0});
    }
    context.report(std::move(diagnostic));
  }
}

// --- Things

// What the definition of a kind says: the kinds that are its members, as written.
struct Members {
  KindId kind;
  bool is_union = false;
  std::vector<KindId> plain;
};

void add_parent(Kind& kind, KindId parent, std::optional<AlternativeRef> only_in) {
  if (only_in.has_value()) {
    kind.disputed_parents.emplace_back(parent, *only_in);
  } else if (std::find(kind.parents.begin(), kind.parents.end(), parent) == kind.parents.end()) {
    kind.parents.push_back(parent);
  }
}

// One member with a test among several, `Mortars with calibre at least 82 mm`: a kind of its own.
KindId tested_kind(Vocabulary& vocabulary, const Noun& noun) {
  Kind part;
  part.name = noun.text;
  part.parents = {noun.kind};
  part.test = noun.test;
  part.span = noun.span;
  return vocabulary.add_kind(std::move(part));
}

// A kind can be told from others by what it is, not by whose it is or where.
bool is_usable_member(Context& context, const Noun& noun) {
  if (noun.head == Noun::Head::Undefined) {
    return false;
  }
  if (noun.head != Noun::Head::Kind) {
    context.report(DiagnosticKind::WrongSort, noun.span,
                   {noun.text, noun.head == Noun::Head::Place ? "a place" : "somebody",
                    std::string(to_words(Wanted::Kind))});
    return false;
  }
  if (!noun.owner.empty()) {
    context.report(DiagnosticKind::KindByOwner, noun.span, {noun.text});
    return false;
  }
  return true;
}

Members read_kind(Context& context, NodeView node, KindId id) {
  Members members{id, node.has_word("="), {}};
  const Nouns nouns = child_nouns(context, node, Wanted::Kind);
  Vocabulary& vocabulary = context.agreement.vocabulary;
  vocabulary.kinds[id.index].is_union = members.is_union;
  for (const Noun& noun : nouns.items) {
    if (!is_usable_member(context, noun)) {
      continue;
    }
    vocabulary.kinds[id.index].definition.push_back({noun.kind, noun.test, noun.only_in});
    if (!members.is_union) {
      add_parent(vocabulary.kinds[id.index], noun.kind, noun.only_in);
      members.plain.push_back(noun.kind);
    } else if (noun.test.has_value() && nouns.items.size() == 1) {
      members.is_union = false;
      add_parent(vocabulary.kinds[id.index], noun.kind, noun.only_in);
      vocabulary.kinds[id.index].test = noun.test;
      members.plain.push_back(noun.kind);
    } else {
      const KindId member = noun.test.has_value() ? tested_kind(vocabulary, noun) : noun.kind;
      add_parent(vocabulary.kinds[member.index], id, noun.only_in);
      members.plain.push_back(noun.kind);
    }
  }
  return members;
}

std::vector<KindId> ancestors_of(const Vocabulary& vocabulary, KindId kind) {
  std::vector<bool> is_seen(vocabulary.kinds.size(), false);
  std::vector<KindId> found{kind};
  is_seen[kind.index] = true;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (KindId parent : vocabulary.kinds[found[i].index].parents) {
      if (!is_seen[parent.index]) {
        is_seen[parent.index] = true;
        found.push_back(parent);
      }
    }
  }
  return found;
}

// A union is of every kind that all its members are of: Heavy Weapons are Weapons, because Tanks,
// Artillery and Mortars are.
void lift_common_ancestors(Vocabulary& vocabulary, const Members& members) {
  std::vector<std::size_t> count(vocabulary.kinds.size(), 0);
  for (KindId member : members.plain) {
    for (KindId ancestor : ancestors_of(vocabulary, member)) {
      ++count[ancestor.index];
    }
  }
  std::vector<KindId> common;
  for (std::size_t i = 0; i < count.size(); ++i) {
    const auto id = base::id_at<KindId>(i);
    if (count[i] == members.plain.size() && id != members.kind) {
      common.push_back(id);
    }
  }
  for (KindId candidate : common) {
    // Only the nearest: the others follow from them.
    bool is_nearest = true;
    for (KindId other : common) {
      is_nearest &= other == candidate || !vocabulary.is_kind_of(other, candidate) ||
                    vocabulary.is_kind_of(candidate, other);
    }
    if (is_nearest) {
      add_parent(vocabulary.kinds[members.kind.index], candidate, std::nullopt);
    }
  }
}

// --- Situations and moments

void append_moment(const MomentExpression& moment, std::size_t situation_count,
                   std::vector<std::uint32_t>& edges) {
  if (moment.base == MomentExpression::Base::Streak) {
    edges.push_back(moment.streak.index);
  } else if (moment.base == MomentExpression::Base::Moment) {
    edges.push_back(static_cast<std::uint32_t>(situation_count) + moment.moment.index);
  }
}

void append_streak(const Streak& streak, std::size_t situation_count,
                   std::vector<std::uint32_t>& edges) {
  for (const Condition& holding : streak.holdings) {
    if (holding.situation.has_value()) {
      edges.push_back(holding.situation->index);
    }
  }
  if (streak.from.has_value()) {
    append_moment(*streak.from, situation_count, edges);
  }
}

void append_occurrence(const Occurrence& occurrence, std::size_t situation_count,
                       std::vector<std::uint32_t>& edges) {
  for (const Exception& exception : occurrence.exceptions) {
    if (exception.situation.has_value()) {
      edges.push_back(exception.situation->index);
    }
  }
  if (occurrence.from.has_value()) {
    append_moment(*occurrence.from, situation_count, edges);
  }
}

// Situations first, then moments.
std::vector<std::vector<std::uint32_t>> time_edges(const Agreement& agreement) {
  const std::size_t situation_count = agreement.situations.size();
  std::vector<std::vector<std::uint32_t>> edges(situation_count + agreement.moments.size());
  for (std::size_t i = 0; i < situation_count; ++i) {
    const Situation::What& what = agreement.situations[i].what;
    if (const auto* streak = std::get_if<Streak>(&what)) {
      append_streak(*streak, situation_count, edges[i]);
    } else if (const auto* standing = std::get_if<StandingStreak>(&what)) {
      append_streak({standing->period, standing->holdings, standing->from}, situation_count,
                    edges[i]);
    } else if (const auto* frequency = std::get_if<Frequency>(&what)) {
      append_occurrence(frequency->occasion, situation_count, edges[i]);
    } else if (const auto* occurrence = std::get_if<Occurrence>(&what)) {
      append_occurrence(*occurrence, situation_count, edges[i]);
    }
  }
  for (std::size_t i = 0; i < agreement.moments.size(); ++i) {
    const Moment& moment = agreement.moments[i];
    if (moment.expression.has_value()) {
      append_moment(*moment.expression, situation_count, edges[situation_count + i]);
    }
    if (moment.streak.has_value()) {
      append_streak(*moment.streak, situation_count, edges[situation_count + i]);
    }
  }
  return edges;
}

std::optional<Situation::What> read_situation(Context& context, NodeView node) {
  if (const auto streak = node.child(NodeKind::Streak)) {
    return streak_of(context, *streak);
  }
  if (const auto streak = node.child(NodeKind::StandingStreak)) {
    return standing_streak_of(context, *streak);
  }
  if (const auto frequency = node.child(NodeKind::Frequency)) {
    return frequency_of(context, *frequency);
  }
  if (const auto response = node.child(NodeKind::Response)) {
    return response_of(context, *response);
  }
  if (const auto occurrence = node.child(NodeKind::Occurrence)) {
    return occurrence_of(context, *occurrence);
  }
  return std::nullopt;
}

}  // namespace

void resolve_kinds(Context& context, const Declared& declared) {
  Vocabulary& vocabulary = context.agreement.vocabulary;
  std::vector<Members> all;
  all.reserve(declared.kinds.size());
  for (const auto& [node, id] : declared.kinds) {
    all.push_back(read_kind(context, node, id));
  }
  // Definitions by position, so that a union of unions is lifted after its members.
  std::unordered_map<std::uint32_t, std::uint32_t> positions;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    positions.emplace(all[i].kind.index, i);
  }
  std::vector<std::vector<std::uint32_t>> edges(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (KindId member : all[i].plain) {
      const auto found = positions.find(member.index);
      if (found != positions.end()) {
        edges[i].push_back(found->second);
      }
    }
  }
  report_circles(
      context, edges, [&](std::uint32_t i) { return vocabulary.kinds[all[i].kind.index].name; },
      [&](std::uint32_t i) { return vocabulary.kinds[all[i].kind.index].span; });
  for (std::uint32_t i : in_order(edges)) {
    if (all[i].is_union && !all[i].plain.empty()) {
      lift_common_ancestors(vocabulary, all[i]);
    }
  }
}

void resolve_situations(Context& context, const Declared& declared) {
  for (const auto& [node, id] : declared.situations) {
    bool is_first = true;
    lift(context, node, [&, node = node, id = id](std::optional<AlternativeRef> only_in) {
      std::optional<Situation::What> what = read_situation(context, node);
      if (!what.has_value()) {
        return;
      }
      Situation& situation = context.agreement.situations[id.index];
      if (only_in.has_value()) {
        situation.disputed.emplace_back(*only_in, *what);
      }
      if (is_first) {
        situation.what = std::move(*what);
        is_first = false;
      }
    });
  }
}

void resolve_moments(Context& context, const Declared& declared) {
  for (const auto& [node, id] : declared.moments) {
    std::optional<Fixing> fixing = child_fixing(context, node);
    context.agreement.moments[id.index].fixing = std::move(fixing);
    lift(context, node, [&, node = node, id = id](std::optional<AlternativeRef> only_in) {
      std::optional<MomentExpression> expression = child_moment(context, node);
      std::optional<Streak> streak;
      if (const auto child = node.child(NodeKind::Streak)) {
        streak = streak_of(context, *child);
      }
      Moment& moment = context.agreement.moments[id.index];
      if (only_in.has_value() && expression.has_value()) {
        moment.disputed.emplace_back(*only_in, *expression);
      } else if (only_in.has_value() && streak.has_value()) {
        moment.disputed.emplace_back(*only_in, *streak);
      }
      if (!moment.expression.has_value() && !moment.streak.has_value()) {
        moment.expression = std::move(expression);
        moment.streak = std::move(streak);
      }
    });
  }
  const Agreement& agreement = context.agreement;
  const std::size_t count = agreement.situations.size();
  report_circles(
      context, time_edges(agreement),
      [&](std::uint32_t i) {
        return i < count ? agreement.situations[i].name : agreement.moments[i - count].name;
      },
      [&](std::uint32_t i) {
        return i < count ? agreement.situations[i].span : agreement.moments[i - count].span;
      });
}

}  // namespace truce::agreement::internal
