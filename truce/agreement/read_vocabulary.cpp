// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/from_syntax.h"
#include "truce/agreement/internal/circles.h"
#include "truce/agreement/internal/context.h"

namespace truce::agreement {
namespace {

using internal::own_words;
using language::NodeKind;
using language::NodeView;
using language::TokenKind;
using DiagnosticKind = diagnostics::Kind;

class Reader {
 public:
  Reader(NodeView document, diagnostics::Sink& sink) : document_(document), sink_(sink) {}

  Vocabulary read() {
    if (const auto header = document_.child(NodeKind::VocabularyHeader)) {
      vocabulary_.name = header->string().value_or("");
    }
    for (NodeView section : document_.children(NodeKind::Others)) {
      for (NodeView other : section.children(NodeKind::Other)) {
        vocabulary_.institutions.push_back({other.name(), other.string().value_or("")});
      }
    }
    read_kinds();
    read_verbs();
    return std::move(vocabulary_);
  }

 private:
  void report_duplicate(const std::string& name, base::Span span, base::Span first) {
    sink_.add(
        {.kind = DiagnosticKind::DuplicateName,
         .span = span,
         .arguments = {name},
         .labels = {{span, "declared again here", true}, {first, "first declared here", false}}});
  }

  bool is_new_name(const std::string& name, base::Span span) {
    const auto known = vocabulary_.find_kind(name);
    if (known.has_value()) {
      report_duplicate(name, span, vocabulary_.kinds[known->index].span);
    }
    return !known.has_value();
  }

  // Without its parents, which may be declared further down.
  std::optional<Kind> read_kind(NodeView node) {
    Kind kind;
    kind.span = node.span();
    kind.name = node.name(&kind.span);
    kind.title = node.string().value_or("");
    kind.is_from_vocabulary = true;
    if (kind.name.empty() || !is_new_name(kind.name, kind.span)) {
      return std::nullopt;
    }
    for (const NodeView also : node.children(NodeKind::Also)) {
      if (is_new_name(also.name(), also.span())) {
        kind.also.push_back(also.name());
      }
    }
    for (const NodeView measured : node.children(NodeKind::Measured)) {
      if (auto measure = measure_of(measured)) {
        kind.measures.push_back(std::move(*measure));
      }
    }
    return kind;
  }

  void read_kinds() {
    std::vector<std::pair<NodeView, KindId>> declared;
    for (NodeView section : document_.children(NodeKind::Kinds)) {
      for (NodeView node : section.children(NodeKind::Kind)) {
        if (std::optional<Kind> kind = read_kind(node)) {
          declared.emplace_back(node, vocabulary_.add_kind(std::move(*kind)));
        }
      }
    }
    std::vector<std::vector<std::uint32_t>> edges(vocabulary_.kinds.size());
    for (const auto& [node, id] : declared) {
      for (NodeView parents : node.children(NodeKind::KindOf)) {
        for (KindId parent : kinds_of(parents)) {
          vocabulary_.kinds[id.index].parents.push_back(parent);
          edges[id.index].push_back(parent.index);
        }
      }
    }
    for (const std::vector<std::uint32_t>& circle : internal::find_circles(edges)) {
      const Kind& kind = vocabulary_.kinds[circle[0]];
      sink_.add(
          {.kind = DiagnosticKind::DefinitionCircle, .span = kind.span, .arguments = {kind.name}});
    }
  }

  static std::optional<Measure> measure_of(NodeView node) {
    // `measured by calibre in mm`
    std::vector<std::string> words;
    for (std::uint32_t token : node.own_tokens()) {
      words.emplace_back(node.tree().meant_text(token));
    }
    // Without `in` it is a plain number.
    if (words.size() != 3 && words.size() != 5) {
      return std::nullopt;
    }
    return Measure{words[2], words.size() == 5 ? words[4] : ""};
  }

  // The kinds named in a list under `node`; with a role given, also its words `Actors`, `Places`.
  std::vector<KindId> kinds_of(NodeView node, Role* role = nullptr) {
    std::vector<KindId> kinds;
    const std::optional<NodeView> nouns = node.child(NodeKind::Nouns);
    if (!nouns.has_value()) {
      return kinds;
    }
    for (NodeView noun : nouns->children(NodeKind::Noun)) {
      base::Span span = noun.span();
      const std::string name = noun.name(&span);
      const auto kind = vocabulary_.find_kind(name);
      if (kind.has_value()) {
        kinds.push_back(*kind);
      } else if (role != nullptr && name == "Actors") {
        role->admits_actors = true;
      } else if (role != nullptr && name == "Places") {
        role->admits_places = true;
      } else if (role == nullptr || name != "Anything") {
        sink_.add({.kind = DiagnosticKind::UndefinedName, .span = span, .arguments = {name}});
      }
    }
    return kinds;
  }

