// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/ids.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace truce::workbench {
namespace {

// The first row of the incident.
const incidents::Report* first_report(const MonitorRun& run, facts::IncidentId id) {
  const incidents::Report* first = nullptr;
  const auto place = [](const incidents::Report* report) {
    return std::tie(report->origin.file, report->origin.line);
  };
  for (const facts::FactId fact : run.evidence.incidents[id.index].facts) {
    if (const auto index = run.evidence.fact(fact).report) {
      const incidents::Report* report = run.evidence.reports[*index];
      first = first == nullptr || place(report) < place(first) ? report : first;
    }
  }
  return first;
}

}  // namespace

std::string list_ids(const MonitorRun& run) {
  std::vector<const incidents::Report*> found;
  const auto add = [&](facts::IncidentId incident) {
    if (const incidents::Report* report = first_report(run, incident)) {
      found.push_back(report);
    }
  };
  for (const facts::Verdict& verdict : run.replay.verdicts.verdicts) {
    const auto decisive = verdict.activated_by ? verdict.activated_by : verdict.incident;
    if (verdict.outcome == facts::Outcome::Broken && decisive) {
      add(*decisive);
    }
  }
  for (const facts::Point& point : run.replay.verdicts.points) {
    if (point.holds == facts::Truth::Yes) {
      add(point.incident);
    }
  }
  std::stable_sort(
      found.begin(), found.end(), [](const incidents::Report* a, const incidents::Report* b) {
        return std::tie(a->origin.file, a->origin.line) < std::tie(b->origin.file, b->origin.line);
      });
  std::string text;
  for (const incidents::Report* report : found) {
    text += report->print.empty() ? report->incident : report->print;
    text += '\n';
  }
  return text;
}

}  // namespace truce::workbench
