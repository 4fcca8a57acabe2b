// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/declarations.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

constexpr NodeKind kHeaderLines[] = {
    NodeKind::DateLine,       NodeKind::ClockLine,      NodeKind::DaysLine,
    NodeKind::LanguagesLine,  NodeKind::VocabularyLine, NodeKind::MetricLine,
    NodeKind::ForceLine,      NodeKind::DepositLine,    NodeKind::AmendmentLine,
    NodeKind::PrevailingLine,
};

std::string first_words(NodeView node) {
  const std::string words = own_words(node);
  return words.substr(0, words.find(' '));
}

void check_said_once(Context& context, NodeView header) {
  for (NodeKind kind : kHeaderLines) {
    const std::vector<NodeView> lines = header.children(kind);
    if (lines.size() > 1) {
      context.report({.kind = DiagnosticKind::SaidTwice,
                      .span = lines[1].span(),
                      .arguments = {first_words(lines[1])},
                      .labels = {{lines[1].span(), "said again here", true},
                                 {lines[0].span(), "first said here", false}}});
    }
  }
}

void read_clock(Context& context, NodeView header) {
  const std::optional<NodeView> line = header.child(NodeKind::ClockLine);
  if (!line.has_value()) {
    return;
  }
  base::Span span;
  context.agreement.clock.name = line->name(&span);
  if (!line->token(TokenKind::Time).has_value()) {
    return;
  }
  if (const auto offset = time_of_day(context, *line)) {
    if (offset->seconds > 14 * 3600) {
      context.report(DiagnosticKind::NoSuchOffset, token_span(*line, TokenKind::Time),
                     {std::string(line->token_text(TokenKind::Time))});
      return;
    }
    const bool is_behind = line->token(TokenKind::Minus).has_value();
    context.agreement.clock.offset = {is_behind ? -offset->seconds : offset->seconds};
  }
}

void check_required(Context& context, NodeView header) {
  const base::Span span = token_span(header, TokenKind::String);
  const auto add = [&](std::string_view line, std::string_view description) {
    return diagnostics::Fix{
        {span.source, span.end, span.end}, ";\n  " + std::string(line), std::string(description)};
  };
  if (has_error(header)) {
    return;
  }
  if (!header.child(NodeKind::ClockLine).has_value()) {
    context.report({.kind = DiagnosticKind::ClockMissing,
                    .span = span,
                    .fix = add("clock Local at UTC+00:00", "declare the clock")});
    return;
  }
  if (!header.child(NodeKind::DaysLine).has_value()) {
    context.report({.kind = DiagnosticKind::DaysMissing,
                    .span = span,
                    .fix = add("days of 24 hours", "declare what a day is")});
    return;
  }
  if (!header.child(NodeKind::VocabularyLine).has_value()) {
    const std::string& name = context.agreement.vocabulary.name;
    context.report({.kind = DiagnosticKind::VocabularyNotNamed,
                    .span = span,
                    .arguments = {name},
                    .fix = add("vocabulary \"" + name + "\"", "name the vocabulary")});
  }
}

void read_languages(Context& context, NodeView header) {
  const std::optional<NodeView> line = header.child(NodeKind::LanguagesLine);
  if (!line.has_value()) {
    return;
  }
  std::map<std::string, base::Span> spans;
  for (NodeView language : line->children(NodeKind::Language)) {
    LanguageDeclaration declaration;
    declaration.code = first_words(language);
    const auto first = spans.emplace(declaration.code, language.span());
    if (!first.second) {
      context.report({.kind = DiagnosticKind::SaidTwice,
                      .span = language.span(),
                      .arguments = {declaration.code},
                      .labels = {{language.span(), "said again here", true},
                                 {first.first->second, "first said here", false}}});
      continue;
    }
    if (language.has_word("authentic")) {
      declaration.standing = LanguageDeclaration::Standing::Authentic;
    } else if (language.has_word("translation")) {
      declaration.standing = LanguageDeclaration::Standing::Translation;
    }
    context.agreement.languages.push_back(std::move(declaration));
  }
}

void read_vocabulary_line(Context& context, NodeView header) {
  const std::optional<NodeView> line = header.child(NodeKind::VocabularyLine);
  if (!line.has_value() || !line->string().has_value()) {
    return;
  }
  const std::string name = *line->string();
  const std::string& known = context.agreement.vocabulary.name;
  if (name != known) {
    const base::Span span = token_span(*line, TokenKind::String);
    context.report(
        {.kind = DiagnosticKind::UnknownVocabulary,
         .span = span,
         .arguments = {name},
         .fix = diagnostics::Fix{span, "\"" + known + "\"", "there is \"" + known + "\""}});
  }
}

