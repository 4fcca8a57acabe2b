// SPDX-License-Identifier: Apache-2.0
// Property: any text resolves to an agreement whose references point at what there is, with
// messages that point into the texts, and whose every reading holds no disputed word. A line `%%`
// parts agreement, companion and annex.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/base/check.h"
#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/parse.h"

namespace {

namespace agreement = truce::agreement;
namespace language = truce::language;

constexpr std::string_view kSeparator = "\n%%\n";
// Quadratic growth would show as a hang; text beyond this only slows the search.
constexpr std::size_t kMaxSize = 1 << 16;

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  while (parts.size() < 2) {
    const std::size_t end = text.find(kSeparator);
    if (end == std::string_view::npos) {
      break;
    }
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end + kSeparator.size());
  }
  parts.emplace_back(text);
  return parts;
}

void check_noun(const agreement::Agreement& text, const agreement::Noun& noun) {
  switch (noun.head) {
    case agreement::Noun::Head::Agent:
      TRUCE_CHECK(noun.agent.who != agreement::Agent::Who::Actor ||
                      noun.agent.actor.index < text.actors.size(),
                  "an agent is one of the actors");
      break;
    case agreement::Noun::Head::Kind:
      TRUCE_CHECK(noun.kind.index < text.vocabulary.kinds.size(), "a kind is one of the kinds");
      break;
    case agreement::Noun::Head::Place:
      TRUCE_CHECK(noun.place.index < text.places.size(), "a place is one of the places");
      break;
    case agreement::Noun::Head::Undefined:
      break;
  }
  for (const agreement::Noun& owner : noun.owner) {
    check_noun(text, owner);
  }
}

void check_agreement(const agreement::Agreement& text) {
  for (const agreement::Clause& clause : text.clauses) {
    TRUCE_CHECK(text.find_clause(clause.number).has_value(), "a clause is found by its number");
    for (const agreement::Noun& noun : clause.act.object.items) {
      check_noun(text, noun);
    }
    for (const agreement::Agent& agent : clause.subject.agents) {
      for (const agreement::ActorId actor : text.resolve(agent, agreement::ActorId())) {
        TRUCE_CHECK(actor.index < text.actors.size(), "an agent stands for actors");
      }
    }
    for (const agreement::ClauseRef& ref : clause.power.clauses) {
      TRUCE_CHECK(ref.clause.index < text.clauses.size(), "a reference is to a clause");
    }
  }
  for (const agreement::Kind& kind : text.vocabulary.kinds) {
    for (const agreement::KindId parent : kind.parents) {
      TRUCE_CHECK(parent.index < text.vocabulary.kinds.size(), "a parent is one of the kinds");
    }
  }
}

void check_reading(const agreement::Agreement& text, agreement::ActorId proposer) {
  const agreement::Agreement reading =
      agreement::in_reading(text, agreement::reading_of(text, proposer));
  TRUCE_CHECK(reading.brackets.empty(), "a reading has no brackets");
  TRUCE_CHECK(reading.clauses.size() == text.clauses.size(), "a reading keeps the clauses");
  for (const agreement::Clause& clause : reading.clauses) {
    for (const agreement::Particular& particular : clause.particulars) {
      TRUCE_CHECK(!particular.only_in.has_value(), "a reading has no disputed particular");
    }
  }
  check_agreement(reading);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const agreement::Vocabulary kVocabulary =
      *agreement::read_embedded_vocabulary(agreement::kCeasefire1);
  if (size > kMaxSize) {
    return 0;
  }
  const std::vector<std::string> parts =
      parts_of(std::string_view(reinterpret_cast<const char*>(data), size));
  truce::diagnostics::Sink sink;
  std::vector<std::unique_ptr<language::SyntaxTree>> trees;
  std::vector<const language::SyntaxTree*> views;
  for (std::size_t i = 0; i < parts.size() && i < 2; ++i) {
    trees.push_back(std::make_unique<language::SyntaxTree>(language::parse(
        truce::base::SourceText("text", parts[i]), static_cast<std::uint32_t>(i), sink)));
    views.push_back(trees.back().get());
  }
  agreement::AnnexFiles annexes;
  if (parts.size() > 2) {
    annexes.emplace("annex.geojson", parts[2]);
  }
  const agreement::Agreement text = agreement::from_syntax(views, {kVocabulary, annexes}, sink);
  for (const truce::diagnostics::Diagnostic& message : sink.sorted()) {
    TRUCE_CHECK(message.span.source < trees.size(), "a message is on one of the texts");
    TRUCE_CHECK(message.span.begin <= message.span.end &&
                    message.span.end <= parts[message.span.source].size(),
                "a message points into its text");
  }
  check_agreement(text);
  for (const agreement::ActorId proposer : agreement::proposers(text)) {
    check_reading(text, proposer);
  }
  return 0;
}
