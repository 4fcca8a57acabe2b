// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/resolve.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "truce/facts/internal/names.h"
#include "truce/facts/internal/resolve_report.h"

namespace truce::facts {
namespace {

using agreement::ActorId;
using agreement::Agreement;
using incidents::Coverage;
using incidents::NameSet;
using incidents::Report;
using internal::AccountsByName;
using internal::Names;

// More combinations than this of who acted together say no more than that nobody knows.
constexpr std::size_t kMaxGroups = 4096;

void sort_unique(Group& group) {
  std::sort(group.begin(), group.end());
  group.erase(std::unique(group.begin(), group.end()), group.end());
}

// One alternative for each name that acted, or every combination of those named together.
void resolve_actors(Names& names, const Report& report, Fact& fact) {
  std::vector<Group> groups;
  for (const std::string& name : report.actors.names) {
    const std::vector<ActorId> found = names.actor("actor", name, report.when);
    std::vector<Group> alternatives;
    for (ActorId actor : found) {
      alternatives.push_back({actor});
    }
    if (found.empty()) {
      fact.is_actor_unknown = true;
      alternatives = names.anybody();
    }
    if (report.actors.joining == NameSet::Joining::OneOf || groups.empty()) {
      groups.insert(groups.end(), alternatives.begin(), alternatives.end());
      continue;
    }
    if (groups.size() * alternatives.size() > kMaxGroups) {
      groups = names.anybody();
      fact.is_actor_unknown = true;
      break;
    }
    std::vector<Group> joined;
    for (const Group& group : groups) {
      for (const Group& more : alternatives) {
        joined.push_back(group);
        joined.back().insert(joined.back().end(), more.begin(), more.end());
        sort_unique(joined.back());
      }
    }
    groups = std::move(joined);
  }
  if (groups.empty()) {
    fact.is_actor_unknown = true;
    groups = names.anybody();
  }
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  fact.actors = std::move(groups);
}

void resolve_authors(Names& names, const Report& report, Fact& fact) {
  Group authors;
  for (const std::string& name : report.actors.names) {
    const std::vector<ActorId> found = names.actor("actor", name, report.when);
    authors.insert(authors.end(), found.begin(), found.end());
  }
  sort_unique(authors);
  fact.is_actor_unknown = authors.empty();
  fact.actors = {std::move(authors)};
}

Values resolve_values(Names& names, std::string_view field, const NameSet& set,
                      base::TimeRange when) {
  Values values;
  values.is_all_of = set.joining == NameSet::Joining::AllOf && set.names.size() > 1;
  for (const std::string& name : set.names) {
    std::vector<Value> found = names.value(field, name, when);
    if (values.is_all_of && found.size() > 1) {
      // One of several, struck together with others: all that is certain is that it was something.
      Value open;
      open.text = name;
      found = {open};
    }
    for (Value& value : found) {
      if (std::find(values.items.begin(), values.items.end(), value) == values.items.end()) {
        values.items.push_back(std::move(value));
      }
    }
  }
  if (values.items.empty()) {
    values.items.emplace_back();
    values.is_all_of = false;
  }
  return values;
}

void resolve_verbs(Names& names, const Report& report, Fact& fact) {
  fact.institutional = institutional_act_of(report);
  if (fact.institutional != InstitutionalAct::None) {
    // A release from clauses is no release of anybody.
    const bool is_deed = fact.institutional != InstitutionalAct::Release;
    const std::string word = is_deed ? internal::folded(report.kinds.names.front()) : "";
    if (const auto verb = names.agreement().vocabulary.find_verb(word)) {
      fact.verbs = {*verb};
    }
    return;
  }
  for (const std::string& name : report.kinds.names) {
    if (const auto verb = names.verb("kind", name)) {
      fact.verbs.push_back(*verb);
    } else {
      fact.is_verb_unknown = true;
    }
  }
  if (fact.is_verb_unknown || fact.verbs.empty()) {
    fact.is_verb_unknown = true;
    fact.verbs = names.any_verb();
  }
  std::sort(fact.verbs.begin(), fact.verbs.end());
  fact.verbs.erase(std::unique(fact.verbs.begin(), fact.verbs.end()), fact.verbs.end());
}

// A `fix` names a moment or a place as its target.
void resolve_fixed(Names& names, const Report& report, Fact& fact) {
  // A dissent from fixing it names it, too.
  if (fact.institutional == InstitutionalAct::Fix ||
      fact.institutional == InstitutionalAct::Dissent) {
    for (const std::string& name : report.targets.names) {
      if (const auto moment = names.moment(name)) {
        fact.fixed_moment = moment;
        fact.objects.items.assign(1, Value{});
        fact.objects.items[0].text = name;
        return;
      }
    }
  }
  fact.objects = resolve_values(names, "target", report.targets, report.when);
}

}  // namespace

namespace internal {

Fact resolve_report(Names& names, const Report& report) {
  Fact fact;
  fact.when = report.when;
  resolve_verbs(names, report, fact);
  if (fact.institutional == InstitutionalAct::None) {
    resolve_actors(names, report, fact);
  } else {
    resolve_authors(names, report, fact);
  }
  resolve_fixed(names, report, fact);
  fact.weapons = resolve_values(names, "weapon", report.weapons, report.when);
  fact.place_text = report.place;
  fact.key = report.key;
  fact.order = report.order;
  fact.named_place = names.place(report.place);
  if (report.point.has_value()) {
    fact.where = geometry::Disc{*report.point, report.radius};
  }
  fact.are_clauses_named = !report.clauses.empty();
  for (const std::string& number : report.clauses) {
    if (const auto clause = names.clause(number)) {
      fact.clauses.push_back(*clause);
    }
  }
  return fact;
}

const std::string& name_of_speaker(const Report& report) {
  return report.according_to.empty() ? report.account : report.according_to;
}

AccountsByName resolve_accounts(const Names& names, const std::set<std::string>& spellings,
                                std::vector<Account>& found) {
  AccountsByName by_name;
  for (const std::string& spelling : spellings) {
    by_name[spelling];
  }
  // In bytewise order, so that of several spellings the first stands; an actor's own name does.
  std::map<Speaker, Account> accounts;
  for (const auto& [name, id] : by_name) {
    Speaker speaker = names.speaker(name);
    const std::optional<ActorId> actor = speaker.actor;
    const std::string& shown = actor ? names.agreement().actor(*actor).name : name;
    accounts.try_emplace(std::move(speaker), Account{.name = shown, .actor = actor});
  }
  std::vector<const Speaker*> by_shown;
  for (const auto& [speaker, account] : accounts) {
    by_shown.push_back(&speaker);
  }
  std::sort(by_shown.begin(), by_shown.end(), [&](const Speaker* a, const Speaker* b) {
    return accounts.at(*a).name < accounts.at(*b).name;
  });
  std::map<Speaker, AccountId> ids;
  for (const Speaker* speaker : by_shown) {
    ids[*speaker] = base::id_at<AccountId>(found.size());
    found.push_back(accounts.at(*speaker));
  }
  for (auto& [name, id] : by_name) {
    id = ids.at(names.speaker(name));
  }
  return by_name;
}

// A list of which no word is known covers nothing, never everything.
void resolve_coverage(Names& names, const std::vector<Coverage>& coverage,
                      const AccountsByName& accounts, std::vector<ResolvedCoverage>& found) {
  for (const Coverage& row : coverage) {
    ResolvedCoverage resolved;
    resolved.account = accounts.at(row.observer);
    resolved.when = row.when;
    for (const std::string& name : row.places) {
      if (const auto place = names.place(name)) {
        resolved.places.push_back(*place);
      } else {
        names.count_unknown("place", name);
      }
    }
    for (const std::string& name : row.kinds) {
      if (const auto verb = names.verb("kind", name)) {
        resolved.verbs.push_back(*verb);
      }
    }
    if (resolved.places.empty() == row.places.empty() &&
        resolved.verbs.empty() == row.kinds.empty()) {
      found.push_back(std::move(resolved));
    }
  }
}

// The present where nothing is reported.
base::Instant first_time(const Agreement& agreement) {
  if (agreement.date) {
    return base::start_of(*agreement.date) - agreement.clock.offset;
  }
  std::optional<base::Instant> first;
  for (const agreement::Moment& moment : agreement.moments) {
    if (moment.expression && moment.expression->base == agreement::MomentExpression::Base::Fixed) {
      first = std::min(first.value_or(moment.expression->fixed), moment.expression->fixed);
    }
  }
  return first.value_or(base::kBeforeTime);
}

base::Instant latest_of(const Report& report) {
  return std::max(
      {report.when.from, report.when.to, report.reported_at.value_or(base::kBeforeTime)});
}

}  // namespace internal

namespace {

// Pairs, so that the account is not looked up again for each comparison.
std::vector<std::pair<AccountId, const Report*>> in_order(const std::vector<const Report*>& reports,
                                                          const AccountsByName& accounts) {
  std::vector<std::pair<AccountId, const Report*>> sorted;
  sorted.reserve(reports.size());
  for (const Report* report : reports) {
    sorted.emplace_back(accounts.at(internal::name_of_speaker(*report)), report);
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& one, const auto& other) {
    const Report* a = one.second;
    const Report* b = other.second;
    return std::tie(a->incident, one.first, a->account, a->raw, a->when) <
           std::tie(b->incident, other.first, b->account, b->raw, b->when);
  });
  return sorted;
}

void add_fact(Fact fact, const Report& report, AccountId account, Evidence& evidence) {
  if (evidence.incidents.empty() || evidence.incidents.back().id != report.incident) {
    evidence.incidents.push_back({report.incident, {}, true});
  }
  Incident& incident = evidence.incidents.back();
  fact.incident = base::id_at<IncidentId>(evidence.incidents.size() - 1);
  fact.account = account;
  incident.facts.push_back(base::id_at<FactId>(evidence.facts.size()));
  incident.is_institutional =
      incident.is_institutional && fact.institutional != InstitutionalAct::None;
  evidence.facts.push_back(std::move(fact));
}

base::Instant latest_time(const Agreement& agreement, const std::vector<const Report*>& reports) {
  if (reports.empty()) {
    return internal::first_time(agreement);
  }
  base::Instant latest = base::kBeforeTime;
  for (const Report* report : reports) {
    latest = std::max(latest, internal::latest_of(*report));
  }
  return latest;
}

}  // namespace

