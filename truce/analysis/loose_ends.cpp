// SPDX-License-Identifier: Apache-2.0
// U07, U08 and U09, and how much the text leaves to judgement.
#include <algorithm>

#include "truce/agreement/conditions.h"
#include "truce/analysis/internal/search.h"

namespace truce::analysis::internal {
namespace {

using agreement::Form;

std::vector<std::pair<ClauseId, const agreement::Particular*>> uses_of(
    const Draft& draft, agreement::SituationId situation) {
  std::vector<std::pair<ClauseId, const agreement::Particular*>> uses;
  for (const ClauseId id : draft.clauses()) {
    for (const agreement::Particular& particular : draft.clause(id).particulars) {
      const auto* exception = std::get_if<agreement::Exception>(&particular.what);
      if (exception != nullptr && exception->situation == situation) {
        uses.emplace_back(id, &particular);
      }
    }
  }
  return uses;
}

void find_open_self_defence(Search& search) {
  const auto& situations = search.agreement().situations;
  for (std::size_t i = 0; i < situations.size(); ++i) {
    const auto* response = std::get_if<agreement::Response>(&situations[i].what);
    const auto uses = uses_of(search.draft, base::id_at<agreement::SituationId>(i));
    if (response == nullptr || uses.empty()) {
      continue;
    }
    std::vector<Wording> open;
    if (!response->is_necessary) {
      open.push_back(say("that it be necessary"));
    }
    if (!response->is_proportionate) {
      open.push_back(say("that it be proportionate"));
    }
    if (!response->within.has_value()) {
      open.push_back(say("how soon after the attack it must come"));
    }
    if (response->reported_to.empty()) {
      open.push_back(say("to whom and how soon it must be reported"));
    }
    if (open.empty()) {
      continue;
    }
    Finding finding{.code = Code::U07};
    for (const auto& [id, particular] : uses) {
      point_at(finding, search.draft, id, *particular, "leans on it");
      finding.labels.back().is_primary = false;
    }
    finding.span = situations[i].span;
    finding.labels.insert(finding.labels.begin(), {situations[i].span, "what it says", true});
    finding.message = say("{} does not say {}", situations[i].name, Wording::all(std::move(open)));
    finding.outcome =
        say("Whoever attacks may call it {}, and the text has no test for it.", situations[i].name);
    search.findings.push_back(std::move(finding));
  }
}

// Those whose acts stop a streak and whom no clause binds.
Wording outside_hands(const Draft& draft, const agreement::Occurrence& occurrence) {
  if (occurrence.subject.is_anyone || occurrence.subject.is_no_one) {
    return say("anyone at all");
  }
  Actors outside;
  for (const agreement::Agent& agent : occurrence.subject.agents) {
    for (const ActorId actor : draft.agreement().resolve(agent, {})) {
      const auto ids = draft.clauses();
      const bool is_bound = std::any_of(ids.begin(), ids.end(), [&](ClauseId id) {
        return (draft.is_prohibition(id) || draft.is_duty(id)) &&
               contains(draft.bearers(id), actor);
      });
      if (!is_bound) {
        outside.push_back(actor);
      }
    }
  }
  return draft.names(outside);
}

// Points at each `upon` that waits for the streak of that name.
void point_at_waits(Finding& finding, const Search& search, const std::string& name) {
  for (const ClauseId id : search.draft.clauses()) {
    for (const agreement::Particular& particular : search.clause(id).particulars) {
      const auto* upon = std::get_if<agreement::Upon>(&particular.what);
      if (upon != nullptr && upon->what == agreement::Upon::What::Streak &&
          search.agreement().situations[upon->situation.index].name == name) {
        point_at(finding, search.draft, id, particular, "waits for it");
        finding.labels.back().is_primary = false;
      }
    }
  }
}

void find_outside_interruptions(Search& search, const agreement::Streak& streak,
                                const std::string& name, base::Span span) {
  for (const agreement::Condition& holding : streak.holdings) {
    const auto* occurrence = agreement::denied_by(search.agreement(), holding);
    const Wording who =
        occurrence != nullptr ? outside_hands(search.draft, *occurrence) : Wording();
    if (who.empty()) {
      continue;
    }
    Finding finding{.code = Code::U08};
    finding.span = occurrence->subject.span;
    finding.labels = {{occurrence->subject.span, "whose acts count", true},
                      {span, "and start this again", false}};
    point_at_waits(finding, search, name);
    finding.key = name;
    finding.message = say("{} starts again when {} breaks {}, and no clause binds them", name, who,
                          search.agreement().situations[holding.situation->index].name);
    finding.outcome = say("One who signed nothing can hold up everything that waits for it.");
    search.findings.push_back(std::move(finding));
  }
}

void find_clocks_in_other_hands(Search& search) {
  for (const agreement::Situation& situation : search.agreement().situations) {
    if (const auto* streak = std::get_if<agreement::Streak>(&situation.what)) {
      find_outside_interruptions(search, *streak, situation.name, situation.span);
    }
  }
  for (const agreement::Moment& moment : search.agreement().moments) {
    if (moment.streak.has_value()) {
      find_outside_interruptions(search, *moment.streak, moment.name, moment.span);
    }
  }
}

void find_unstated_survival(Search& search) {
  for (const ClauseId id : search.draft.clauses()) {
    const Clause& clause = search.clause(id);
    if (clause.form != Form::Power || clause.power.verb != agreement::PowerVerb::Terminate ||
        clause.find<agreement::Surviving>() != nullptr) {
      continue;
    }
    std::vector<ClauseId> ended;
    std::vector<ClauseId> others;
    for (const ClauseId other : search.draft.clauses()) {
      const auto& refs = clause.power.clauses;
      const bool is_named = std::any_of(refs.begin(), refs.end(),
                                        [&](const auto& ref) { return ref.clause == other; });
      if (is_named) {
        ended.push_back(other);
      } else if (search.draft.is_prohibition(other) || search.draft.is_duty(other)) {
        others.push_back(other);
      }
    }
    Finding finding{.code = Code::U09};
    about(finding, search.draft, id, "says only what it ends", true);
    finding.message = say("{} may end {} and does not say what survives it", clause.number,
                          ended.empty() ? say("the agreement") : search.draft.numbers(ended));
    finding.outcome =
        say("One side will hold that all else stands, the other that all else fell with it.");
    if (!others.empty()) {
      std::vector<std::string> numbers;
      for (const ClauseId other : others) {
        numbers.push_back(search.draft.number(other));
      }
      std::string list;
      for (const std::string& number : numbers) {
        list += list.empty() ? number : ", " + number;
      }
      finding.repairs.push_back(
          {say("say so: `surviving {}`", list), {{before_stop(clause), "; surviving " + list}}});
    }
    search.findings.push_back(std::move(finding));
  }
}

}  // namespace

void find_loose_ends(Search& search) {
  find_open_self_defence(search);
  find_clocks_in_other_hands(search);
  find_unstated_survival(search);
}

Flexibility flexibility_of(const Draft& draft) {
  Flexibility flexibility;
  for (const ClauseId id : draft.clauses()) {
    const Clause& clause = draft.clause(id);
    flexibility.renewals += clause.find<agreement::Renewable>() != nullptr ? 1 : 0;
    flexibility.powers += clause.form == Form::Power ? 1 : 0;
    flexibility.efforts += clause.form == Form::Effort ? 1 : 0;
    for (const auto* exception : clause.find_all<agreement::Exception>()) {
      const bool is_response = exception->situation.has_value() &&
                               std::holds_alternative<agreement::Response>(
                                   draft.agreement().situations[exception->situation->index].what);
      flexibility.self_defence += is_response ? 1 : 0;
    }
  }
  return flexibility;
}

}  // namespace truce::analysis::internal
