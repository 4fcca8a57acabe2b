// SPDX-License-Identifier: Apache-2.0
#include "truce/daily/internal/notices.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "truce/incidents/names.h"

namespace truce::daily::internal {
namespace {

using AccountKey = std::pair<std::string, std::string>;
using Accounts = std::map<AccountKey, const incidents::Report*>;

Accounts accounts_of(const facts::Evidence& evidence) {
  Accounts accounts;
  for (const incidents::Report* report : evidence.reports) {
    accounts.emplace(AccountKey{report->incident, incidents::fold_name(report->account)}, report);
  }
  return accounts;
}

// Which norm instance a verdict is on, whatever the numbers in its own evidence.
struct VerdictKey {
  agreement::ClauseId clause;
  Side side;
  std::string incident;
  std::string activated_by;
  std::uint32_t period = 0;

  friend auto operator<=>(const VerdictKey&, const VerdictKey&) = default;
};

struct Standing {
  base::Instant at;
  facts::Outcome outcome = facts::Outcome::Unknown;
};

using VerdictMap = std::map<VerdictKey, Standing>;

std::string name_of(const facts::Evidence& evidence, std::optional<facts::IncidentId> id) {
  return id ? evidence.incidents[id->index].id : std::string();
}

VerdictMap verdicts_of(const agreement::Agreement& agreement, const Snapshot& snapshot) {
  VerdictMap map;
  for (const facts::Verdict& verdict : snapshot.replay.verdicts.verdicts) {
    if (!agreement.clause(verdict.clause).number.empty()) {
      map.insert_or_assign(
          VerdictKey{.clause = verdict.clause,
                     .side = side_of(agreement, verdict),
                     .incident = name_of(snapshot.evidence, verdict.incident),
                     .activated_by = name_of(snapshot.evidence, verdict.activated_by),
                     .period = verdict.period.value_or(0)},
          Standing{.at = verdict.at, .outcome = verdict.outcome});
    }
  }
  return map;
}

std::map<std::string, base::TimeRange> incidents_of(const facts::Evidence& evidence) {
  std::map<std::string, base::TimeRange> times;
  for (const facts::Incident& incident : evidence.incidents) {
    base::TimeRange hull = evidence.fact(incident.facts.front()).when;
    for (const facts::FactId id : incident.facts) {
      hull.from = std::min(hull.from, evidence.fact(id).when.from);
      hull.to = std::max(hull.to, evidence.fact(id).when.to);
    }
    times.emplace(incident.id, hull);
  }
  return times;
}

// A prohibition that an incident on record did not break has no verdict in the list.
std::optional<facts::Outcome> outcome_in(const VerdictMap& verdicts, const VerdictKey& key,
                                         bool is_incident_known) {
  const auto found = verdicts.find(key);
  if (found != verdicts.end()) {
    return found->second.outcome;
  }
  return is_incident_known ? std::optional(facts::Outcome::Kept) : std::nullopt;
}

std::string number_text(const std::optional<std::int64_t>& low,
                        const std::optional<std::int64_t>& best,
                        const std::optional<std::int64_t>& high) {
  std::string text;
  for (const auto& number : {low, best, high}) {
    text += text.empty() ? "" : " / ";
    text += number ? std::to_string(*number) : "?";
  }
  return text == "? / ? / ?" ? std::string() : text;
}

std::string when_text(base::TimeRange when, base::Duration offset) {
  const std::string from = base::to_iso(when.from, offset);
  return when.from == when.to ? from : from + " … " + base::to_iso(when.to, offset);
}

std::vector<FieldChange> changes_of(const incidents::Report& was, const incidents::Report& is,
                                    base::Duration offset) {
  using incidents::to_text;
  std::vector<FieldChange> changes = {
      {"when", when_text(was.when, offset), when_text(is.when, offset)},
      {"actor", to_text(was.actors), to_text(is.actors)},
      {"kind", to_text(was.kinds), to_text(is.kinds)},
      {"target", to_text(was.targets), to_text(is.targets)},
      {"weapon", to_text(was.weapons), to_text(is.weapons)},
      {"place", was.place, is.place},
      {"deaths", number_text(was.deaths_low, was.deaths_best, was.deaths_high),
       number_text(is.deaths_low, is.deaths_best, is.deaths_high)}};
  std::erase_if(changes, [](const FieldChange& change) { return change.was == change.is; });
  if (changes.empty()) {
    changes.push_back({"other", was.note, is.note});
  }
  return changes;
}

void add_corrections(const Input& input, std::vector<Notice>& notices) {
  const Accounts now = accounts_of(input.now.evidence);
  for (const auto& [key, was] : accounts_of(input.before.evidence)) {
    const auto found = now.find(key);
    const bool is_gone = found == now.end();
    if (!is_gone && found->second->raw == was->raw) {
      continue;
    }
    Notice notice{.what = is_gone ? Notice::What::Withdrawn : Notice::What::Corrected,
                  .incident = was->incident,
                  .when = was->when,
                  .who = was->according_to,
                  .clause = {},
                  .side = {},
                  .was = std::nullopt,
                  .is = std::nullopt,
                  .fields = {}};
    if (!is_gone) {
      notice.fields = changes_of(*was, *found->second, input.agreement.clock.offset);
    }
    notices.push_back(std::move(notice));
  }
}

void add_verdicts(const Input& input, base::TimeRange period,
                  const std::map<std::string, base::TimeRange>& before_times,
                  const std::map<std::string, base::TimeRange>& now_times,
                  std::vector<Notice>& notices) {
  const VerdictMap before = verdicts_of(input.agreement, input.before);
  const VerdictMap now = verdicts_of(input.agreement, input.now);
  VerdictMap all = now;
  all.insert(before.begin(), before.end());
  for (const auto& [key, standing] : all) {
    const auto was = outcome_in(before, key, before_times.contains(key.incident));
    const auto is = outcome_in(now, key, now_times.contains(key.incident));
    if (standing.at >= period.from || was == is) {
      continue;
    }
    notices.push_back({.what = Notice::What::Verdict,
                       .incident = key.incident.empty() ? key.activated_by : key.incident,
                       .when = {standing.at, standing.at},
                       .who = {},
                       .clause = input.agreement.clause(key.clause).number,
                       .side = key.side,
                       .was = was,
                       .is = is,
                       .fields = {}});
  }
}

}  // namespace

Side side_of(const agreement::Agreement& agreement, const facts::Verdict& verdict) {
  Side side;
  side.is_either =
      agreement.clause(verdict.clause).subject.mode == agreement::Subject::Mode::Either;
  for (const agreement::ActorId bearer : verdict.bearers) {
    side.names.push_back(agreement.actor(bearer).name);
  }
  return side;
}

std::vector<ForceNotice> force_notices(const Input& input, base::TimeRange period) {
  std::vector<ForceNotice> notices;
  for (const monitor::ForceHistory& force : input.now.replay.force) {
    const std::string& number = input.agreement.clause(force.clause).number;
    for (const monitor::ForceHistory::Change& change : force.changes) {
      if (number.empty() || change.at < period.from || change.at >= period.to) {
        continue;
      }
      using What = ForceNotice::What;
      const bool is_renewal = change.act == facts::InstitutionalAct::Extend;
      notices.push_back({.clause = number,
                         .what = !change.new_end ? What::Nothing
                                 : is_renewal    ? What::Renewed
                                                 : What::Ended,
                         .until = change.new_end.value_or(base::kAfterTime)});
    }
  }
  return notices;
}

std::vector<Notice> notices_of(const Input& input, base::TimeRange period) {
  std::vector<Notice> notices;
  const auto before_times = incidents_of(input.before.evidence);
  const auto now_times = incidents_of(input.now.evidence);
  for (const auto& [id, when] : now_times) {
    if (when.from < period.from && !before_times.contains(id)) {
      notices.push_back({.what = Notice::What::Late,
                         .incident = id,
                         .when = when,
                         .who = {},
                         .clause = {},
                         .side = {},
                         .was = std::nullopt,
                         .is = std::nullopt,
                         .fields = {}});
    }
  }
  add_corrections(input, notices);
  add_verdicts(input, period, before_times, now_times, notices);
  std::stable_sort(notices.begin(), notices.end(), [](const Notice& a, const Notice& b) {
    return std::tie(a.what, a.when, a.incident, a.clause) <
           std::tie(b.what, b.when, b.incident, b.clause);
  });
  return notices;
}

}  // namespace truce::daily::internal
