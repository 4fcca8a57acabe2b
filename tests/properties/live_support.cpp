// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/live_support.h"

#include <algorithm>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "truce/facts/live_evidence.h"
#include "truce/facts/resolve.h"
#include "truce/incidents/current_accounts.h"
#include "truce/incidents/read.h"
#include "truce/monitor/course.h"
#include "truce/monitor/live.h"
#include "truce/monitor/replay.h"

namespace truce::testing {
namespace {

// Rows of the record in another order, some after a first version that says something else, some
// taken back and perhaps told again.
std::vector<incidents::Report> arrivals(const RandomTruce& one, std::uint64_t seed) {
  std::mt19937_64 dice(seed);
  std::vector<incidents::Report> rows;
  const std::vector<incidents::Report>& all = one.record.reports;
  for (const incidents::Report& told : all) {
    incidents::Report report = told;
    // Some sources have two accounts of an incident.
    report.account += dice() % 4 == 0 ? " more" : "";
    report.reported_at = base::Instant{report.when.to.seconds + 3600};
    rows.push_back(report);
    const std::uint64_t what = dice() % 6;
    if (what == 0) {
      // It was first told otherwise.
      incidents::Report first = all[dice() % all.size()];
      first.incident = report.incident;
      first.account = report.account;
      first.according_to = report.according_to;
      first.reported_at = base::Instant{report.when.to.seconds + 1800};
      first.raw += " first";
      rows.push_back(first);
    } else if (what == 1) {
      incidents::Report back = report;
      back.is_withdrawn = true;
      back.reported_at = base::Instant{report.when.to.seconds + 7200};
      back.raw += " withdrawn";
      rows.push_back(back);
      if (dice() % 2 == 0) {
        incidents::Report again = report;
        again.reported_at = base::Instant{report.when.to.seconds + 9000};
        again.raw += " again";
        rows.push_back(again);
      }
    }
  }
  for (std::size_t i = rows.size(); i > 1; --i) {
    std::swap(rows[i - 1], rows[dice() % i]);
  }
  return rows;
}

std::string batch_digest(const RandomTruce& one, const std::vector<incidents::Report>& rows,
                         std::size_t count, std::string* lines) {
  incidents::Reading reading;
  reading.reports.assign(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<std::string> warnings;
  const auto current = incidents::current_accounts(reading, std::nullopt, warnings);
  const facts::Evidence evidence = facts::resolve(one.agreement, current, incidents::ActorBook(),
                                                  one.record.coverage, std::nullopt);
  const monitor::Replay replay =
      monitor::replay(one.agreement, evidence, {.reading = {}, .with_explanations = false});
  if (lines != nullptr) {
    for (const std::string& line :
         facts::canonical_lines(one.agreement, evidence, replay.verdicts)) {
      *lines += line + '\n';
    }
  }
  return replay.digest;
}

// Moving with the present is no change.
void expect_alike(monitor::StandingVerdict one, const monitor::StandingVerdict& other) {
  if (one.is_at_present && other.is_at_present) {
    one.at = other.at;
  }
  ASSERT_EQ(one, other);
}

std::string lines_of(const agreement::Agreement& agreement,
                     const monitor::StandingVerdicts& standing) {
  std::string lines;
  for (const auto& [key, verdict] : standing) {
    lines += agreement.clause(key.clause).number + '\t';
    for (const agreement::ActorId bearer : key.bearers) {
      lines += agreement.actor(bearer).name + ' ';
    }
    lines += '\t' + key.about + '\t' + std::string(facts::to_text(verdict.outcome)) + '\t';
    for (const auto& [account, opinion] : verdict.opinions) {
      lines += account + '=' + std::string(facts::to_text(opinion)) + ' ';
    }
    lines += '\n';
  }
  return lines;
}

// What the changes so far add up to.
void follow(const std::vector<monitor::VerdictChange>& changes, monitor::StandingVerdicts& told) {
  for (const monitor::VerdictChange& change : changes) {
    const auto at = told.find(change.key);
    ASSERT_EQ(at != told.end(), change.before.has_value());
    if (change.before) {
      expect_alike(at->second, *change.before);
    }
    if (change.after) {
      told[change.key] = *change.after;
    } else {
      told.erase(change.key);
    }
  }
}

void expect_same(const monitor::StandingVerdicts& told, const monitor::StandingVerdicts& standing) {
  ASSERT_EQ(told.size(), standing.size());
  for (const auto& [key, verdict] : standing) {
    expect_alike(told.at(key), verdict);
  }
}

// What is said of an incident, from what may matter for it and from the whole record.
void expect_same_reasons(const RandomTruce& one, const facts::LiveEvidence& evidence,
                         const monitor::Live& live, std::uint64_t seed) {
  facts::Evidence whole = evidence.whole();
  whole.now = live.present();
  for (const facts::Incident& incident : whole.incidents) {
    const auto near =
        monitor::explain_incident(one.agreement, live.around(incident.id), incident.id);
    const auto all = monitor::explain_incident(one.agreement, whole, incident.id);
    ASSERT_EQ(all.size(), near.size()) << "seed " << seed << ' ' << incident.id << '\n' << one.text;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const monitor::Explanation& expected = all[i].explanation;
      const monitor::Explanation& told = near[i].explanation;
      EXPECT_EQ(all[i].verdict.clause, near[i].verdict.clause);
      EXPECT_EQ(all[i].verdict.bearers, near[i].verdict.bearers);
      EXPECT_EQ(all[i].verdict.outcome, near[i].verdict.outcome);
      EXPECT_EQ(all[i].readings, near[i].readings);
      EXPECT_EQ(expected.because, told.because);
      ASSERT_EQ(expected.would_change_if, told.would_change_if)
          << "seed " << seed << ' ' << incident.id << '\n'
          << one.text << '\n'
          << one.rows;
      ASSERT_EQ(expected.reasons.size(), told.reasons.size());
      for (std::size_t j = 0; j < expected.reasons.size(); ++j) {
        EXPECT_EQ(expected.reasons[j].account, told.reasons[j].account);
        EXPECT_EQ(expected.reasons[j].opinion, told.reasons[j].opinion);
        EXPECT_EQ(expected.reasons[j].because, told.reasons[j].because);
        EXPECT_EQ(expected.reasons[j].deciding_words, told.reasons[j].deciding_words);
      }
    }
  }
}

}  // namespace

RandomTruce form_truce(const SentenceForm& form, std::uint64_t seed) {
  FormTrace trace = random_trace(form, seed, false);
  trace.truce.record.reports = std::move(trace.arrived);
  return std::move(trace.truce);
}

void expect_equal_at_every_prefix(const RandomTruce& one, std::uint64_t seed, LiveTally& tally) {
  const std::vector<incidents::Report> rows = arrivals(one, seed);
  const incidents::ActorBook book;
  incidents::CurrentAccounts current;
  facts::LiveEvidence evidence(one.agreement, book, one.record.coverage);
  monitor::Live live(
      one.agreement, evidence,
      {.reading = {}, .with_explanations = false, .incidents_at_once = 1 + seed % 3});
  monitor::StandingVerdicts told;
  follow(live.update({}, base::kBeforeTime), told);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto change = current.take(rows[i]);
    if (!change.is_taken) {
      continue;
    }
    follow(live.update({evidence.replace(*change.row, change.before(), change.stands())},
                       base::kBeforeTime),
           told);
    if (::testing::Test::HasFatalFailure()) {
      return;
    }
    std::string expected;
    ASSERT_EQ(live.digest(), batch_digest(one, rows, i + 1, &expected))
        << "seed " << seed << " after " << i + 1 << " rows\n"
        << one.text << '\n'
        << one.rows << '\n'
        << one.coverage << "\n--- replay of all\n"
        << expected << "--- row by row\n"
        << lines_of(one.agreement, live.standing());
    expect_same(told, live.standing());
    ++tally.updates;
  }
  tally.whole_replays += live.whole_replays();
  expect_same_reasons(one, evidence, live, seed);
}

void expect_mostly_parts(const LiveTally& tally, double least) {
  const double parts = 1 - static_cast<double>(tally.whole_replays) /
                               static_cast<double>(std::max<std::size_t>(1, tally.updates));
  std::cout << tally.updates << " updates, " << tally.whole_replays << " whole replays\n";
  EXPECT_GT(parts, least);
}

}  // namespace truce::testing
