// SPDX-License-Identifier: Apache-2.0
// U01, U02, U03 and U05: what an obligation lacks, and where its remedies end.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "truce/analysis/internal/search.h"

namespace truce::analysis::internal {
namespace {

using agreement::Form;
using agreement::Upon;

constexpr std::string_view kNoneStated = "none stated";
// So many clauses without a consequence are told as one.
constexpr std::size_t kManyGaps = 6;

bool is_obligation(const Clause& clause) {
  return clause.form == Form::Prohibition || clause.form == Form::Duty ||
         clause.form == Form::Effort || clause.form == Form::Phases;
}

// A body's duty to watch or to tell is a means of enforcement: who watches it in turn has no end.
bool is_duty_to_watch(const Draft& draft, ClauseId id) {
  constexpr std::array<std::string_view, 7> kVerbs = {"verify", "inspect", "monitor", "investigate",
                                                      "report", "notify",  "publish"};
  const Clause& clause = draft.clause(id);
  const Actors bearers = draft.bearers(id);
  const bool are_bodies =
      !bearers.empty() && std::all_of(bearers.begin(), bearers.end(), [&](ActorId actor) {
        return draft.agreement().actor(actor).role == agreement::Actor::Role::Body;
      });
  return are_bodies && clause.form == Form::Duty && clause.act.verb.has_value() &&
         std::find(kVerbs.begin(), kVerbs.end(), draft.agreement().verb(*clause.act.verb).name) !=
             kVerbs.end();
}

// The agent that most other clauses name in that particular, for a repair.
template <typename What>
std::optional<std::string> usual_agent(const Draft& draft, const Actors& but) {
  std::map<std::string, std::size_t> counts;
  for (const ClauseId id : draft.clauses()) {
    for (const What* what : draft.clause(id).template find_all<What>()) {
      if (what->agents.size() == 1 && what->agents[0].who == agreement::Agent::Who::Actor &&
          !contains(but, what->agents[0].actor)) {
        ++counts[draft.agreement().actor(what->agents[0].actor).name];
      }
    }
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? std::nullopt : std::optional(most->first);
}

void find_missing_observer(Search& search, ClauseId id) {
  const Clause& clause = search.clause(id);
  if (clause.find<agreement::Monitored>() != nullptr || is_duty_to_watch(search.draft, id)) {
    return;
  }
  Finding finding{.code = Code::U01};
  about(finding, search.draft, id, "nobody watches it", true);
  finding.message = say("nobody is named to watch {}", clause.number);
  finding.outcome = say("What was done is what each side says was done.");
  if (const auto usual =
          usual_agent<agreement::Monitored>(search.draft, search.draft.bearers(id))) {
    finding.repairs.push_back({say("add `monitored by {}`", *usual),
                               {{before_stop(clause), "; monitored by " + *usual}}});
  }
  search.findings.push_back(std::move(finding));
}

void find_missing_deadline(Search& search, ClauseId id) {
  const Clause& clause = search.clause(id);
  if ((clause.form != Form::Duty && clause.form != Form::Phases) ||
      clause.find<agreement::Due>() != nullptr || clause.find<agreement::Finish>() != nullptr ||
      clause.find<agreement::Interval>() != nullptr || clause.find<agreement::Start>() != nullptr) {
    return;
  }
  Finding finding{.code = Code::U02};
  about(finding, search.draft, id, "has no deadline", true);
  finding.message = say("nothing says by when {} must be done", clause.number);
  finding.outcome = say("However long it is left undone, nobody is ever in breach of it.");
  if (const auto* from = clause.find<agreement::From>()) {
    finding.repairs.push_back({say("add `within 10 days of {}`", from->at.text),
                               {{before_stop(clause), "; within 10 days of " + from->at.text}}});
  } else if (clause.waits()) {
    finding.repairs.push_back(
        {say("add `within 10 days`"), {{before_stop(clause), "; within 10 days"}}});
  } else if (!search.agreement().moments.empty() && clause.form == Form::Duty) {
    const std::string& moment = search.agreement().moments.front().name;
    finding.repairs.push_back({say("add `within 10 days of {}`", moment),
                               {{before_stop(clause), "; within 10 days of " + moment}}});
  }
  search.findings.push_back(std::move(finding));
}

void find_missing_bearer(Search& search, ClauseId id) {
  const Clause& clause = search.clause(id);
  const bool has_undefined = std::any_of(
      clause.subject.agents.begin(), clause.subject.agents.end(),
      [](const agreement::Agent& agent) { return agent.who == agreement::Agent::Who::Undefined; });
  if (!search.draft.bearers(id).empty() || has_undefined || clause.form == Form::Phases) {
    return;
  }
  Finding finding{.code = Code::U03};
  about(finding, search.draft, id, "", false);
  finding.labels.clear();
  finding.span = clause.subject.span;
  finding.labels.push_back({clause.subject.span, "binds nobody who signs", true});
  finding.message = say("{} binds nobody", clause.number);
  finding.outcome = say("Whoever does it, no signatory is in breach.");
  if (clause.subject.is_no_one && !search.agreement().parties().empty()) {
    finding.repairs.push_back(
        {say("name who is bound: `each Party shall not`"), {{clause.subject.span, "each Party"}}});
  }
  search.findings.push_back(std::move(finding));
}

// The remedies of breaches: which clause follows which.
class Remedies {
 public:
  explicit Remedies(const Draft& draft) : draft_(draft) {
    is_remedy_.assign(draft.agreement().clauses.size(), false);
    for (const ClauseId id : draft.clauses()) {
      for (const ClauseId next : next_of(id)) {
        is_remedy_[next.index] = true;
      }
      for (const Upon* upon : draft.clause(id).find_all<Upon>()) {
        is_remedy_[id.index] = is_remedy_[id.index] || upon->what == Upon::What::Breach ||
                               upon->what == Upon::What::Determination ||
                               upon->what == Upon::What::ReportOfClause;
      }
    }
  }

  [[nodiscard]] bool is_remedy(ClauseId id) const { return is_remedy_[id.index]; }
  [[nodiscard]] std::vector<ClauseId> next_of(ClauseId id) const {
    std::vector<ClauseId> next;
    for (const auto* consequence : draft_.clause(id).find_all<agreement::Consequence>()) {
      for (const agreement::ClauseRef& ref : consequence->clauses) {
        next.push_back(ref.clause);
      }
    }
    return next;
  }
  /// The way from a breach of `id` to the last remedy, the first one wherever there are several.
  [[nodiscard]] std::vector<ClauseId> chain(ClauseId id) const {
    std::vector<ClauseId> chain = {id};
    for (std::vector<ClauseId> next = next_of(id); !next.empty(); next = next_of(chain.back())) {
      // A chain that comes back to itself ends there.
      if (std::find(chain.begin(), chain.end(), next.front()) != chain.end()) {
        break;
      }
      chain.push_back(next.front());
    }
    return chain;
  }

 private:
  const Draft& draft_;
  std::vector<bool> is_remedy_;
};

// The remedy that most clauses have, for a repair.
std::optional<ClauseId> usual_remedy(const Draft& draft, const Remedies& remedies,
                                     const std::vector<ClauseId>& but) {
  std::map<ClauseId, std::size_t> counts;
  for (const ClauseId id : draft.clauses()) {
    for (const ClauseId next : remedies.next_of(id)) {
      const bool is_own = std::find(but.begin(), but.end(), next) != but.end();
      counts[next] += remedies.is_remedy(id) || is_own ? 0 : 1;
    }
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() || most->second == 0 ? std::nullopt : std::optional(most->first);
}

// Lets `remedy` follow a breach of these: it waits for findings of the clauses it lists.
std::optional<Edit> listed_in(const Draft& draft, const std::vector<ClauseId>& ids,
                              ClauseId remedy) {
  for (const Upon* upon : draft.clause(remedy).find_all<Upon>()) {
    if (!upon->clauses.empty()) {
      base::Span span = upon->clauses.back().span;
      span.begin = span.end;
      std::string numbers;
      for (const ClauseId id : ids) {
        numbers += ", " + draft.number(id);
      }
      return Edit{span, numbers};
    }
  }
  return std::nullopt;
}

// Lets the remedy that most clauses have follow a breach of these, too, and names who finds it.
std::optional<Repair> usual_consequence(const Search& search, const Remedies& remedies,
                                        const std::vector<ClauseId>& ids) {
  const Draft& draft = search.draft;
  const auto remedy = usual_remedy(draft, remedies, ids);
  if (!remedy.has_value()) {
    return std::nullopt;
  }
  const std::string number = draft.number(*remedy);
  Repair repair{.text = ids.size() == 1
                            ? say("let {} follow: `consequence {}`", number, number)
                            : say("let {} follow them all: `consequence {}`", number, number),
                .edits = {}};
  if (const auto edit = listed_in(draft, ids, *remedy)) {
    repair.edits.push_back(*edit);
    repair.text = say("{}, and name {} in {}", std::move(repair.text), draft.numbers(ids), number);
  }
  std::optional<std::string> finding;
  for (const ClauseId id : ids) {
    const Clause& clause = draft.clause(id);
    repair.edits.push_back({first_particular<agreement::Consequence>(clause)->span,
                            "consequence " + draft.number(*remedy)});
    const auto finder = usual_agent<agreement::Determined>(draft, draft.answerable(id));
    if (clause.find<agreement::Determined>() == nullptr && finder.has_value()) {
      finding = fmt::format("determined by {} within 24 hours", *finder);
      repair.edits.push_back({before_stop(clause), "; " + *finding});
    }
  }
  if (finding.has_value()) {
    repair.text = say("{}, and say who finds a breach: `{}`", std::move(repair.text), *finding);
  }
  return repair;
}

void find_none_stated(Search& search, const Remedies& remedies, ClauseId id) {
  const Clause& clause = search.clause(id);
  const auto* consequence = first_particular<agreement::Consequence>(clause);
  if (consequence == nullptr || !remedies.next_of(id).empty() || remedies.is_remedy(id) ||
      clause.form == Form::Effort || is_duty_to_watch(search.draft, id)) {
    return;
  }
  Finding finding{.code = Code::U05, .key = std::string(kNoneStated)};
  point_at(finding, search.draft, id, *consequence, "a gap that was left on purpose");
  finding.message = say("nothing follows from a breach of {}", clause.number);
  std::vector<Wording> lacks;
  if (clause.find<agreement::Determined>() == nullptr) {
    lacks.push_back(say("nobody is named to find a breach"));
  }
  if (clause.find<agreement::Ensured>() == nullptr) {
    lacks.push_back(say("nobody answers for it beside its bearer"));
  }
  finding.outcome = say("General law is all that is left to the other side.");
  if (!lacks.empty()) {
    finding.notes.push_back(say("besides, {}", Wording::all(std::move(lacks))));
  }
  if (auto repair = usual_consequence(search, remedies, {id})) {
    finding.repairs.push_back(std::move(*repair));
  }
  search.findings.push_back(std::move(finding));
}

// A remedy that is named, and waits for breaches of other clauses.
void find_unheard(Search& search, const Remedies& remedies, ClauseId id) {
  for (const ClauseId remedy : remedies.next_of(id)) {
    const agreement::Particular* upon = first_particular<Upon>(search.clause(remedy));
    if (upon == nullptr) {
      continue;
    }
    const Upon& waits = std::get<Upon>(upon->what);
    const bool is_of_clauses =
        waits.what == Upon::What::Breach || waits.what == Upon::What::Determination;
    const bool is_heard =
        std::any_of(waits.clauses.begin(), waits.clauses.end(),
                    [&](const agreement::ClauseRef& ref) { return ref.clause == id; });
    if (!is_of_clauses || is_heard) {
      continue;
    }
    Finding finding{.code = Code::U05};
    point_at(finding, search.draft, id,
             *first_particular<agreement::Consequence>(search.clause(id)), "names its remedy");
    point_at(finding, search.draft, remedy, *upon, "which waits for other breaches");
    finding.message = say("{} is to follow a breach of {}, and does not wait for one",
                          search.draft.number(remedy), search.draft.number(id));
    finding.outcome = say("The remedy never falls due for this clause.");
    if (const auto edit = listed_in(search.draft, {id}, remedy)) {
      finding.repairs.push_back(
          {say("name {} in {}", search.draft.number(id), search.draft.number(remedy)), {*edit}});
    }
    search.findings.push_back(std::move(finding));
  }
}

// Chains that end with those who answer for their beginning, told once for each end.
void find_circular_remedies(Search& search, const Remedies& remedies) {
  std::map<ClauseId, std::vector<ClauseId>> by_end;
  for (const ClauseId id : search.draft.clauses()) {
    const std::vector<ClauseId> chain = remedies.chain(id);
    if (chain.size() < 2 || remedies.is_remedy(id)) {
      continue;
    }
    const Actors last = search.draft.bearers(chain.back());
    const bool is_own =
        !last.empty() && std::any_of(chain.begin(), chain.end() - 1, [&](ClauseId earlier) {
          return are_among(last, search.draft.answerable(earlier));
        });
    if (is_own) {
      by_end[chain.back()].push_back(id);
    }
  }
  for (const auto& [end, starts] : by_end) {
    Finding finding{.code = Code::U05};
    about(finding, search.draft, end, "the last remedy", true);
    for (const ClauseId start : starts) {
      point_at(finding, search.draft, start,
               *first_particular<agreement::Consequence>(search.clause(start)),
               "its remedies begin");
      finding.labels.back().is_primary = false;
    }
    const Wording who = search.draft.names(search.draft.bearers(end));
    finding.message =
        search.draft.bearers(end).size() == 1
            ? say("the remedies for a breach of {} end at {}, with {}, who answers for the breach",
                  search.draft.numbers(starts), search.draft.number(end), who)
            : say("the remedies for a breach of {} end at {}, with {}, who answer for the breach",
                  search.draft.numbers(starts), search.draft.number(end), who);
    finding.outcome = say("In the end the accused decide what follows.");
    search.findings.push_back(std::move(finding));
  }
}

bool is_gap_on_purpose(const Finding& finding) {
  return finding.code == Code::U05 && finding.key == kNoneStated;
}

// A text that states no consequence anywhere has one hole and not twenty. Clauses that somebody
// takes upon themselves stay by themselves.
void join_none_stated(Search& search, const Remedies& remedies) {
  std::vector<Finding> joined;
  std::vector<Finding> others;
  for (Finding& finding : search.findings) {
    const auto& accepted = search.agreement().acceptances;
    const bool is_accepted =
        is_gap_on_purpose(finding) &&
        std::any_of(accepted.begin(), accepted.end(), [&](const auto& acceptance) {
          return find_code(acceptance.code) == Code::U05 &&
                 std::any_of(acceptance.clauses.begin(), acceptance.clauses.end(),
                             [&](const auto& ref) { return ref.clause == finding.clauses[0]; });
        });
    (is_gap_on_purpose(finding) && !is_accepted ? joined : others).push_back(std::move(finding));
  }
  if (joined.size() < kManyGaps) {
    others.insert(others.end(), joined.begin(), joined.end());
    search.findings = std::move(others);
    return;
  }
  Finding all{.code = Code::U05};
  all.span = joined.front().span;
  for (Finding& finding : joined) {
    all.clauses.push_back(finding.clauses[0]);
    all.particulars.insert(all.particulars.end(), finding.particulars.begin(),
                           finding.particulars.end());
    for (diagnostics::Label label : finding.labels) {
      // One is drawn; the others are named.
      if (all.labels.empty()) {
        all.labels.push_back(std::move(label));
      }
    }
  }
  std::sort(all.clauses.begin(), all.clauses.end());
  if (auto repair = usual_consequence(search, remedies, all.clauses)) {
    all.repairs.push_back(std::move(*repair));
  }
  all.message = say("nothing follows from a breach of {}", search.draft.numbers(all.clauses));
  all.notes.push_back(
      say("`consequence none stated` stands in {} clauses", std::to_string(joined.size())));
  all.outcome = joined.front().outcome;
  others.push_back(std::move(all));
  search.findings = std::move(others);
}

}  // namespace

void find_unenforceable(Search& search) {
  const Remedies remedies(search.draft);
  for (const ClauseId id : search.draft.clauses()) {
    if (!is_obligation(search.clause(id))) {
      continue;
    }
    find_missing_observer(search, id);
    find_missing_deadline(search, id);
    find_missing_bearer(search, id);
    find_none_stated(search, remedies, id);
    find_unheard(search, remedies, id);
  }
  join_none_stated(search, remedies);
  find_circular_remedies(search, remedies);
}

}  // namespace truce::analysis::internal
