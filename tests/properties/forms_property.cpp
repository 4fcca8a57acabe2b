// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/forms_property.h"

#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "tests/properties/comparison.h"
#include <gtest/gtest.h>

#include "truce/monitor/replay.h"

namespace truce::testing {
namespace {

// One trace of so many is judged without the particular, too; one of so many in another order of
// arrival, and one with explanations.
constexpr std::uint64_t kCompared = 4;
constexpr std::uint64_t kShuffled = 5;
constexpr std::uint64_t kExplained = 10;

struct Statistics {
  std::uint64_t compared = 0;
  std::uint64_t changed = 0;
  // Of the form's own clauses: verdicts broken, or points that are certain; verdicts unknown, or
  // points that are possible; and the others.
  std::uint64_t broken = 0;
  std::uint64_t unknown = 0;
  std::uint64_t kept = 0;
  std::uint64_t contested = 0;
};

// Fewer would show nothing.
constexpr std::uint64_t kLeastVerdicts = 10;
// Of fewer traces nothing is said of what they are about.
constexpr std::uint64_t kTelling = 400;

// What is said of each clause, apart from times: what may change without the particular.
using Said = std::vector<
    std::tuple<agreement::ClauseId, std::vector<agreement::ActorId>,
               std::optional<facts::IncidentId>, facts::Outcome, std::vector<agreement::ActorId>>>;

facts::Verdicts judged(const agreement::Agreement& agreement, const Record& record) {
  const monitor::ReplayOptions options{
      .reading = {}, .with_explanations = false, .with_digest = false};
  return monitor::replay(agreement, record.on(agreement), options).verdicts;
}

Said said_in(const facts::Verdicts& verdicts) {
  Said said;
  for (const facts::Verdict& verdict : verdicts.verdicts) {
    said.emplace_back(verdict.clause, verdict.bearers, verdict.incident, verdict.outcome,
                      verdict.blame);
  }
  std::sort(said.begin(), said.end());
  return said;
}

void count(const FormTrace& trace, const facts::Verdicts& verdicts, Statistics& statistics) {
  // Random clauses beside those of the form are numbered from 5.1 on.
  const auto is_own = [&](agreement::ClauseId clause) {
    return trace.truce.agreement.clause(clause).number[0] < '5';
  };
  for (std::size_t i = 0; i < verdicts.counts.size(); ++i) {
    if (is_own(base::id_at<agreement::ClauseId>(i))) {
      statistics.broken += verdicts.counts[i].broken;
      statistics.unknown += verdicts.counts[i].unknown;
      statistics.kept += verdicts.counts[i].kept;
      statistics.contested += verdicts.counts[i].contested;
    }
  }
  for (const facts::Point& point : verdicts.points) {
    if (is_own(point.clause)) {
      ++(point.holds == facts::Truth::Yes ? statistics.broken : statistics.unknown);
    }
  }
}

// Takes in what is said, and whether it would be said without the particular.
void compare(const FormTrace& trace, Statistics& statistics) {
  const facts::Verdicts with = judged(trace.truce.agreement, trace.standing);
  const facts::Verdicts without = judged(*trace.without, trace.standing);
  ++statistics.compared;
  const bool is_changed = said_in(with) != said_in(without) || with.points != without.points;
  statistics.changed += is_changed ? 1 : 0;
  count(trace, with, statistics);
}

std::string trace_text(std::uint64_t seed, const FormTrace& trace) {
  RandomTruce shown = trace.truce;
  shown.rows.clear();
  for (const incidents::Report& report : trace.standing.reports) {
    shown.rows += report.account + ": " + report.raw + "\n";
  }
  return case_text(seed, shown) + "as known at " + base::to_iso(trace.known_at, {}) + "\n";
}

void tell_difference(std::uint64_t seed, const FormTrace& trace) {
  FormTrace least = trace;
  shrink(least.truce.agreement, least.standing);
  ADD_FAILURE() << trace_text(seed, least)
                << difference(least.truce.agreement, least.standing.on(least.truce.agreement));
}

// The reports arrive in another order: the same stand, and the same is said.
bool is_independent_of_order(const FormTrace& trace) {
  std::vector<incidents::Report> reversed(trace.arrived.rbegin(), trace.arrived.rend());
  const Record standing = standing_at(trace.truce.record, reversed, trace.known_at);
  const agreement::Agreement& agreement = trace.truce.agreement;
  const facts::Evidence in_order = trace.standing.on(agreement);
  const facts::Evidence reordered = standing.on(agreement);
  const monitor::ReplayOptions options{.reading = {}, .with_explanations = false};
  return monitor::replay(agreement, in_order, options).digest ==
         monitor::replay(agreement, reordered, options).digest;
}

// Each verdict is explained, and explaining changes none.
bool is_explained(const FormTrace& trace) {
  const agreement::Agreement& agreement = trace.truce.agreement;
  const facts::Evidence evidence = trace.standing.on(agreement);
  const monitor::Replay told = monitor::replay(agreement, evidence, {});
  const monitor::Replay bare =
      monitor::replay(agreement, evidence, {.reading = {}, .with_explanations = false});
  return told.verdicts == bare.verdicts &&
         told.explanations.size() == told.verdicts.verdicts.size() &&
         std::all_of(told.explanations.begin(), told.explanations.end(), [](const auto& one) {
           return one.because.english().size() > 10 && one.because.english().back() == '.';
         });
}

void judge(const SentenceForm& form, std::uint64_t seed, Statistics& statistics) {
  const FormTrace trace = random_trace(form, seed, seed % kCompared == 0);
  ASSERT_EQ(trace.truce.complaints, "") << trace_text(seed, trace);
  const agreement::Agreement& agreement = trace.truce.agreement;
  if (!difference(agreement, trace.standing.on(agreement)).empty()) {
    tell_difference(seed, trace);
    return;
  }
  if (trace.without.has_value()) {
    compare(trace, statistics);
  }
  if (seed % kShuffled == 0) {
    ASSERT_TRUE(is_independent_of_order(trace)) << trace_text(seed, trace);
  }
  if (seed % kExplained == 0) {
    ASSERT_TRUE(is_explained(trace)) << trace_text(seed, trace);
  }
}

}  // namespace

void expect_agreement(const SentenceForm& form, std::uint64_t first_seed, std::uint64_t count) {
  Statistics statistics;
  for (std::uint64_t seed = first_seed; seed < first_seed + count; ++seed) {
    judge(form, seed, statistics);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
  const std::uint64_t share = 1000 * statistics.changed / statistics.compared;
  std::cout << form.name << ": other outcomes without the particular in " << share
            << " of 1000 traces; " << statistics.broken << " broken, " << statistics.unknown
            << " unknown, " << statistics.contested << " contested, " << statistics.kept
            << " kept in " << statistics.compared << "\n";
  if (count < kTelling) {
    return;
  }
  EXPECT_GE(share, form.least_changed) << "the traces are hardly about the form " << form.name;
  EXPECT_GE(statistics.kept, form.has_kept ? 1U : 0U) << form.name;
  EXPECT_GE(statistics.broken, kLeastVerdicts) << form.name;
  EXPECT_GE(statistics.unknown, kLeastVerdicts) << form.name;
}

}  // namespace truce::testing
