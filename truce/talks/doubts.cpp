// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "truce/talks/internal/find_issue.h"
#include "truce/talks/position.h"

namespace truce::talks {

using diagnostics::Kind;
using packages::Fraction;

namespace internal {

std::optional<std::size_t> find_issue(const PositionSyntax& position, const IssueName& name,
                                      const std::vector<BracketIssue>& issues,
                                      diagnostics::Sink& sink) {
  std::vector<std::size_t> found;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < issues.size(); ++i) {
    if (issues[i].place == name.name) {
      found.push_back(i);
    }
    names.push_back(fmt::format("`{}`", issues[i].name));
  }
  if (found.empty() ||
      (name.bracket.has_value() && (*name.bracket == 0 || *name.bracket > found.size()))) {
    sink.add({.kind = Kind::NoSuchBracket,
              .span = name.span,
              .arguments = {std::string(position.text.slice(name.span)),
                            fmt::format("{}", fmt::join(names, ", "))}});
    return std::nullopt;
  }
  if (found.size() > 1 && !name.bracket.has_value()) {
    sink.add({.kind = Kind::WhichBracket,
              .span = name.span,
              .arguments = {name.name, fmt::format("{}", found.size())}});
    return std::nullopt;
  }
  return found[name.bracket.value_or(1) - 1];
}

}  // namespace internal

Doubts doubts_of(const PositionSyntax& position, const std::vector<BracketIssue>& issues,
                 diagnostics::Sink& sink) {
  Doubts doubts{.all = {}, .issues = {}, .walk_away = {}};
  doubts.issues.resize(issues.size());
  for (const PositionSentence& sentence : position.sentences) {
    const auto* doubt = std::get_if<GiveOrTake>(&sentence);
    if (doubt == nullptr) {
      continue;
    }
    const Fraction share =
        Fraction::from_text(doubt->percent.text).value_or(Fraction{}) * Fraction{1, 100};
    if (share < Fraction{} || share > Fraction{1}) {
      sink.add({.kind = Kind::PercentForm,
                .span = doubt->percent.span,
                .arguments = {doubt->percent.text}});
      continue;
    }
    std::optional<Fraction>* said = doubt->is_no_deal ? &doubts.walk_away : &doubts.all;
    if (doubt->issue.has_value()) {
      const auto issue = internal::find_issue(position, *doubt->issue, issues, sink);
      if (!issue.has_value()) {
        continue;
      }
      said = &doubts.issues[*issue];
    }
    if (said->has_value()) {
      sink.add({.kind = Kind::SaidTwice, .span = doubt->span, .arguments = {"give or take"}});
      continue;
    }
    *said = share;
  }
  return doubts;
}

}  // namespace truce::talks
