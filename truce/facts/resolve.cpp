// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/resolve.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "truce/facts/internal/names.h"

namespace truce::facts {
namespace {

using agreement::ActorId;
using agreement::Agreement;
using incidents::Coverage;
using incidents::NameSet;
using incidents::Report;
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
  if (report.kinds.names.size() == 1) {
    const std::string word = internal::folded(report.kinds.names[0]);
    const auto act = find_institutional_act(word);
    // Prisoners are released, too: without a clause the word is no institutional act.
    if (act.has_value() && (*act != InstitutionalAct::Release || !report.clauses.empty())) {
      fact.institutional = *act;
      if (const auto verb = names.agreement().vocabulary.find_verb(word)) {
        fact.verbs = {*verb};
      }
      return;
    }
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
  if (fact.institutional == InstitutionalAct::Fix) {
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
  fact.named_place = names.place(report.place);
  if (report.point.has_value()) {
    fact.where = geometry::Disc{*report.point, report.radius};
  }
  for (const std::string& number : report.clauses) {
    if (const auto clause = names.clause(number)) {
      fact.clauses.push_back(*clause);
    }
  }
  return fact;
}

const std::string& speaker_of(const Report& report) {
  return report.according_to.empty() ? report.account : report.according_to;
}

void resolve_accounts(Names& names, const std::vector<const Report*>& reports,
                      const std::vector<Coverage>& coverage, Evidence& evidence) {
  std::map<std::string, Account> accounts;
  for (const Report* report : reports) {
    accounts[speaker_of(*report)];
  }
  for (const Coverage& row : coverage) {
    accounts[row.observer];
  }
  for (auto& [name, account] : accounts) {
    account.name = name;
    for (std::size_t i = 0; i < names.agreement().actors.size(); ++i) {
      const agreement::Actor& actor = names.agreement().actors[i];
      if (actor.role != agreement::Actor::Role::Unnamed &&
          internal::folded(actor.name) == internal::folded(name)) {
        account.actor = base::id_at<ActorId>(i);
      }
    }
    evidence.accounts.push_back(std::move(account));
  }
}

AccountId find_account(const Evidence& evidence, const std::string& name) {
  const auto found = std::lower_bound(
      evidence.accounts.begin(), evidence.accounts.end(), name,
      [](const Account& account, const std::string& wanted) { return account.name < wanted; });
  return base::id_at<AccountId>(static_cast<std::size_t>(found - evidence.accounts.begin()));
}

// A list of which no word is known covers nothing, never everything.
void resolve_coverage(Names& names, const std::vector<Coverage>& coverage, Evidence& evidence) {
  for (const Coverage& row : coverage) {
    ResolvedCoverage resolved;
    resolved.account = find_account(evidence, row.observer);
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
      evidence.coverage.push_back(std::move(resolved));
    }
  }
}

std::vector<const Report*> in_order(std::vector<const Report*> reports) {
  std::stable_sort(reports.begin(), reports.end(), [](const Report* a, const Report* b) {
    return std::tie(a->incident, speaker_of(*a), a->account, a->raw, a->when) <
           std::tie(b->incident, speaker_of(*b), b->account, b->raw, b->when);
  });
  return reports;
}

void add_fact(Fact fact, const Report& report, Evidence& evidence) {
  if (evidence.incidents.empty() || evidence.incidents.back().id != report.incident) {
    evidence.incidents.push_back({report.incident, {}, true});
  }
  Incident& incident = evidence.incidents.back();
  fact.incident = base::id_at<IncidentId>(evidence.incidents.size() - 1);
  fact.account = find_account(evidence, speaker_of(report));
  incident.facts.push_back(base::id_at<FactId>(evidence.facts.size()));
  incident.is_institutional =
      incident.is_institutional && fact.institutional != InstitutionalAct::None;
  evidence.facts.push_back(std::move(fact));
}

base::Instant latest_time(const std::vector<const Report*>& reports) {
  base::Instant latest = base::kBeforeTime;
  for (const Report* report : reports) {
    latest = std::max({latest, report->when.from, report->when.to,
                       report->reported_at.value_or(base::kBeforeTime)});
  }
  return latest;
}

}  // namespace

Evidence resolve(const Agreement& agreement, const std::vector<const Report*>& reports,
                 const incidents::ActorBook& actors, const std::vector<Coverage>& coverage,
                 std::optional<base::Instant> now) {
  Names names(agreement, actors);
  Evidence evidence;
  evidence.reports = in_order(reports);
  resolve_accounts(names, evidence.reports, coverage, evidence);
  for (std::size_t i = 0; i < evidence.reports.size(); ++i) {
    Fact fact = resolve_report(names, *evidence.reports[i]);
    fact.report = static_cast<std::uint32_t>(i);
    add_fact(std::move(fact), *evidence.reports[i], evidence);
  }
  resolve_coverage(names, coverage, evidence);
  evidence.unknown_words = names.unknown_words();
  evidence.now = now.value_or(latest_time(evidence.reports));
  return evidence;
}

}  // namespace truce::facts
