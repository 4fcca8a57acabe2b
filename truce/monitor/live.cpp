// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/live.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "truce/monitor/internal/engine.h"
#include "truce/monitor/internal/explain.h"
#include "truce/monitor/internal/live_parts.h"
#include "truce/monitor/internal/readings.h"
#include "truce/monitor/replay.h"

namespace truce::monitor {
namespace {

// A verdict that an engine gave, in names, and what explains it.
struct Found {
  VerdictKey key;
  StandingVerdict verdict;
  std::size_t index = 0;
};

bool is_told_apart(const StandingVerdict& told, const StandingVerdict& now) {
  StandingVerdict same_time = told;
  if (told.is_at_present && now.is_at_present) {
    same_time.at = now.at;
  }
  return same_time != now;
}

bool is_prohibition(const agreement::Agreement& agreement, agreement::ClauseId clause) {
  return agreement.clause(clause).form == agreement::Form::Prohibition;
}

Found found_of(const agreement::Agreement& agreement, const facts::Evidence& evidence,
               const facts::Verdict& verdict, bool is_at_present, std::size_t index) {
  const auto name = [&](facts::IncidentId id) { return evidence.incidents[id.index].id; };
  Found found{{verdict.clause, verdict.bearers, {}, verdict.period.value_or(0), 0}, {}, index};
  const auto about =
      is_prohibition(agreement, verdict.clause) ? verdict.incident : verdict.activated_by;
  found.key.about = about ? name(*about) : std::string();
  found.verdict.incident = verdict.incident ? std::optional(name(*verdict.incident)) : std::nullopt;
  found.verdict.at = verdict.at;
  found.verdict.is_at_present = is_at_present;
  found.verdict.outcome = verdict.outcome;
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    found.verdict.opinions.emplace_back(evidence.accounts[opinion.account.index].name,
                                        opinion.opinion);
  }
  found.verdict.blame = verdict.blame;
  return found;
}

Found found_of(const facts::Evidence& evidence, const facts::Point& point) {
  Found found{{point.clause, {}, evidence.incidents[point.incident.index].id, 0, 0}, {}, 0};
  found.verdict.incident = found.key.about;
  found.verdict.at = point.at;
  found.verdict.holds = point.holds;
  return found;
}

void number_alike(std::vector<Found>& all) {
  std::map<VerdictKey, std::uint32_t> seen;
  for (Found& one : all) {
    one.key.ordinal = seen[one.key]++;
  }
}

facts::Wording words_of(const facts::Truth holds) {
  return holds == facts::Truth::Yes
             ? facts::say("What the clause reports holds at this act.")
             : facts::say("What the clause reports perhaps holds at this act.");
}

}  // namespace

class Live::Working {
 public:
  Working(const agreement::Agreement& agreement, const facts::LiveEvidence& evidence,
          const LiveOptions& options)
      : agreement_(agreement), evidence_(evidence), options_(options) {
    if (agreement.brackets.empty()) {
      parts_.emplace(agreement, evidence);
      shared_.footprints = parts_->footprints();
    } else {
      readings_.emplace(agreement, options.reading);
    }
  }

  std::vector<VerdictChange> update(const std::vector<facts::EvidenceChange>& changes,
                                    base::Instant now);
  void assume(StandingVerdicts told, base::Instant present);

  [[nodiscard]] facts::Evidence around(const std::string& incident) const;
  [[nodiscard]] StandingVerdicts standing() const;
  // Null where nothing stands under the key.
  [[nodiscard]] const StandingVerdict* find(const VerdictKey& key) const;
  [[nodiscard]] std::vector<VerdictKey> keys_about(const std::string& incident) const;
  [[nodiscard]] base::Instant present() const { return present_; }
  [[nodiscard]] std::size_t whole_replays() const { return whole_replays_; }
  [[nodiscard]] std::string digest() const;

 private:
  using Because = std::function<facts::Wording(std::size_t)>;

  void replay_everything(std::vector<VerdictChange>& changes);
  void judge_all(const facts::Evidence& whole, std::vector<VerdictChange>& changes);
  void judge_part(const internal::Rejudgement& what, std::vector<VerdictChange>& changes);
  void replay_readings(const facts::Evidence& whole, std::vector<VerdictChange>& changes);
  // Puts what was found in the place of what stood under these keys.
  void exchange(const std::vector<VerdictKey>& old_keys, std::vector<Found> all,
                const Because& because, std::vector<VerdictChange>& changes);
  void put(const VerdictKey& key, StandingVerdict verdict);
  void drop(const VerdictKey& key);
  [[nodiscard]] std::vector<VerdictKey> keys_of(const internal::Rejudgement& what) const;
  void move_the_present();

