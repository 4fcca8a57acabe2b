// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/declarations.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

// A name with the words it is explained by, entered into `space`; empty when it could not be.
struct Heading {
  std::string name;
  std::string title;
  base::Span span;
};

Heading heading_of(NodeView node) {
  Heading heading;
  heading.span = node.span();
  heading.name = node.name(&heading.span);
  heading.title = node.string().value_or("");
  return heading;
}

std::optional<ActorId> declare_actor(Context& context, NodeView node, Actor::Role role) {
  const Heading heading = heading_of(node);
  const auto known = context.names.actors.find(heading.name);
  if (role == Actor::Role::Guarantor && known != context.names.actors.end()) {
    // One guarantor may answer for several, each in its own line, and a party for another.
    const Actor::Role other = context.agreement.actors[known->second.index].role;
    if (other == Actor::Role::Guarantor || other == Actor::Role::Party) {
      return known->second;
    }
  }
  if (!declare_noun(context, heading.name, heading.span)) {
    return std::nullopt;
  }
  Actor actor;
  actor.name = heading.name;
  actor.title = heading.title;
  actor.role = role;
  actor.span = heading.span;
  const auto id = base::id_at<ActorId>(context.agreement.actors.size());
  context.names.actors.emplace(heading.name, id);
  context.agreement.actors.push_back(std::move(actor));
  return id;
}

void declare_actors(Context& context, NodeView section, NodeKind kind, Actor::Role role,
                    Declared& declared) {
  for (NodeView node : section.children(kind)) {
    if (const auto id = declare_actor(context, node, role)) {
      declared.actors.emplace_back(node, *id);
    }
  }
}

void declare_places(Context& context, NodeView section, Declared& declared) {
  for (NodeView node : section.children(NodeKind::Place)) {
    const Heading heading = heading_of(node);
    if (declare_noun(context, heading.name, heading.span)) {
      const auto id = base::id_at<PlaceId>(context.agreement.places.size());
      context.names.places.emplace(heading.name, id);
      context.agreement.places.push_back(
          {heading.name, heading.title, {}, std::nullopt, nullptr, heading.span});
      declared.places.emplace_back(node, id);
    }
  }
}

// A kind of the vocabulary that the agreement defines anew keeps its id, so that the roles of
// verbs go on naming it, and loses what the vocabulary said of it. What the vocabulary put under it
// moves to where it stood: Tanks stay Weapons, whatever Heavy Weapons are.
KindId take_over(Vocabulary& vocabulary, KindId id) {
  const std::vector<KindId> above = std::exchange(vocabulary.kinds[id.index].parents, {});
  for (Kind& kind : vocabulary.kinds) {
    if (std::erase(kind.parents, id) > 0) {
      kind.parents.insert(kind.parents.end(), above.begin(), above.end());
    }
  }
  vocabulary.kinds[id.index].is_from_vocabulary = false;
  return id;
}

void declare_kinds(Context& context, NodeView section, Declared& declared) {
  Vocabulary& vocabulary = context.agreement.vocabulary;
  for (NodeView node : section.children(NodeKind::Thing)) {
    const Heading heading = heading_of(node);
    if (!declare_noun(context, heading.name, heading.span)) {
      continue;
    }
    const std::optional<KindId> known = vocabulary.find_kind(heading.name);
    const bool is_known = known.has_value() && vocabulary.kinds[known->index].is_from_vocabulary &&
                          vocabulary.kinds[known->index].name == heading.name;
    KindId id;
    if (is_known) {
      id = take_over(vocabulary, *known);
    } else {
      Kind kind;
      kind.name = heading.name;
      id = vocabulary.add_kind(std::move(kind));
    }
    vocabulary.kinds[id.index].title = heading.title;
    vocabulary.kinds[id.index].span = heading.span;
    declared.kinds.emplace_back(node, id);
  }
}

void declare_situations(Context& context, NodeView section, Declared& declared) {
  for (NodeView node : section.children(NodeKind::Situation)) {
    const Heading heading = heading_of(node);
    if (!declare_time(context, heading.name, heading.span)) {
      continue;
    }
    Situation situation;
    situation.name = heading.name;
    situation.title = heading.title;
    situation.span = heading.span;
    // Which of them it is decides where its name may stand.
    if (node.child(NodeKind::Response).has_value()) {
      situation.what = Response();
    } else if (node.child(NodeKind::StandingStreak).has_value()) {
      situation.what = StandingStreak();
    } else if (node.child(NodeKind::Frequency).has_value()) {
      situation.what = Frequency();
    } else if (node.child(NodeKind::Occurrence).has_value()) {
      situation.what = Occurrence();
    }
    const auto id = base::id_at<SituationId>(context.agreement.situations.size());
    context.names.situations.emplace(heading.name, id);
    context.agreement.situations.push_back(std::move(situation));
    declared.situations.emplace_back(node, id);
  }
}

void declare_moments(Context& context, NodeView section, Declared& declared) {
  for (NodeView node : section.children(NodeKind::MomentEntry)) {
    const Heading heading = heading_of(node);
    if (!declare_time(context, heading.name, heading.span)) {
      continue;
    }
    Moment moment;
    moment.name = heading.name;
    moment.title = heading.title;
    moment.span = heading.span;
    const auto id = base::id_at<MomentId>(context.agreement.moments.size());
    context.names.moments.emplace(heading.name, id);
    context.agreement.moments.push_back(std::move(moment));
    declared.moments.emplace_back(node, id);
  }
}