void check_companion(Context& context, NodeView header) {
  const std::string of = header.string().value_or("");
  if (!of.empty() && of != context.agreement.title) {
    const base::Span span = token_span(header, TokenKind::String);
    context.report({.kind = DiagnosticKind::CompanionOfAnother,
                    .span = span,
                    .arguments = {of, context.agreement.title}});
  }
}

// Towards a pole a plane cannot be true to scale for two points at once.
constexpr double kLargestLatitude = 85;

}  // namespace

void check_header(Context& context, NodeView document, bool is_companion) {
  const std::optional<NodeView> header = document.child(NodeKind::TruceHeader);
  const std::optional<NodeView> companion = document.child(NodeKind::CompanionHeader);
  if (is_companion) {
    if (companion.has_value()) {
      check_companion(context, *companion);
    }
    return;
  }
  if (header.has_value()) {
    context.agreement.title = header->string().value_or("");
    context.agreement.day_rule = DayRule::TwentyFourHours;
    if (const auto days = header->child(NodeKind::DaysLine)) {
      context.agreement.day_rule =
          days->has_word("calendar") ? DayRule::Calendar : DayRule::TwentyFourHours;
    }
    read_clock(context, *header);
    check_said_once(context, *header);
    check_required(context, *header);
    const std::vector<NodeView> headers = document.children(NodeKind::TruceHeader);
    if (headers.size() > 1) {
      context.report({.kind = DiagnosticKind::SaidTwice,
                      .span = headers[1].span(),
                      .arguments = {"truce"},
                      .labels = {{headers[1].span(), "said again here", true},
                                 {headers[0].span(), "first said here", false}}});
    }
    return;
  }
  const auto& tokens = document.tree().tokens();
  const bool is_unreadable = !tokens.empty() && tokens[0].kind == TokenKind::Invalid;
  if (!is_unreadable && !document.child(NodeKind::Error).has_value()) {
    base::Span span = document.span();
    const std::vector<NodeView> sections = document.children();
    if (!sections.empty()) {
      span = sections[0].span();
    }
    span.end = std::min(span.end, span.begin + 1);
    context.report(DiagnosticKind::HeaderMissing, span);
  }
}

bool is_lone_companion(Context& context, NodeView document) {
  const std::optional<NodeView> companion = document.child(NodeKind::CompanionHeader);
  if (!companion.has_value() || document.child(NodeKind::TruceHeader).has_value()) {
    return false;
  }
  context.report(DiagnosticKind::CompanionAlone, companion->span());
  return true;
}

void check_binds(Context& context, NodeView document) {
  const std::optional<NodeView> header = document.child(NodeKind::TruceHeader);
  // What could not be read may have been the section that seems to lack.
  if (!header.has_value() || document.child(NodeKind::Error).has_value()) {
    return;
  }
  const base::Span title = token_span(*header, TokenKind::String);
  if (!document.child(NodeKind::Parties).has_value()) {
    context.report(DiagnosticKind::NoParties, title);
  }
  if (!document.child(NodeKind::Clause).has_value()) {
    context.report(DiagnosticKind::NoClauses, word_span(*header, "truce"));
  }
}

void resolve_header(Context& context, NodeView document) {
  const std::optional<NodeView> header = document.child(NodeKind::TruceHeader);
  if (!header.has_value()) {
    return;
  }
  Agreement& agreement = context.agreement;
  if (const auto line = header->child(NodeKind::DateLine)) {
    agreement.date = date_of_token(context, *line);
  }
  read_languages(context, *header);
  read_vocabulary_line(context, *header);
  if (const auto line = header->child(NodeKind::MetricLine)) {
    agreement.metric = line->has_word("planar") ? Metric::Planar : Metric::Geodesic;
    agreement.planar_latitude = number_of(*line);
    if (agreement.planar_latitude > kLargestLatitude) {
      context.report(DiagnosticKind::QuantityTooLarge, line->span(),
                     {folded_text(*line), "the latitude of a plane that can be drawn, 85"});
    }
  }
  if (const auto line = header->child(NodeKind::ForceLine)) {
    agreement.signatories = child_agents(context, *line);
    agreement.force_from = child_moment(context, *line);
  }
  if (const auto line = header->child(NodeKind::DepositLine)) {
    agreement.depositaries = child_agents(context, *line);
  }
  if (const auto line = header->child(NodeKind::AmendmentLine)) {
    agreement.amending = child_agents(context, *line);
  }
  if (const auto line = header->child(NodeKind::PrevailingLine)) {
    const std::string words = own_words(*line);
    agreement.prevailing_language = words.substr(words.rfind(' ') + 1);
    agreement.prevailing_span = line->span();
  }
}

}  // namespace truce::agreement::internal