  const agreement::Agreement& agreement_;
  const facts::LiveEvidence& evidence_;
  LiveOptions options_;
  std::optional<internal::LiveParts> parts_;
  // Of a text with disputed words; what they know grows with the record.
  std::optional<internal::Readings> readings_;
  internal::Engine::Shared shared_;
  // Of clauses whose windows only institutional acts move; new with each replay of everything.
  std::shared_ptr<internal::Prohibitions::Windows> windows_;
  bool is_started_ = false;
  std::size_t whole_replays_ = 0;
  base::Instant present_ = base::kBeforeTime;
  // By what they are about, so that what stands of one incident is found at once.
  std::unordered_map<std::string, StandingVerdicts> standing_;
  // Whose time is the present.
  std::set<VerdictKey> at_present_;
};

void Live::Working::put(const VerdictKey& key, StandingVerdict verdict) {
  if (verdict.is_at_present) {
    at_present_.insert(key);
  } else {
    at_present_.erase(key);
  }
  standing_[key.about].insert_or_assign(key, std::move(verdict));
}

void Live::Working::drop(const VerdictKey& key) {
  at_present_.erase(key);
  const auto group = standing_.find(key.about);
  group->second.erase(key);
  if (group->second.empty()) {
    standing_.erase(group);
  }
}

const StandingVerdict* Live::Working::find(const VerdictKey& key) const {
  const auto group = standing_.find(key.about);
  if (group == standing_.end()) {
    return nullptr;
  }
  const auto at = group->second.find(key);
  return at == group->second.end() ? nullptr : &at->second;
}

facts::Evidence Live::Working::around(const std::string& incident) const {
  const auto needed = parts_ ? parts_->around(incident) : std::nullopt;
  facts::Evidence evidence = needed ? evidence_.part(*needed) : evidence_.whole();
  evidence.now = present_;
  return evidence;
}

std::vector<VerdictKey> Live::Working::keys_about(const std::string& incident) const {
  std::vector<VerdictKey> keys;
  if (const auto group = standing_.find(incident); group != standing_.end()) {
    for (const auto& [key, verdict] : group->second) {
      keys.push_back(key);
    }
  }
  return keys;
}

StandingVerdicts Live::Working::standing() const {
  StandingVerdicts all;
  for (const auto& [about, group] : standing_) {
    all.insert(group.begin(), group.end());
  }
  return all;
}

void Live::Working::assume(StandingVerdicts told, base::Instant present) {
  for (auto& [key, verdict] : told) {
    put(key, std::move(verdict));
  }
  present_ = present;
}

void Live::Working::move_the_present() {
  for (const VerdictKey& key : at_present_) {
    standing_.at(key.about).at(key).at = present_;
  }
}

std::vector<VerdictChange> Live::Working::update(
    const std::vector<facts::EvidenceChange>& evidence_changes, base::Instant now) {
  const base::Instant before = std::exchange(present_, std::max(now, evidence_.now()));
  std::vector<VerdictChange> changes;
  std::optional<std::vector<internal::Rejudgement>> touched;
  if (parts_ && is_started_) {
    const bool are_ids_others =
        std::any_of(evidence_changes.begin(), evidence_changes.end(),
                    [](const facts::EvidenceChange& one) { return one.are_accounts_changed; });
    if (!are_ids_others) {
      for (const facts::EvidenceChange& one : evidence_changes) {
        parts_->take(one);
      }
    }
    touched = parts_->touched(evidence_changes, before, present_);
    if (touched) {
      move_the_present();
      for (const internal::Rejudgement& what : *touched) {
        judge_part(what, changes);
      }
    }
  }
  if (!touched) {
    ++whole_replays_;
    replay_everything(changes);
  }
  is_started_ = true;
  std::sort(changes.begin(), changes.end(),
            [](const VerdictChange& a, const VerdictChange& b) { return a.key < b.key; });
  return changes;
}

void Live::Working::replay_everything(std::vector<VerdictChange>& changes) {
  if (parts_) {
    parts_->rebuild();
    std::set<std::string> standing;
    for (const auto& [about, group] : standing_) {
      if (!about.empty()) {
        standing.insert(about);
      }
    }
    if (const auto all = parts_->everything(standing, options_.incidents_at_once)) {
      windows_ = std::make_shared<internal::Prohibitions::Windows>();
      for (const internal::Rejudgement& what : *all) {
        judge_part(what, changes);
      }
      return;
    }
  }
  facts::Evidence whole = evidence_.whole();
  whole.now = present_;
  if (parts_) {
    judge_all(whole, changes);
  } else {
    replay_readings(whole, changes);
  }
}

