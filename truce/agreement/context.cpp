// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/context.h"

#include <array>

#include "truce/base/nearest_word.h"

namespace truce::agreement::internal {
namespace {

using diagnostics::Kind;

// Looking for near names costs the number of names; past this many words nobody reads them.
constexpr std::size_t kMaxSuggestions = 100;
constexpr std::size_t kMaxLabels = 3;

constexpr std::array<std::string_view, 6> kReserved = {"Party",      "Parties",  "Guarantor",
                                                       "Guarantors", "Anything", "Nobody"};

// A name is taken in `other` too: a situation named like a party would make each sentence with the
// name read in two ways.
bool declare(Context& context, std::unordered_map<std::string, base::Span>& space,
             const std::unordered_map<std::string, base::Span>& other, const std::string& name,
             base::Span span) {
  if (name.empty()) {
    return false;
  }
  for (std::string_view reserved : kReserved) {
    if (name == reserved) {
      context.report(Kind::ReservedName, span, {name});
      return false;
    }
  }
  const auto elsewhere = other.find(name);
  const bool is_new = elsewhere == other.end() && space.emplace(name, span).second;
  if (!is_new) {
    const base::Span first = elsewhere == other.end() ? space.at(name) : elsewhere->second;
    context.report(
        {.kind = Kind::DuplicateName,
         .span = span,
         .arguments = {name},
         .labels = {{span, "declared again here", true}, {first, "first declared here", false}}});
  }
  return is_new;
}

template <typename Map>
void append_names(std::vector<std::string>& all, const Map& map) {
  for (const auto& [name, id] : map) {
    all.push_back(name);
  }
}

std::vector<std::string> candidates(const Agreement& agreement, const Names& names, Wanted wanted) {
  std::vector<std::string> all;
  const bool wants_noun = wanted == Wanted::Noun;
  if (wants_noun || wanted == Wanted::Actor) {
    append_names(all, names.actors);
    for (const Institution& institution : agreement.vocabulary.institutions) {
      all.push_back(institution.name);
    }
    all.insert(all.end(), {"Party", "Parties", "Guarantor", "Guarantors"});
  }
  if (wants_noun || wanted == Wanted::Place) {
    append_names(all, names.places);
  }
  if (wants_noun || wanted == Wanted::Kind) {
    for (const agreement::Kind& kind : agreement.vocabulary.kinds) {
      all.push_back(kind.name);
      all.insert(all.end(), kind.also.begin(), kind.also.end());
    }
  }
  if (wanted == Wanted::Moment || wanted == Wanted::MomentOrSituation) {
    append_names(all, names.moments);
  }
  if (wanted == Wanted::Situation || wanted == Wanted::MomentOrSituation ||
      wanted == Wanted::Moment) {
    append_names(all, names.situations);
  }
  // The maps have no order; equal distances must not be decided by it.
  std::sort(all.begin(), all.end());
  return all;
}

std::string_view where_declared(Wanted wanted) {
  switch (wanted) {
    case Wanted::Actor:
      return "declare it under `parties`, `guarantors`, `bodies`, `outside the truce` or `others`";
    case Wanted::Noun:
      return "declare it under `parties`, `bodies`, `others`, `places` or `things`";
    case Wanted::Kind:
      return "declare it under `things`";
    case Wanted::Place:
      return "declare it under `places`";
    case Wanted::Moment:
      return "declare it under `moments`";
    case Wanted::Situation:
      return "declare it under `situations`";
    case Wanted::MomentOrSituation:
      return "declare it under `moments` or `situations`";
  }
  return "";
}

}  // namespace

std::string_view to_words(Wanted wanted) {
  switch (wanted) {
    case Wanted::Actor:
      return "somebody who can act";
    case Wanted::Noun:
      return "somebody, a place or a kind of thing";
    case Wanted::Kind:
      return "a kind of thing";
    case Wanted::Place:
      return "a place";
    case Wanted::Moment:
      return "a moment";
    case Wanted::Situation:
      return "a situation";
    case Wanted::MomentOrSituation:
      return "a moment or a situation";
  }
  return "";
}

void Missing::add(Uses& uses, const std::string& text, base::Span span, Wanted wanted) {
  if (text.empty()) {
    return;
  }
  const auto [place, is_new] = uses.places.emplace(text, uses.list.size());
  if (is_new) {
    uses.list.push_back({text, wanted, {}, 0});
  }
  Use& use = uses.list[place->second];
  ++use.count;
  if (use.spans.size() <= kMaxLabels) {
    use.spans.push_back(span);
  }
}

void Missing::add_name(const std::string& name, base::Span span, Wanted wanted) {
  add(names_, name, span, wanted);
}

void Missing::add_clause(const std::string& number, base::Span span) {
  add(clauses_, number, span, Wanted::Noun);
}

void Missing::add_verb(const std::string& word, base::Span span) {
  add(verbs_, word, span, Wanted::Noun);
}

void Missing::report(const Agreement& agreement, const Names& names,
                     diagnostics::Sink& sink) const {
  std::size_t suggestions_left = kMaxSuggestions;
  const auto say = [&](Kind kind, const Use& use, const auto& near_words, std::string_view hint) {
    Diagnostic diagnostic{.kind = kind, .span = use.spans[0], .arguments = {use.text}};
    for (std::size_t i = 1; i < use.spans.size(); ++i) {
      diagnostic.labels.push_back({use.spans[i], "also here", false});
    }
    if (use.count > use.spans.size()) {
      diagnostic.notes.push_back("it stands in " + std::to_string(use.count) + " places");
    }
    std::optional<std::string> near;
    if (suggestions_left > 0) {
      --suggestions_left;
      near = base::nearest_word(use.text, near_words());
    }
    if (near.has_value()) {
      diagnostic.fix = {use.spans[0], *near, "did you mean `" + *near + "`?"};
    } else if (!hint.empty()) {
      diagnostic.notes.emplace_back(hint);
    }
    sink.add(std::move(diagnostic));
  };
  for (const Use& use : names_.list) {
    say(
        Kind::UndefinedName, use, [&] { return candidates(agreement, names, use.wanted); },
        where_declared(use.wanted));
  }
  for (const Use& use : clauses_.list) {
    // Numbers one digit apart are no likelier to be meant: no suggestion.
    say(Kind::UnknownClause, use, [] { return std::vector<std::string>(); }, "");
  }
  for (const Use& use : verbs_.list) {
    const auto verbs = [&] {
      std::vector<std::string> words;
      for (const Verb& verb : agreement.vocabulary.verbs) {
        words.push_back(verb.name);
        words.insert(words.end(), verb.forms.begin(), verb.forms.end());
      }
      return words;
    };
    say(Kind::UnknownVerb, use, verbs, "");
  }
}

void Context::report(diagnostics::Kind kind, base::Span span, std::vector<std::string> arguments) {
  sink.add({.kind = kind, .span = span, .arguments = std::move(arguments)});
}

void Context::report(Diagnostic diagnostic) { sink.add(std::move(diagnostic)); }

bool declare_noun(Context& context, const std::string& name, base::Span span) {
  return declare(context, context.names.nouns, context.names.times, name, span);
}

bool declare_time(Context& context, const std::string& name, base::Span span) {
  return declare(context, context.names.times, context.names.nouns, name, span);
}

std::optional<ActorId> find_actor(Context& context, const std::string& name) {
  const auto found = context.names.actors.find(name);
  if (found != context.names.actors.end()) {
    return found->second;
  }
  for (const Institution& institution : context.agreement.vocabulary.institutions) {
    if (institution.name == name && !context.names.nouns.contains(name)) {
      Actor actor;
      actor.name = institution.name;
      actor.title = institution.title;
      actor.role = Actor::Role::Other;
      const auto id = base::id_at<ActorId>(context.agreement.actors.size());
      context.agreement.actors.push_back(std::move(actor));
      context.names.actors.emplace(name, id);
      return id;
    }
  }
  return std::nullopt;
}

std::string_view sort_of(const Context& context, const std::string& name) {
  const auto actor = context.names.actors.find(name);
  if (actor != context.names.actors.end()) {
    switch (context.agreement.actors[actor->second.index].role) {
      case Actor::Role::Party:
        return "a party";
      case Actor::Role::Guarantor:
        return "a guarantor";
      case Actor::Role::Outsider:
        return "a group outside the truce";
      case Actor::Role::Body:
        return "a body";
      case Actor::Role::Other:
      case Actor::Role::Unnamed:
        return "somebody";
    }
  }
  if (context.names.places.contains(name)) {
    return "a place";
  }
  if (context.names.moments.contains(name)) {
    return "a moment";
  }
  if (context.names.situations.contains(name)) {
    return "a situation";
  }
  if (context.agreement.vocabulary.find_kind(name).has_value()) {
    return "a kind of thing";
  }
  return "";
}

void report_name(Context& context, const std::string& name, base::Span span, Wanted wanted) {
  if (name.empty()) {
    // The parser has said that a name is missing.
    return;
  }
  const std::string_view sort = sort_of(context, name);
  if (sort.empty()) {
    context.missing.add_name(name, span, wanted);
  } else {
    context.report(Kind::WrongSort, span, {name, std::string(sort), std::string(to_words(wanted))});
  }
}

std::string folded_text(NodeView node) {
  const language::SyntaxTree& tree = node.tree();
  const language::SyntaxTree::Node& own = tree.nodes()[node.index()];
  std::string text;
  bool wants_space = false;
  for (std::uint32_t i = own.first_token; i < own.token_end; ++i) {
    if (language::is_trivia(tree.tokens()[i].kind)) {
      wants_space = true;
      continue;
    }
    if (wants_space && !text.empty()) {
      text += ' ';
    }
    text += tree.token_text(i);
    wants_space = false;
  }
  return text;
}

std::string own_words(NodeView node) {
  std::string text;
  for (std::uint32_t token : node.own_tokens()) {
    if (node.tree().tokens()[token].kind == TokenKind::Word) {
      text += text.empty() ? "" : " ";
      text += node.tree().meant_text(token);
    }
  }
  return text;
}

base::Span token_span(NodeView node, TokenKind kind) {
  const auto token = node.token(kind);
  return token.has_value() ? node.tree().token_span(*token) : node.span();
}

base::Span word_span(NodeView node, std::string_view word) {
  for (std::uint32_t token : node.own_tokens()) {
    if (node.tree().meant_text(token) == word) {
      return node.tree().token_span(token);
    }
  }
  return node.span();
}

bool has_error(NodeView node) {
  // A clause without its full stop breaks off: more than the stop may be missing.
  if (node.kind() == NodeKind::Clause && !node.token(TokenKind::Stop).has_value()) {
    return true;
  }
  std::vector<NodeView> open{node};
  while (!open.empty()) {
    const NodeView next = open.back();
    open.pop_back();
    if (next.kind() == NodeKind::Error) {
      return true;
    }
    for (NodeView child : next.children()) {
      open.push_back(child);
    }
  }
  return false;
}

}  // namespace truce::agreement::internal