InstitutionalAct institutional_act_of(const Report& report) {
  if (report.kinds.names.size() != 1) {
    return InstitutionalAct::None;
  }
  const auto act = find_institutional_act(internal::folded(report.kinds.names.front()));
  const bool is_of_prisoners = act == InstitutionalAct::Release && report.clauses.empty();
  return is_of_prisoners ? InstitutionalAct::None : act.value_or(InstitutionalAct::None);
}

Speaker speaker_of(const Agreement& agreement, const incidents::ActorBook& actors,
                   std::string_view name) {
  return Names(agreement, actors).speaker(std::string(name));
}

Evidence resolve(const Agreement& agreement, const std::vector<const Report*>& reports,
                 const incidents::ActorBook& actors, const std::vector<Coverage>& coverage,
                 std::optional<base::Instant> now) {
  Names names(agreement, actors);
  Evidence evidence;
  std::set<std::string> spellings;
  for (const Report* report : reports) {
    spellings.insert(internal::name_of_speaker(*report));
  }
  for (const Coverage& row : coverage) {
    spellings.insert(row.observer);
  }
  const AccountsByName accounts = internal::resolve_accounts(names, spellings, evidence.accounts);
  for (const auto& [account, report] : in_order(reports, accounts)) {
    Fact fact = internal::resolve_report(names, *report);
    fact.report = static_cast<std::uint32_t>(evidence.reports.size());
    evidence.reports.push_back(report);
    add_fact(std::move(fact), *report, account, evidence);
  }
  internal::resolve_coverage(names, coverage, accounts, evidence.coverage);
  evidence.unknown_words = names.unknown_words();
  evidence.now = now.value_or(latest_time(agreement, evidence.reports));
  return evidence;
}

}  // namespace truce::facts