void Live::Working::exchange(const std::vector<VerdictKey>& old_keys, std::vector<Found> all,
                             const Because& because, std::vector<VerdictChange>& changes) {
  number_alike(all);
  std::map<VerdictKey, const Found*> now;
  for (const Found& one : all) {
    now.emplace(one.key, &one);
  }
  for (const VerdictKey& key : old_keys) {
    if (!now.contains(key)) {
      changes.push_back({key, *find(key), std::nullopt, {}});
      drop(key);
    }
  }
  for (const auto& [key, found] : now) {
    const StandingVerdict* told = find(key);
    if (told == nullptr || is_told_apart(*told, found->verdict)) {
      changes.push_back(
          {key, told != nullptr ? std::optional(*told) : std::nullopt, found->verdict, {}});
      if (options_.with_explanations) {
        changes.back().because =
            found->verdict.holds ? words_of(*found->verdict.holds) : because(found->index);
      }
    }
    put(key, found->verdict);
  }
}

std::vector<VerdictKey> Live::Working::keys_of(const internal::Rejudgement& what) const {
  std::vector<VerdictKey> keys;
  const auto add = [&](const StandingVerdicts& group) {
    for (const auto& [key, verdict] : group) {
      if (std::binary_search(what.clauses.begin(), what.clauses.end(), key.clause)) {
        keys.push_back(key);
      }
    }
  };
  const auto is_about_something = [&](agreement::ClauseId id) {
    const agreement::Clause& clause = agreement_.clause(id);
    return clause.form == agreement::Form::Prohibition || clause.form == agreement::Form::Watch ||
           clause.find<agreement::Whenever>() != nullptr;
  };
  if (!what.incidents &&
      std::any_of(what.clauses.begin(), what.clauses.end(), is_about_something)) {
    for (const auto& [about, group] : standing_) {
      add(group);
    }
    return keys;
  }
  if (!what.incidents) {
    if (const auto group = standing_.find(std::string()); group != standing_.end()) {
      add(group->second);
    }
    return keys;
  }
  for (const std::string& incident : *what.incidents) {
    if (const auto group = standing_.find(incident); group != standing_.end()) {
      add(group->second);
    }
  }
  return keys;
}

namespace {

// What an engine gave, in names; `incidents`: of these only, or of all.
std::vector<Found> all_found(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                             const internal::Engine::Result& result,
                             const std::optional<std::set<std::string>>& incidents) {
  std::vector<Found> all;
  const auto add = [&](Found found) {
    const bool is_shown = agreement.clause(found.key.clause).is_shown;
    if (is_shown && (!incidents || incidents->contains(found.key.about))) {
      all.push_back(std::move(found));
    }
  };
  for (std::size_t i = 0; i < result.judged.size(); ++i) {
    const internal::Judged& judged = result.judged[i];
    add(found_of(agreement, evidence, judged.verdict, judged.duty && judged.duty->is_at_present,
                 i));
  }
  for (const facts::Point& point : result.points) {
    add(found_of(evidence, point));
  }
  return all;
}

}  // namespace

void Live::Working::judge_all(const facts::Evidence& whole, std::vector<VerdictChange>& changes) {
  internal::Engine engine(agreement_, whole, shared_);
  windows_ = std::make_shared<internal::Prohibitions::Windows>();
  const internal::Engine::Result result = engine.judge();
  // Of reports as they come there is no end: what is found of their words goes with each engine.
  shared_ = {};
  shared_.closure = engine.shared().closure;
  shared_.relations = engine.shared().relations;
  shared_.footprints = engine.shared().footprints;
  std::vector<VerdictKey> old_keys;
  for (const auto& [key, verdict] : standing()) {
    old_keys.push_back(key);
  }
  internal::Explainer explainer(engine, false);
  exchange(
      old_keys, all_found(agreement_, whole, result, std::nullopt),
      [&](std::size_t index) { return explainer.explain(result.judged[index]).because; }, changes);
  std::vector<agreement::ClauseId> all;
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    all.push_back(base::id_at<agreement::ClauseId>(i));
  }
  parts_->note(engine, all, result, present_);
}

