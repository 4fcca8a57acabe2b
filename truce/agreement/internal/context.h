// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/agreement/from_syntax.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/syntax_tree.h"

namespace truce::agreement::internal {

using diagnostics::Diagnostic;
using language::NodeKind;
using language::NodeView;
using language::TokenKind;

/// Everything declared, by name. Kinds are in the agreement's vocabulary.
struct Names {
  std::unordered_map<std::string, ActorId> actors;
  std::unordered_map<std::string, PlaceId> places;
  std::unordered_map<std::string, MomentId> moments;
  std::unordered_map<std::string, SituationId> situations;
  std::unordered_map<std::string, ClauseId> clauses;
  std::unordered_map<std::string, ParameterId> parameters;
  // Where a name of each space was first declared: nouns (actors, places, things) and times
  // (moments, situations).
  std::unordered_map<std::string, base::Span> nouns;
  std::unordered_map<std::string, base::Span> times;
};

/// What may stand where a name stands; decides what is suggested.
enum class Wanted : std::uint8_t { Actor, Noun, Kind, Place, Moment, Situation, MomentOrSituation };

/// `an actor`, `a place` …, for sentences.
std::string_view to_words(Wanted wanted);

/// Names and clause numbers that are used and not declared, each reported once.
class Missing {
 public:
  void add_name(const std::string& name, base::Span span, Wanted wanted);
  void add_clause(const std::string& number, base::Span span);
  void add_verb(const std::string& word, base::Span span);
  /// Reports all of them, in order of first use.
  void report(const Agreement& agreement, const Names& names, diagnostics::Sink& sink) const;

 private:
  struct Use {
    std::string text;
    Wanted wanted = Wanted::Noun;
    std::vector<base::Span> spans;
    std::size_t count = 0;
  };
  struct Uses {
    std::vector<Use> list;
    std::unordered_map<std::string, std::size_t> places;
  };
  static void add(Uses& uses, const std::string& text, base::Span span, Wanted wanted);

  Uses names_;
  Uses clauses_;
  Uses verbs_;
};

/// What resolution works on. One for each call of from_syntax.
struct Context {
  const Surroundings& surroundings;
  diagnostics::Sink& sink;
  Agreement agreement;
  Names names;
  Missing missing;

  // Whether a part of the clause being read did not parse: the word taken for its act may be none.
  bool is_broken_off = false;
  // The clause being read, if any.
  std::optional<ClauseId> clause;
  // Clauses whose performance something waits for, with the words that say so: read before it is
  // known what form they have.
  struct Awaited {
    ClauseRef ref;
    std::string words;
  };
  std::vector<Awaited> awaited;
  // Brackets seen, by source and node.
  std::map<std::pair<std::uint32_t, std::uint32_t>, BracketId> brackets;
  // The alternatives taken for the brackets around what is being read.
  std::vector<std::pair<BracketId, std::uint32_t>> chosen;

  void report(diagnostics::Kind kind, base::Span span, std::vector<std::string> arguments = {});
  void report(Diagnostic diagnostic);
};

/// Enters a name into a space; false, and reported, when it is taken there or reserved.
bool declare_noun(Context& context, const std::string& name, base::Span span);
bool declare_time(Context& context, const std::string& name, base::Span span);

/// The actor of that name, an institution of the vocabulary included, which then joins the actors.
std::optional<ActorId> find_actor(Context& context, const std::string& name);

/// What the name stands for where it stands for something else than is wanted, for a message:
/// `a place`. Empty when it is declared nowhere.
std::string_view sort_of(const Context& context, const std::string& name);
/// Reports a name that is not what is wanted: of the wrong sort, or not declared.
void report_name(Context& context, const std::string& name, base::Span span, Wanted wanted);

/// The text of a node with comments left out and white space folded.
std::string folded_text(NodeView node);
/// The word tokens of a node itself, joined by spaces.
std::string own_words(NodeView node);
/// The span of the first own token of that kind; the node's span when there is none.
base::Span token_span(NodeView node, TokenKind kind);
/// The span of the own word; the node's span when there is none.
base::Span word_span(NodeView node, std::string_view word);
/// Whether a part of it could not be read, which the parser has reported.
bool has_error(NodeView node);

}  // namespace truce::agreement::internal
