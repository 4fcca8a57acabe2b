// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/declarations.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

void read_guarantor(Context& context, NodeView node, ActorId id) {
  for (const Agent& agent : child_agents(context, node)) {
    if (agent.who == Agent::Who::EachParty) {
      const std::vector<ActorId> parties = context.agreement.parties();
      std::vector<ActorId>& ensures = context.agreement.actors[id.index].ensures;
      ensures.insert(ensures.end(), parties.begin(), parties.end());
      continue;
    }
    if (agent.who != Agent::Who::Actor) {
      continue;
    }
    if (agent.actor == id) {
      context.report(DiagnosticKind::EnsuresItself, agent.span, {agent.text});
      continue;
    }
    const Actor& ensured = context.agreement.actor(agent.actor);
    if (ensured.role != Actor::Role::Party && ensured.role != Actor::Role::Outsider) {
      context.report(DiagnosticKind::WrongSort, agent.span,
                     {ensured.name, std::string(sort_of(context, ensured.name)), "a party"});
      continue;
    }
    context.agreement.actors[id.index].ensures.push_back(agent.actor);
  }
}

// `decides by consensus within 48 hours`, `quorum 3`, `failing which C decides`, `silence means …`.
void read_decision(Context& context, NodeView node, Actor::Decision& decision) {
  if (const auto option = node.child(NodeKind::DecisionOption)) {
    decision.rule = option->has_word("consensus")  ? Actor::Decision::Rule::Consensus
                    : option->has_word("majority") ? Actor::Decision::Rule::Majority
                                                   : Actor::Decision::Rule::Unanimity;
    decision.within = child_period(context, *option);
  }
  if (const auto option = node.child(NodeKind::QuorumOption)) {
    decision.quorum = whole_number(context, *option);
  }
  if (const auto option = node.child(NodeKind::FailingOption)) {
    decision.failing_which = child_agents(context, *option);
  }
  if (const auto option = node.child(NodeKind::SilenceOption)) {
    decision.silence = option->has_word("consent") ? Actor::Decision::Silence::Consent
                                                   : Actor::Decision::Silence::Refusal;
  }
}

void append(std::vector<Agent>& all, std::vector<Agent> more) {
  all.insert(all.end(), more.begin(), more.end());
}

// The resolved parts go into locals first: resolving a name may add an actor and move the others.
void read_body(Context& context, NodeView node, ActorId id) {
  Actor body = context.agreement.actor(id);
  body.members = child_agents(context, node);
  for (NodeView option : node.children(NodeKind::MembersOption)) {
    append(body.members, child_agents(context, option));
  }
  for (NodeView option : node.children(NodeKind::ChairOption)) {
    append(body.chairs, child_agents(context, option));
  }
  for (NodeView option : node.children(NodeKind::RemitOption)) {
    Nouns remit = child_nouns(context, option);
    remit.items.insert(remit.items.begin(), body.monitors.items.begin(), body.monitors.items.end());
    body.monitors = std::move(remit);
  }
  read_decision(context, node, body.decision);
  context.agreement.actors[id.index] = std::move(body);
}

// An outsider that is also part of a side would be bound and not bound at once.
void check_outsider(Context& context, const Actor& outsider) {
  const auto report = [&](const Actor& other, std::string_view how) {
    context.report({.kind = DiagnosticKind::OutsiderInside,
                    .span = outsider.span,
                    .arguments = {outsider.name, std::string(how), other.name},
                    .labels = {{other.span, "here", false}}});
  };
  for (const Actor& other : context.agreement.actors) {
    if (other.role == Actor::Role::Party &&
        (" " + other.title + " ").find(" " + outsider.name + " ") != std::string::npos) {
      report(other, "is named in what is meant by");
    }
    for (ActorId ensured : other.ensures) {
      if (context.agreement.actor(ensured).name == outsider.name) {
        report(other, "has its compliance ensured by");
      }
    }
    for (const Agent& member : other.members) {
      if (member.who == Agent::Who::Actor && member.text == outsider.name) {
        report(other, "is a member of");
      }
    }
  }
}

}  // namespace

void resolve_actors(Context& context, const Declared& declared) {
  for (const auto& [node, id] : declared.actors) {
    if (node.kind() == NodeKind::Guarantor) {
      read_guarantor(context, node, id);
    } else if (node.kind() == NodeKind::Party) {
      std::vector<Agent> notice = child_agents(context, node);
      context.agreement.actors[id.index].open_to = std::move(notice);
    } else if (node.kind() == NodeKind::Outsider) {
      std::vector<Agent> listing = child_agents(context, node);
      context.agreement.actors[id.index].listed_by = std::move(listing);
    } else if (node.kind() == NodeKind::Body) {
      read_body(context, node, id);
    }
  }
  for (std::size_t i = 0; i < context.agreement.actors.size(); ++i) {
    if (context.agreement.actors[i].role == Actor::Role::Outsider) {
      check_outsider(context, context.agreement.actors[i]);
    }
  }
}

void resolve_parts(Context& context, const Declared& declared) {
  Agreement& agreement = context.agreement;
  for (std::size_t i = 0; i < declared.confidential_annexes.size(); ++i) {
    agreement.confidential_annexes[i].audience =
        child_agents(context, declared.confidential_annexes[i]);
  }
  for (std::size_t i = 0; i < declared.local_truces.size(); ++i) {
    const NodeView node = declared.local_truces[i];
    LocalTruce& local = agreement.local_truces[i];
    base::Span span = node.span();
    const std::string name = node.name(&span);
    const auto place = context.names.places.find(name);
    if (place != context.names.places.end()) {
      local.within = place->second;
    } else {
      report_name(context, name, span, Wanted::Place);
    }
    std::vector<ClauseRef>& refs =
        node.has_word("prevailing") ? local.prevails_over : local.subject_to;
    refs = child_clause_refs(context, node);
  }
}

}  // namespace truce::agreement::internal