void Live::Working::judge_part(const internal::Rejudgement& what,
                               std::vector<VerdictChange>& changes) {
  facts::Evidence part = evidence_.part(what.needed);
  part.now = present_;
  internal::Engine::Shared shared = shared_;
  shared.reached = what.reached;
  internal::Engine engine(agreement_, part, std::move(shared));
  if (what.has_fixed_windows) {
    engine.prohibitions().share_windows(windows_);
  }
  if (what.incidents) {
    std::vector<bool> judged;
    for (const facts::Incident& incident : part.incidents) {
      judged.push_back(what.incidents->contains(incident.id));
    }
    engine.prohibitions().limit_to(std::move(judged));
  }
  const internal::Engine::Result result = engine.judge(what.clauses);
  // What the text alone gives.
  shared_.closure = engine.shared().closure;
  shared_.relations = engine.shared().relations;
  internal::Explainer explainer(engine, false);
  exchange(
      keys_of(what), all_found(agreement_, part, result, what.incidents),
      [&](std::size_t index) { return explainer.explain(result.judged[index]).because; }, changes);
  if (!what.incidents) {
    parts_->note(engine, what.clauses, result, present_);
  }
}

// A text with disputed words: what its readings say together.
void Live::Working::replay_readings(const facts::Evidence& whole,
                                    std::vector<VerdictChange>& changes) {
  const Replay result = readings_->replay(whole, {.reading = options_.reading,
                                                  .with_explanations = options_.with_explanations,
                                                  .with_changes = false,
                                                  .with_digest = false});
  std::vector<Found> all;
  for (std::size_t i = 0; i < result.verdicts.verdicts.size(); ++i) {
    const facts::Verdict& verdict = result.verdicts.verdicts[i];
    const bool is_at_present =
        verdict.at == whole.now && !is_prohibition(agreement_, verdict.clause);
    all.push_back(found_of(agreement_, whole, verdict, is_at_present, i));
  }
  for (const facts::Point& point : result.verdicts.points) {
    all.push_back(found_of(whole, point));
  }
  std::vector<VerdictKey> old_keys;
  for (const auto& [key, verdict] : standing()) {
    old_keys.push_back(key);
  }
  exchange(
      old_keys, std::move(all),
      [&](std::size_t index) { return result.explanations[index].because; }, changes);
}

std::string Live::Working::digest() const {
  facts::Evidence names;
  names.accounts = evidence_.accounts();
  std::map<std::string, facts::AccountId> accounts;
  for (std::size_t i = 0; i < names.accounts.size(); ++i) {
    accounts.emplace(names.accounts[i].name, base::id_at<facts::AccountId>(i));
  }
  std::map<std::string, facts::IncidentId> incidents;
  facts::Verdicts verdicts;
  for (const auto& [key, one] : standing()) {
    std::optional<facts::IncidentId> incident;
    if (one.incident) {
      const auto [at, is_new] = incidents.try_emplace(
          *one.incident, base::id_at<facts::IncidentId>(names.incidents.size()));
      if (is_new) {
        names.incidents.push_back({*one.incident, {}, false});
      }
      incident = at->second;
    }
    if (one.holds) {
      verdicts.points.push_back({key.clause, *incident, one.at, *one.holds});
      continue;
    }
    facts::Verdict verdict;
    verdict.clause = key.clause;
    verdict.bearers = key.bearers;
    verdict.incident = incident;
    verdict.at = one.at;
    verdict.outcome = one.outcome;
    verdict.blame = one.blame;
    for (const auto& [account, opinion] : one.opinions) {
      verdict.opinions.push_back({accounts.at(account), opinion});
    }
    verdicts.verdicts.push_back(std::move(verdict));
  }
  return facts::digest(agreement_, names, verdicts);
}

Live::Live(const agreement::Agreement& agreement, const facts::LiveEvidence& evidence,
           const LiveOptions& options)
    : working_(std::make_unique<Working>(agreement, evidence, options)) {}

Live::~Live() = default;

std::vector<VerdictChange> Live::update(const std::vector<facts::EvidenceChange>& changes,
                                        base::Instant now) {
  return working_->update(changes, now);
}

void Live::assume(StandingVerdicts told, base::Instant present) {
  working_->assume(std::move(told), present);
}

facts::Evidence Live::around(const std::string& incident) const {
  return working_->around(incident);
}

const StandingVerdict* Live::find(const VerdictKey& key) const { return working_->find(key); }

std::vector<VerdictKey> Live::keys_about(const std::string& incident) const {
  return working_->keys_about(incident);
}

StandingVerdicts Live::standing() const { return working_->standing(); }

base::Instant Live::present() const { return working_->present(); }

std::size_t Live::whole_replays() const { return working_->whole_replays(); }

std::string Live::digest() const { return working_->digest(); }

}  // namespace truce::monitor
