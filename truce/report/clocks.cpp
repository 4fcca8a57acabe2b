// SPDX-License-Identifier: Apache-2.0
#include "truce/report/clocks.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "truce/report/phrases.h"

namespace truce::report {
namespace {

using Reset = ClockView::Reset;

std::vector<Reset> resets_of(const monitor::StreakClock& clock) {
  std::vector<Reset> resets;
  resets.reserve(clock.resets.size());
  for (const monitor::StreakClock::Reset& reset : clock.resets) {
    resets.push_back({reset.incident, reset.when, reset.is_certain, 0});
  }
  std::stable_sort(resets.begin(), resets.end(), [](const Reset& left, const Reset& right) {
    return std::tuple(left.when, left.incident) < std::tuple(right.when, right.incident);
  });
  return resets;
}

base::Instant running_since(const ClockView& clock) {
  base::Instant since = clock.start;
  for (const Reset& reset : clock.resets) {
    if (reset.is_certain) {
      since = std::max(since, reset.when.to);
    }
  }
  return since;
}

std::string state_of(const Words& words, const ClockView& clock, base::Duration offset) {
  if (clock.latest_end <= clock.now) {
    return words.fill("clock.complete", {{"at", instant_text(words, clock.latest_end, offset)}});
  }
  if (clock.start >= clock.now) {
    return words("clock.not_begun");
  }
  if (clock.earliest_end <= clock.now) {
    return words.fill("clock.perhaps", {{"at", instant_text(words, clock.earliest_end, offset)}});
  }
  const base::Duration run = clock.now - running_since(clock);
  const std::int64_t day = std::max<std::int64_t>(run.seconds, 0) / base::kDay.seconds + 1;
  if (clock.period.seconds % base::kDay.seconds != 0) {
    return words.fill("clock.running",
                      {{"run", base::to_words(run)}, {"period", base::to_words(clock.period)}});
  }
  const std::int64_t days = clock.period.seconds / base::kDay.seconds;
  return words.fill("clock.day",
                    {{"day", std::to_string(std::min(day, days))}, {"days", std::to_string(days)}});
}

std::string end_of(const Words& words, const ClockView& clock, base::Duration offset) {
  if (clock.earliest_end >= base::kAfterTime) {
    return words("clock.ends_never");
  }
  return words.fill(clock.latest_end >= base::kAfterTime ? "clock.ends_from" : "clock.ends",
                    {{"earliest", instant_text(words, clock.earliest_end, offset)},
                     {"latest", instant_text(words, clock.latest_end, offset)}});
}

// The accounts that have an incident as a reset of a streak, by the streak's name.
using ResetCounts = std::map<std::pair<std::string, facts::IncidentId>, std::size_t>;

ResetCounts count_resets(const Record& record) {
  ResetCounts counts;
  for (const monitor::StreakClock& clock : record.replay.clocks) {
    std::set<facts::IncidentId> seen;
    for (const monitor::StreakClock::Reset& reset : clock.resets) {
      if (seen.insert(reset.incident).second) {
        ++counts[{clock.name, reset.incident}];
      }
    }
  }
  return counts;
}

// The moment at which the clocks are read: the one asked for, else the end of the last incident.
base::Instant end_of_record(const Record& record) {
  if (record.as_known_at || record.evidence.facts.empty()) {
    return record.evidence.now;
  }
  base::Instant end = base::kBeforeTime;
  for (const facts::Fact& fact : record.evidence.facts) {
    end = std::max(end, fact.when.to);
  }
  return std::min(end, record.evidence.now);
}

// The longest stretch; of equal ones the first. Null for none.
std::optional<Run> longest_run(const ClockView& clock) {
  std::optional<Run> longest;
  for (const Run& run : runs_of(clock)) {
    if (!longest || longest->to - longest->from < run.to - run.from) {
      longest = run;
    }
  }
  return longest;
}

// The place of the incident, as a link to it.
RichText reset_link(const Record& record, facts::IncidentId id) {
  const facts::Incident& incident = record.evidence.incidents[id.index];
  std::string place;
  for (const facts::FactId fact : incident.facts) {
    place = place.empty() ? record.evidence.fact(fact).place_text : place;
  }
  return RichText::linked(place.empty() ? incident.id : place, incident_link(record, id));
}

// The last certain reset, and under how many other accounts the clock ran on. Needs one.
RichText last_text(const Words& words, const Record& record, const ClockView& clock) {
  const auto last = std::find_if(clock.resets.rbegin(), clock.resets.rend(),
                                 [](const Reset& reset) { return reset.is_certain; });
  const std::string_view key = clock.others == 0              ? "clock.last"
                               : last->ran_on == clock.others ? "clock.last_alone"
                               : last->ran_on == 0            ? "clock.last_all"
                                                              : "clock.last_some";
  return fill(words, key,
              {{"when", when_text(last->when, record.agreement.clock.offset)},
               {"incident", reset_link(record, last->incident)},
               {"n", grouped(last->ran_on)},
               {"others", grouped(clock.others)}});
}

}  // namespace

std::string length_text(base::Duration length) {
  const base::Duration days{length.seconds / base::kDay.seconds * base::kDay.seconds};
  const base::Duration hours{(length - days).seconds / base::kHour.seconds * base::kHour.seconds};
  if (days.seconds == 0) {
    return base::to_words(hours.seconds == 0 ? length : hours);
  }
  return base::to_words(days) + (hours.seconds == 0 ? "" : " " + base::to_words(hours));
}

std::vector<Run> runs_of(const ClockView& clock) {
  std::vector<Run> runs;
  base::Instant begin = clock.start;
  for (const Reset& reset : clock.resets) {
    if (!reset.is_certain) {
      continue;
    }
    if (begin < reset.when.from) {
      runs.push_back({begin, reset.when.from});
    }
    begin = std::max(begin, reset.when.to);
  }
  if (begin < clock.now) {
    runs.push_back({begin, clock.now});
  }
  return runs;
}

std::size_t ClockView::certain_resets() const {
  return static_cast<std::size_t>(std::count_if(
      resets.begin(), resets.end(), [](const Reset& reset) { return reset.is_certain; }));
}

std::vector<ClockView> clocks_of(const Words& words, const Record& record) {
  const base::Duration offset = record.agreement.clock.offset;
  const ResetCounts counts = count_resets(record);
  const base::Instant now = end_of_record(record);
  std::map<std::string, std::size_t> clocks_by_name;
  for (const monitor::StreakClock& clock : record.replay.clocks) {
    ++clocks_by_name[clock.name];
  }
  std::vector<ClockView> views;
  for (const monitor::StreakClock& clock : record.replay.clocks) {
    ClockView view{.accounts = {record.evidence.accounts[clock.account.index].name},
                   .name = clock.name,
                   .state = {},
                   .ends = {},
                   .resets = resets_of(clock),
                   .start = clock.start,
                   .now = now,
                   .period = clock.period,
                   .earliest_end = clock.earliest_end,
                   .latest_end = clock.latest_end};
    for (Reset& reset : view.resets) {
      reset.ran_on = clocks_by_name[clock.name] - counts.at({clock.name, reset.incident});
    }
    view.others = clocks_by_name[clock.name] - 1;
    if (view.start > now) {
      view.now = view.start;
    }
    view.state = state_of(words, view, offset);
    view.ends = end_of(words, view, offset);
    const auto same = std::find_if(views.begin(), views.end(), [&](const ClockView& other) {
      return other.name == view.name && other.state == view.state && other.ends == view.ends &&
             other.resets == view.resets;
    });
    if (same == views.end()) {
      views.push_back(std::move(view));
    } else {
      same->accounts.push_back(view.accounts[0]);
    }
  }
  std::stable_sort(views.begin(), views.end(), [](const ClockView& left, const ClockView& right) {
    return std::tuple(left.name, right.certain_resets()) <
           std::tuple(right.name, left.certain_resets());
  });
  return views;
}

RichText reset_text(const Words& words, const Record& record, const Reset& reset) {
  return fill(words, reset.is_certain ? "clock.reset" : "clock.perhaps_reset",
              {{"when", when_text(reset.when, record.agreement.clock.offset)},
               {"incident", reset_link(record, reset.incident)}});
}

RichText course_text(const Words& words, const Record& record, const ClockView& clock) {
  std::vector<RichText> sentences;
  const std::size_t certain = clock.certain_resets();
  const std::size_t perhaps = clock.resets.size() - certain;
  if (certain > 0) {
    sentences.emplace_back(words.count("clock.set_back", certain));
    sentences.push_back(last_text(words, record, clock));
  }
  if (perhaps > 0) {
    sentences.emplace_back(words.count("clock.perhaps_set_back", perhaps));
  }
  if (const auto run = longest_run(clock); run && certain > 0) {
    const base::Duration offset = record.agreement.clock.offset;
    sentences.push_back(fill(words, "clock.longest",
                             {{"length", length_text(run->to - run->from)},
                              {"from", instant_text(words, run->from, offset)},
                              {"to", instant_text(words, run->to, offset)}}));
  }
  return paragraph(sentences);
}

std::vector<RichText> streaks_summary(const Words& words, const std::vector<ClockView>& clocks) {
  std::map<std::string, std::array<std::size_t, 3>> by_name;
  for (const ClockView& clock : clocks) {
    const std::size_t state = clock.latest_end <= clock.now     ? 0
                              : clock.earliest_end <= clock.now ? 1
                                                                : 2;
    by_name[clock.name][state] += clock.accounts.size();
  }
  std::vector<RichText> sentences;
  for (const auto& [name, counts] : by_name) {
    std::vector<RichText> parts;
    constexpr std::array<std::string_view, 3> kKeys = {"clock.sum.complete", "clock.sum.perhaps",
                                                       "clock.sum.running"};
    for (std::size_t state = 0; state < counts.size(); ++state) {
      if (counts[state] > 0) {
        parts.emplace_back(words.count(kKeys[state], counts[state]));
      }
    }
    sentences.push_back(
        fill(words, "clock.sum", {{"name", name}, {"list", list_of(words, parts)}}));
  }
  return sentences;
}

}  // namespace truce::report
