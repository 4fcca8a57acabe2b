// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/live.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "truce/monitor/internal/engine.h"
#include "truce/monitor/internal/explain.h"
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

std::string words_of(const facts::Truth holds) {
  return holds == facts::Truth::Yes ? "What the clause reports holds at this act."
                                    : "What the clause reports perhaps holds at this act.";
}

}  // namespace

class Live::Working {
 public:
  Working(const agreement::Agreement& agreement, const facts::LiveEvidence& evidence,
          const LiveOptions& options)
      : agreement_(agreement), evidence_(evidence), options_(options) {}

  std::vector<VerdictChange> update(base::Instant now) {
    present_ = std::max(now, evidence_.now());
    facts::Evidence whole = evidence_.whole();
    whole.now = present_;
    return agreement_.brackets.empty() ? replay_one(whole) : replay_readings(whole);
  }

  StandingVerdicts standing;

  [[nodiscard]] base::Instant present() const { return present_; }
  void set_present(base::Instant present) { present_ = present; }
  [[nodiscard]] std::string digest() const;

 private:
  std::vector<VerdictChange> replay_one(const facts::Evidence& whole);
  std::vector<VerdictChange> replay_readings(const facts::Evidence& whole);
  std::vector<VerdictChange> take(std::vector<Found> all,
                                  const std::function<std::string(std::size_t)>& because);

  const agreement::Agreement& agreement_;
  const facts::LiveEvidence& evidence_;
  LiveOptions options_;
  base::Instant present_ = base::kBeforeTime;
};

// Puts what was found in the place of what stood.
std::vector<VerdictChange> Live::Working::take(
    std::vector<Found> all, const std::function<std::string(std::size_t)>& because) {
  number_alike(all);
  std::vector<VerdictChange> changes;
  StandingVerdicts now;
  std::map<VerdictKey, std::size_t> explained_by;
  for (Found& one : all) {
    explained_by.emplace(one.key, one.index);
    now.emplace(std::move(one.key), std::move(one.verdict));
  }
  for (auto& [key, verdict] : standing) {
    if (!now.contains(key)) {
      changes.push_back({key, std::move(verdict), std::nullopt, {}});
    }
  }
  for (const auto& [key, verdict] : now) {
    const auto told = standing.find(key);
    if (told != standing.end() && !is_told_apart(told->second, verdict)) {
      continue;
    }
    changes.push_back(
        {key, told == standing.end() ? std::nullopt : std::optional(told->second), verdict, {}});
    if (options_.with_explanations) {
      changes.back().because =
          verdict.holds ? words_of(*verdict.holds) : because(explained_by.at(key));
    }
  }
  standing = std::move(now);
  std::sort(changes.begin(), changes.end(),
            [](const VerdictChange& a, const VerdictChange& b) { return a.key < b.key; });
  return changes;
}

std::vector<VerdictChange> Live::Working::replay_one(const facts::Evidence& whole) {
  internal::Engine engine(agreement_, whole);
  internal::Engine::Result result = engine.judge();
  std::vector<Found> all;
  for (std::size_t i = 0; i < result.judged.size(); ++i) {
    const internal::Judged& judged = result.judged[i];
    if (agreement_.clause(judged.verdict.clause).is_shown) {
      all.push_back(found_of(agreement_, whole, judged.verdict,
                             judged.duty && judged.duty->is_at_present, i));
    }
  }
  for (const facts::Point& point : result.points) {
    if (agreement_.clause(point.clause).is_shown) {
      all.push_back(found_of(whole, point));
    }
  }
  internal::Explainer explainer(engine);
  return take(std::move(all),
              [&](std::size_t index) { return explainer.explain(result.judged[index]).because; });
}

// A text with disputed words: what its readings say together.
std::vector<VerdictChange> Live::Working::replay_readings(const facts::Evidence& whole) {
  const Replay result = replay(agreement_, whole,
                               {.reading = options_.reading,
                                .with_explanations = options_.with_explanations,
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
  return take(std::move(all),
              [&](std::size_t index) { return result.explanations[index].because; });
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
  for (const auto& [key, one] : standing) {
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

std::vector<VerdictChange> Live::update(const std::vector<facts::EvidenceChange>&,
                                        base::Instant now) {
  return working_->update(now);
}

void Live::assume(StandingVerdicts told, base::Instant present) {
  working_->standing = std::move(told);
  working_->set_present(present);
}

const StandingVerdicts& Live::standing() const { return working_->standing; }

base::Instant Live::present() const { return working_->present(); }

std::string Live::digest() const { return working_->digest(); }

}  // namespace truce::monitor
