// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/course.h"

#include <algorithm>
#include <utility>

#include "truce/base/ids.h"
#include "truce/monitor/internal/engine.h"
#include "truce/monitor/internal/explain.h"

namespace truce::monitor {
namespace {

// One text without disputed words.
std::vector<ExplainedVerdict> explained_in(const agreement::Agreement& agreement,
                                           const facts::Evidence& evidence,
                                           const std::string& incident) {
  internal::Engine engine(agreement, evidence);
  std::vector<bool> judged;
  judged.reserve(evidence.incidents.size());
  for (const facts::Incident& one : evidence.incidents) {
    judged.push_back(one.id == incident);
  }
  engine.prohibitions().limit_to(std::move(judged));
  std::vector<agreement::ClauseId> clauses;
  for (std::size_t i = 0; i < agreement.clauses.size(); ++i) {
    if (agreement.clauses[i].form == agreement::Form::Prohibition &&
        agreement.clauses[i].is_shown) {
      clauses.push_back(base::id_at<agreement::ClauseId>(i));
    }
  }
  internal::Explainer explainer(engine, true);
  std::vector<ExplainedVerdict> explained;
  for (internal::Judged& one : engine.judge(clauses).judged) {
    if (one.verdict.incident && evidence.incidents[one.verdict.incident->index].id == incident) {
      Explanation explanation = explainer.explain(one);
      explained.push_back({std::move(one.verdict), std::move(explanation)});
    }
  }
  return explained;
}

bool says_the_same(const ExplainedVerdict& one, const ExplainedVerdict& other) {
  return one.verdict.clause == other.verdict.clause &&
         one.verdict.bearers == other.verdict.bearers &&
         one.verdict.outcome == other.verdict.outcome &&
         one.explanation.because == other.explanation.because;
}

}  // namespace

Course course_of(const agreement::Agreement& agreement, const facts::Evidence& evidence) {
  if (!agreement.brackets.empty()) {
    const auto proposers = agreement::proposers(agreement);
    const agreement::Reading reading = proposers.empty()
                                           ? agreement::Reading(agreement.brackets.size(), 0)
                                           : agreement::reading_of(agreement, proposers.front());
    return course_of(agreement::in_reading(agreement, reading), evidence);
  }
  internal::Engine engine(agreement, evidence);
  Course course{engine.streak_clocks(), engine.force_histories()};
  std::erase_if(course.force, [&](const ForceHistory& history) {
    return !agreement.clause(history.clause).is_shown;
  });
  return course;
}

std::vector<ExplainedVerdict> explain_incident(const agreement::Agreement& agreement,
                                               const facts::Evidence& evidence,
                                               const std::string& incident) {
  if (agreement.brackets.empty()) {
    return explained_in(agreement, evidence, incident);
  }
  const auto proposers = agreement::proposers(agreement);
  std::vector<ExplainedVerdict> all;
  for (const agreement::ActorId proposer : proposers) {
    const agreement::Agreement text =
        agreement::in_reading(agreement, agreement::reading_of(agreement, proposer));
    for (ExplainedVerdict& one : explained_in(text, evidence, incident)) {
      auto same = std::find_if(all.begin(), all.end(), [&](const ExplainedVerdict& other) {
        return says_the_same(one, other);
      });
      if (same == all.end()) {
        same = all.insert(all.end(), std::move(one));
      }
      same->readings.push_back(proposer);
    }
  }
  for (ExplainedVerdict& one : all) {
    if (one.readings.size() == proposers.size()) {
      one.readings.clear();
    }
  }
  return all;
}

}  // namespace truce::monitor
