// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/comparison.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "truce/monitor/replay.h"
#include "truce/semantics/evaluate.h"

namespace truce::testing {

std::string lines_of(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                     const facts::Verdicts& verdicts) {
  std::string text;
  for (const std::string& line : facts::canonical_lines(agreement, evidence, verdicts)) {
    text += line + '\n';
  }
  for (std::size_t i = 0; i < verdicts.counts.size(); ++i) {
    const facts::ClauseCount& count = verdicts.counts[i];
    text += agreement.clauses[i].number + ": " + std::to_string(count.broken) + " broken, " +
            std::to_string(count.unknown) + " unknown, " + std::to_string(count.contested) +
            " contested, " + std::to_string(count.kept) + " kept, " +
            std::to_string(count.broken_by_one_of) + " by one of several\n";
  }
  return text;
}

std::string case_text(std::uint64_t seed, const RandomTruce& one) {
  return "seed " + std::to_string(seed) + "\n--- agreement\n" + one.text + "\n--- reports\n" +
         one.rows + "\n--- coverage\n" + one.coverage;
}

namespace {

std::string told(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                 const facts::Verdicts& expected, const facts::Verdicts& got) {
  return "--- interpreter\n" + lines_of(agreement, evidence, expected) + "--- engine\n" +
         lines_of(agreement, evidence, got);
}

// What several readings must give together: where they agree that, else unknown; sorted.
using Joined = std::vector<std::tuple<agreement::ClauseId, std::vector<agreement::ActorId>,
                                      std::optional<facts::IncidentId>, facts::Outcome>>;

Joined joined_oracle(const agreement::Agreement& agreement,
                     const std::vector<facts::Verdicts>& readings) {
  std::map<std::tuple<agreement::ClauseId, std::vector<agreement::ActorId>,
                      std::optional<facts::IncidentId>, std::size_t>,
           std::vector<facts::Outcome>>
      outcomes;
  for (const facts::Verdicts& reading : readings) {
    std::map<std::pair<agreement::ClauseId, std::vector<agreement::ActorId>>, std::size_t> order;
    for (const facts::Verdict& verdict : reading.verdicts) {
      const bool is_prohibition =
          agreement.clause(verdict.clause).form == agreement::Form::Prohibition;
      const std::size_t number = is_prohibition ? 0 : order[{verdict.clause, verdict.bearers}]++;
      outcomes[{verdict.clause, verdict.bearers, is_prohibition ? verdict.incident : std::nullopt,
                number}]
          .push_back(verdict.outcome);
    }
  }
  Joined joined;
  for (const auto& [key, said] : outcomes) {
    const bool is_agreed = said.size() == readings.size() &&
                           std::all_of(said.begin(), said.end(),
                                       [&](facts::Outcome one) { return one == said.front(); });
    joined.emplace_back(std::get<0>(key), std::get<1>(key), std::get<2>(key),
                        is_agreed ? said.front() : facts::Outcome::Unknown);
  }
  std::sort(joined.begin(), joined.end());
  return joined;
}

Joined joined_of(const agreement::Agreement& agreement, const facts::Verdicts& verdicts) {
  Joined joined;
  for (const facts::Verdict& verdict : verdicts.verdicts) {
    const bool is_prohibition =
        agreement.clause(verdict.clause).form == agreement::Form::Prohibition;
    joined.emplace_back(verdict.clause, verdict.bearers,
                        is_prohibition ? verdict.incident : std::nullopt, verdict.outcome);
  }
  std::sort(joined.begin(), joined.end());
  return joined;
}

}  // namespace

std::string difference(const agreement::Agreement& agreement, const facts::Evidence& evidence) {
  std::vector<facts::Verdicts> readings;
  const std::vector<agreement::ActorId> proposers = agreement::proposers(agreement);
  for (const agreement::ActorId proposer : proposers) {
    const agreement::Agreement reading =
        agreement::in_reading(agreement, agreement::reading_of(agreement, proposer));
    readings.push_back(semantics::evaluate(reading, evidence, {.with_worlds = false}));
    const monitor::Replay got =
        monitor::replay(agreement, evidence,
                        {.reading = proposer, .with_explanations = false, .with_worlds = false});
    if (got.verdicts != readings.back()) {
      return "in the reading of " + agreement.actor(proposer).name + "\n" +
             told(reading, evidence, readings.back(), got.verdicts);
    }
  }
  const monitor::Replay got = monitor::replay(
      agreement, evidence, {.reading = {}, .with_explanations = false, .with_worlds = false});
  if (!proposers.empty()) {
    return joined_of(agreement, got.verdicts) == joined_oracle(agreement, readings)
               ? ""
               : "joined otherwise\n" + told(agreement, evidence, readings.front(), got.verdicts);
  }
  const facts::Verdicts expected = semantics::evaluate(agreement, evidence, {.with_worlds = false});
  if (got.verdicts == expected && got.digest == facts::digest(agreement, evidence, expected)) {
    return "";
  }
  return told(agreement, evidence, expected, got.verdicts);
}

void shrink(const agreement::Agreement& agreement, Record& record) {
  for (std::size_t i = record.reports.size(); i > 0; --i) {
    Record fewer = record;
    fewer.reports.erase(fewer.reports.begin() + static_cast<std::ptrdiff_t>(i - 1));
    if (!difference(agreement, fewer.on(agreement)).empty()) {
      record = fewer;
    }
  }
}

}  // namespace truce::testing
