// SPDX-License-Identifier: Apache-2.0
// What clauses say of each other, once the form of each is known.
#include <map>
#include <string_view>

#include "truce/agreement/internal/check_clauses.h"
#include "truce/agreement/internal/declarations.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

constexpr std::size_t kMaxLabels = 3;
// What waits for a first performance, not for all of them.
constexpr std::string_view kDayOf = "day n of";

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    text += i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

// A prohibition is kept by doing nothing, and a duty that recurs is never done with: there is no
// moment at which it has been performed. That one began, is another matter.
void check_awaited(Context& context, const ClauseRef& ref, const std::string& words) {
  const Clause& clause = context.agreement.clause(ref.clause);
  std::string what;
  if (clause.form == Form::Prohibition) {
    what = "a prohibition, which nobody performs";
  } else if (clause.form == Form::Reservation) {
    what = "reserved text, which nobody performs";
  } else if (clause.recurrence() != nullptr && words != kDayOf) {
    what = "a duty that recurs, which is never done with";
  } else {
    return;
  }
  context.report({.kind = DiagnosticKind::NeverPerformed,
                  .span = ref.span,
                  .arguments = {clause.number, what, words},
                  .labels = {{clause.number_span, "it stands here", false}}});
}

void check_extension(Context& context, const Clause& clause) {
  const bool has_period = clause.power.period.has_value() || !clause.disputed_powers.empty() ||
                          clause.form != Form::Power;
  if (has_period || clause.power.verb != PowerVerb::Extend) {
    return;
  }
  for (const ClauseRef& ref : clause.power.clauses) {
    const Clause& extended = context.agreement.clause(ref.clause);
    if (extended.find<Renewable>() == nullptr) {
      context.report({.kind = DiagnosticKind::ExtendsByNothing,
                      .span = ref.span,
                      .arguments = {extended.number}});
    }
  }
}

void check_surviving(Context& context, const Clause& clause) {
  for (const Surviving* surviving : clause.find_all<Surviving>()) {
    for (const ClauseRef& survivor : surviving->clauses) {
      for (const ClauseRef& ended : clause.power.clauses) {
        const bool is_settled = !survivor.only_in.has_value() && !ended.only_in.has_value();
        if (is_settled && survivor.clause == ended.clause) {
          context.report({.kind = DiagnosticKind::SurvivesItsEnd,
                          .span = survivor.span,
                          .arguments = {context.agreement.clause(ended.clause).number},
                          .labels = {{ended.span, "ended here", false}}});
        }
      }
    }
  }
}

// How many phases a side has; every phase of a class of actors is one of each side.
std::size_t count_phases(const Clause& clause, const Agent& side) {
  std::size_t count = 0;
  for (const Phase* phase : clause.find_all<Phase>()) {
    for (const Agent& agent : phase->agents) {
      count += agent.who != Agent::Who::Actor || agent.actor == side.actor ? 1 : 0;
    }
  }
  return count;
}

void check_turns(Context& context, const Clause& clause) {
  if (clause.form != Form::Phases || clause.find<Phase>() == nullptr) {
    return;
  }
  std::vector<std::string> missing;
  for (const Agent& side : clause.phase_agents) {
    if (side.who != Agent::Who::Actor || side.only_in.has_value()) {
      continue;
    }
    const std::size_t count = count_phases(clause, side);
    if (count == 0) {
      missing.push_back("a phase for `" + side.text + "`");
    } else if (count > 1) {
      context.report(DiagnosticKind::SaidTwice, side.span, {"phase " + side.text});
    }
  }
  if (clause.find<Start>() == nullptr) {
    missing.emplace_back("`start`");
  }
  if (clause.find<Finish>() == nullptr) {
    missing.emplace_back("`finish`");
  }
  if (clause.find<Interval>() == nullptr) {
    missing.emplace_back("an interval");
  }
  if (!missing.empty()) {
    context.report(DiagnosticKind::PhasesIncomplete, clause.subject.span, {joined(missing)});
  }
}

}  // namespace

void check_references(Context& context) {
  for (const Context::Awaited& awaited : context.awaited) {
    check_awaited(context, awaited.ref, awaited.words);
  }
  for (const Clause& clause : context.agreement.clauses) {
    for (const Particular& particular : clause.particulars) {
      if (const auto* upon = std::get_if<Upon>(&particular.what)) {
        for (const ClauseRef& ref : upon->clauses) {
          if (upon->what == Upon::What::Fulfilment) {
            check_awaited(context, ref, "upon fulfilment of");
          }
        }
      } else if (const auto* with = std::get_if<Reciprocally>(&particular.what)) {
        for (const ClauseRef& ref : with->clauses) {
          check_awaited(context, ref, "reciprocally with");
        }
      }
    }
    check_extension(context, clause);
    check_surviving(context, clause);
    check_turns(context, clause);
  }
}

void check_languages(Context& context) {
  std::map<std::string, std::vector<base::Span>> undeclared;
  const auto is_declared = [&](const std::string& code) {
    const auto& languages = context.agreement.languages;
    return std::any_of(languages.begin(), languages.end(),
                       [&](const auto& one) { return one.code == code; });
  };
  const std::string& prevailing = context.agreement.prevailing_language;
  if (!prevailing.empty() && !is_declared(prevailing)) {
    undeclared[prevailing].push_back(context.agreement.prevailing_span);
  }
  for (const Clause& clause : context.agreement.clauses) {
    for (const Particular& particular : clause.particulars) {
      const auto* text = std::get_if<LanguageText>(&particular.what);
      if (text != nullptr && !is_declared(text->language)) {
        undeclared[text->language].push_back(particular.span);
      }
    }
  }
  for (const auto& [code, spans] : undeclared) {
    Diagnostic diagnostic{
        .kind = DiagnosticKind::LanguageNotDeclared, .span = spans[0], .arguments = {code}};
    for (std::size_t i = 1; i < std::min(spans.size(), kMaxLabels + 1); ++i) {
      diagnostic.labels.push_back({spans[i], "also here", false});
    }
    context.report(std::move(diagnostic));
  }
}

}  // namespace truce::agreement::internal