// `01.1` and `1.1` would be two clauses for the computer and one for everybody else.
std::string without_leading_zeros(std::string_view number) {
  std::string plain;
  for (std::size_t at = 0; at < number.size(); ++at) {
    const bool begins = at == 0 || number[at - 1] == '.';
    while (begins && number[at] == '0' && at + 1 < number.size() && number[at + 1] >= '0' &&
           number[at + 1] <= '9') {
      ++at;
    }
    plain += number[at];
  }
  return plain;
}

void declare_clause(Context& context, NodeView node, const Part& part, Declared& declared) {
  const std::string number(node.token_text(TokenKind::Number));
  if (number.empty()) {
    return;
  }
  const base::Span span = token_span(node, TokenKind::Number);
  if (const std::string plain = without_leading_zeros(number); plain != number) {
    context.report({.kind = DiagnosticKind::ClauseNumberForm,
                    .span = span,
                    .arguments = {number},
                    .fix = diagnostics::Fix{span, plain, "write `" + plain + "`"}});
  }
  const auto id = base::id_at<ClauseId>(context.agreement.clauses.size());
  const auto [place, is_new] = context.names.clauses.emplace(number, id);
  if (!is_new) {
    context.report({.kind = DiagnosticKind::DuplicateClause,
                    .span = span,
                    .arguments = {number},
                    .labels = {{span, "numbered so again", true},
                               {context.agreement.clauses[place->second.index].number_span,
                                "the first of that number", false}}});
    return;
  }
  Clause clause;
  clause.number = number;
  clause.part = part;
  clause.span = node.span();
  clause.number_span = span;
  clause.text = folded_text(node);
  context.agreement.clauses.push_back(std::move(clause));
  declared.clauses.emplace_back(node, id);
}

// The headings between clauses say which part of the document the next ones belong to.
Part part_under(Context& context, NodeView heading, Declared& declared) {
  Agreement& agreement = context.agreement;
  if (heading.kind() == NodeKind::Article) {
    const std::string number(heading.token_text(TokenKind::Number));
    for (const auto& known : agreement.articles) {
      if (known.number == number && !number.empty()) {
        context.report({.kind = DiagnosticKind::DuplicateTitle,
                        .span = heading.span(),
                        .arguments = {"articles", "number " + number},
                        .labels = {{known.span, "the first of that number", false}}});
        break;
      }
    }
    agreement.articles.push_back({number, heading.string().value_or(""), heading.span()});
    return {Part::Where::Main, static_cast<std::uint32_t>(agreement.articles.size() - 1)};
  }
  const std::string title = heading.string().value_or("");
  if (heading.kind() == NodeKind::LocalTruce) {
    agreement.local_truces.push_back({title, std::nullopt, {}, {}, heading.span()});
    declared.local_truces.push_back(heading);
    return {Part::Where::LocalTruce, static_cast<std::uint32_t>(agreement.local_truces.size() - 1)};
  }
  agreement.confidential_annexes.push_back({heading.name(), title, {}, heading.span()});
  declared.confidential_annexes.push_back(heading);
  return {Part::Where::ConfidentialAnnex,
          static_cast<std::uint32_t>(agreement.confidential_annexes.size() - 1)};
}

void declare_actor_section(Context& context, NodeView section, Declared& declared) {
  declare_actors(context, section, NodeKind::Party, Actor::Role::Party, declared);
  declare_actors(context, section, NodeKind::Guarantor, Actor::Role::Guarantor, declared);
  declare_actors(context, section, NodeKind::Outsider, Actor::Role::Outsider, declared);
  declare_actors(context, section, NodeKind::Body, Actor::Role::Body, declared);
  declare_actors(context, section, NodeKind::Other, Actor::Role::Other, declared);
}

bool may_stand_in_companion(NodeKind kind) {
  return kind == NodeKind::CompanionHeader || kind == NodeKind::Harms ||
         kind == NodeKind::Scenario || kind == NodeKind::Acceptance || kind == NodeKind::Others ||
         kind == NodeKind::Error;
}

void report_in_companion(Context& context, NodeView section) {
  base::Span span = section.span();
  std::string words = "a clause";
  if (section.kind() == NodeKind::Clause) {
    span = token_span(section, TokenKind::Number);
  } else if (const auto word = section.token(TokenKind::Word)) {
    span = section.tree().token_span(*word);
    words = "`" + std::string(section.tree().meant_text(*word)) + "`";
  }
  context.report(DiagnosticKind::CompanionHolds, span, {words});
}

}  // namespace

void declare_names(Context& context, NodeView document, bool is_companion, Declared& declared) {
  Part part;
  for (NodeView section : document.children()) {
    const NodeKind kind = section.kind();
    if (is_companion && !may_stand_in_companion(kind)) {
      report_in_companion(context, section);
      continue;
    }
    if (kind == NodeKind::Clause) {
      declare_clause(context, section, part, declared);
    } else if (kind == NodeKind::Article || kind == NodeKind::LocalTruce ||
               kind == NodeKind::ConfidentialAnnex) {
      part = part_under(context, section, declared);
    } else if (kind == NodeKind::Places) {
      declare_places(context, section, declared);
    } else if (kind == NodeKind::Things) {
      declare_kinds(context, section, declared);
    } else if (kind == NodeKind::Situations) {
      declare_situations(context, section, declared);
    } else if (kind == NodeKind::Moments) {
      declare_moments(context, section, declared);
    } else if (kind == NodeKind::Harms) {
      for (NodeView harm : section.children(NodeKind::Harm)) {
        declared.harms.push_back(harm);
      }
    } else if (kind == NodeKind::Scenario) {
      declared.scenarios.push_back(section);
    } else if (kind == NodeKind::Acceptance) {
      declared.acceptances.push_back(section);
    } else {
      declare_actor_section(context, section, declared);
    }
  }
}

}  // namespace truce::agreement::internal