  static Preposition preposition_of(NodeView role) {
    const std::optional<NodeView> node = role.child(NodeKind::Preposition);
    const std::string words = node.has_value() ? own_words(*node) : "";
    for (int i = 1; i <= static_cast<int>(Preposition::For); ++i) {
      const auto preposition = static_cast<Preposition>(i);
      if (words == to_text(preposition)) {
        return preposition;
      }
    }
    return Preposition::Object;
  }

  void read_verbs() {
    std::vector<std::pair<NodeView, VerbId>> declared;
    for (NodeView node : document_.children(NodeKind::VocabularyAct)) {
      const std::optional<NodeView> word = node.child(NodeKind::Verb);
      if (!word.has_value()) {
        continue;
      }
      Verb verb;
      verb.name = own_words(*word);
      verb.span = word->span();
      const auto known = vocabulary_.find_verb(verb.name);
      if (known.has_value()) {
        report_duplicate(verb.name, verb.span, vocabulary_.verbs[known->index].span);
        continue;
      }
      read_lines(node, verb);
      declared.emplace_back(node, vocabulary_.add_verb(std::move(verb)));
    }
    for (const auto& [node, id] : declared) {
      for (NodeView implied : node.children(NodeKind::ImpliedAct)) {
        read_implication(implied, id);
      }
    }
  }

  void read_lines(NodeView node, Verb& verb) {
    for (NodeView forms : node.children(NodeKind::Forms)) {
      for (std::uint32_t token : forms.own_tokens()) {
        if (forms.tree().tokens()[token].kind == TokenKind::String) {
          std::string_view text = forms.tree().token_text(token);
          text.remove_prefix(1);
          text.remove_suffix(text.ends_with('"') ? 1 : 0);
          verb.forms.emplace_back(text);
        }
      }
    }
    for (NodeView line : node.children(NodeKind::Role)) {
      Role role;
      role.preposition = preposition_of(line);
      role.kinds = kinds_of(line, &role);
      verb.roles.push_back(std::move(role));
    }
    if (const auto aspect = node.child(NodeKind::Aspect)) {
      verb.aspect = aspect->has_word("state")           ? Aspect::State
                    : aspect->has_word("institutional") ? Aspect::Institutional
                                                        : Aspect::Event;
    }
    if (const auto shown = node.child(NodeKind::ShownBy)) {
      verb.shown_by = shown->string().value_or("");
    }
    for (NodeView frame : node.children(NodeKind::Frame)) {
      const std::string words = own_words(frame);
      verb.frames.emplace_back(words.substr(words.rfind(' ') + 1), frame.string().value_or(""));
    }
  }

  // The object of the implied act is what stands in the role that admits it: `escort … with
  // Weapons` implies `carry Weapons`.
  void read_implication(NodeView node, VerbId id) {
    const std::optional<NodeView> act = node.child(NodeKind::Act);
    const std::optional<NodeView> word =
        act.has_value() ? act->child(NodeKind::Verb) : std::nullopt;
    if (!word.has_value()) {
      return;
    }
    const auto implied = vocabulary_.find_verb(own_words(*word));
    if (!implied.has_value()) {
      sink_.add({.kind = DiagnosticKind::UnknownVerb,
                 .span = word->span(),
                 .arguments = {own_words(*word)}});
      return;
    }
    Role object;
    object.kinds = kinds_of(*act, &object);
    Implication implication{*implied, std::nullopt};
    for (const Role& role : vocabulary_.verbs[id.index].roles) {
      const bool has_kind = !object.kinds.empty() && std::find(role.kinds.begin(), role.kinds.end(),
                                                               object.kinds[0]) != role.kinds.end();
      const bool has_place = object.admits_places && role.admits_places;
      if (!implication.object_from.has_value() && (has_kind || has_place)) {
        implication.object_from = role.preposition;
      }
    }
    vocabulary_.verbs[id.index].implies.push_back(implication);
  }

  NodeView document_;
  diagnostics::Sink& sink_;
  Vocabulary vocabulary_;
};

}  // namespace

Vocabulary read_vocabulary(const language::SyntaxTree& tree, diagnostics::Sink& sink) {
  return Reader(tree.root(), sink).read();
}

}  // namespace truce::agreement
