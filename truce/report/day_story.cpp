// SPDX-License-Identifier: Apache-2.0
#include "truce/report/day_story.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "truce/report/phrases.h"
#include "truce/report/story.h"

namespace truce::report {
namespace {

// A day tells at most these many incidents one by one.
constexpr std::size_t kMostOfDay = 6;
// Of the incidents that are neither broken nor disputed, these many of the whole record are told,
// if their toll is at least this.
constexpr std::size_t kMostOpen = 60;
constexpr std::int64_t kLeastToll = 5;

std::int64_t toll_of(const IncidentView& view) {
  return view.deaths.best.value_or(view.deaths.high.value_or(0));
}

bool is_breach(const IncidentView& view) {
  return view.mark == Mark::Broken || view.mark == Mark::Contested;
}

/// The days of the record, each with its incidents as indices into Overview::incidents.
class Days {
 public:
  Days(const Words& words, const Record& record, const Overview& overview)
      : words_(words), record_(record), overview_(overview), force_(principal_force(record)) {
    for (std::size_t index = 0; index < overview.incidents.size(); ++index) {
      by_day_[day_of(overview.incidents[index].when.from)].push_back(index);
    }
    choose_open();
  }

  std::vector<DayStory> tell();

 private:
  [[nodiscard]] base::Duration offset() const { return record_.agreement.clock.offset; }
  [[nodiscard]] base::Date day_of(base::Instant at) const { return base::date_of(at, offset()); }
  void choose_open();
  [[nodiscard]] std::vector<RichText> events_of(base::Date date) const;
  [[nodiscard]] std::vector<std::size_t> notable(const std::vector<std::size_t>& all) const;
  [[nodiscard]] DayIncident tell(const IncidentView& view) const;
  [[nodiscard]] RichText ruling(const IncidentView& view) const;
  void set_rest(DayStory& day, const std::array<std::uint64_t, kMarkCount>& counts) const;
  void add_quiet(std::vector<DayStory>& days, base::Date date,
                 const std::array<std::uint64_t, kMarkCount>& counts);

  const Words& words_;
  const Record& record_;
  const Overview& overview_;
  const monitor::ForceHistory* force_;
  std::map<base::Date, std::vector<std::size_t>> by_day_;
  std::set<std::size_t> told_open_;
  // Of the run of quiet days that is being joined.
  std::array<std::uint64_t, kMarkCount> quiet_counts_{};
};

void Days::choose_open() {
  std::vector<std::size_t> open;
  for (std::size_t index = 0; index < overview_.incidents.size(); ++index) {
    const IncidentView& view = overview_.incidents[index];
    // What no clause covers is told where the time of the truce is not the reason.
    const bool is_within =
        force_ == nullptr || (view.when.from >= force_->from && view.when.to <= force_->until);
    if ((view.mark == Mark::Unknown || (view.mark == Mark::NoClause && is_within)) &&
        toll_of(view) >= kLeastToll) {
      open.push_back(index);
    }
  }
  std::stable_sort(open.begin(), open.end(), [&](std::size_t left, std::size_t right) {
    return toll_of(overview_.incidents[left]) > toll_of(overview_.incidents[right]);
  });
  open.resize(std::min(open.size(), kMostOpen));
  told_open_.insert(open.begin(), open.end());
}

std::vector<RichText> Days::events_of(base::Date date) const {
  std::vector<RichText> events;
  if (force_ == nullptr) {
    return events;
  }
  const std::string& clause = record_.agreement.clause(force_->clause).number;
  const auto is_on = [&](base::Instant at) {
    return at > base::kBeforeTime && at < base::kAfterTime && day_of(at) == date;
  };
  const auto time = [&](base::Instant at) { return time_of_day(at, offset()); };
  if (is_on(force_->from)) {
    events.push_back(fill(words_, "day.begins", {{"clause", clause}, {"at", time(force_->from)}}));
  }
  for (const monitor::ForceHistory::Change& change : force_->changes) {
    if (is_on(change.at)) {
      const facts::Incident& act = record_.evidence.incidents[change.incident.index];
      const std::string who =
          act.facts.empty()
              ? words_("unknown.name")
              : groups_text(words_, record_.agreement, record_.evidence.fact(act.facts.front()));
      events.push_back(fill(words_, change.new_end ? "day.change" : "day.change_vain",
                            {{"at", time(change.at)},
                             {"who", who},
                             {"what", RichText::linked(change_act_text(words_, change),
                                                       incident_link(record_, change.incident))},
                             {"clause", clause},
                             {"effect", change_text(words_, record_, change)}}));
    }
  }
  if (is_on(force_->until)) {
    events.push_back(fill(words_, "day.ends", {{"clause", clause}, {"at", time(force_->until)}}));
  }
  return events;
}

std::vector<std::size_t> Days::notable(const std::vector<std::size_t>& all) const {
  std::vector<std::size_t> chosen;
  for (const std::size_t index : all) {
    if (is_breach(overview_.incidents[index]) || told_open_.contains(index)) {
      chosen.push_back(index);
    }
  }
  // Disputes first, since they are what a reader must know of; then what is exact before counts
  // over a province.
  const auto weight = [&](std::size_t index) {
    const IncidentView& view = overview_.incidents[index];
    return std::tuple(view.mark == Mark::Contested ? 0 : 1, view.mark == Mark::Broken ? 0 : 1,
                      (view.when.to - view.when.from) > base::kDay ? 1 : 0,
                      view.where ? static_cast<std::int64_t>(view.where->radius.value) / 10000 : 9,
                      -toll_of(view), view.when.from);
  };
  std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t left, std::size_t right) {
    return weight(left) < weight(right);
  });
  chosen.resize(std::min(chosen.size(), kMostOfDay));
  std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t left, std::size_t right) {
    return overview_.incidents[left].when.from < overview_.incidents[right].when.from;
  });
  return chosen;
}

// What the agreement gives for it.
RichText Days::ruling(const IncidentView& view) const {
  if (view.mark == Mark::NoClause) {
    return view.why_no_clause.empty() ? RichText()
                                      : fill(words_, "day.none", {{"why", view.why_no_clause[0]}});
  }
  std::map<std::string, std::vector<std::string>> sides_by_clause;
  for (const std::size_t index : view.verdicts) {
    const facts::Verdict& verdict = record_.replay.verdicts.verdicts[index];
    if (facts::to_text(verdict.outcome) == to_key(view.mark)) {
      sides_by_clause[record_.agreement.clause(verdict.clause).number].push_back(
          facts::bearer_text(record_.agreement, verdict));
    }
  }
  // Each has broken it; of those not settled it may be one or the other.
  const std::string_view joint = view.mark == Mark::Broken ? "list.and" : "list.or";
  std::vector<RichText> clauses;
  for (const auto& [clause, sides] : sides_by_clause) {
    clauses.push_back(fill(words_, "day.clause_by",
                           {{"clause", clause}, {"sides", list_text(words_, sides, joint)}}));
  }
  return clauses.empty() ? RichText()
                         : fill(words_, "day.ruling." + std::string(to_key(view.mark)),
                                {{"clauses", list_of(words_, clauses)}});
}

DayIncident Days::tell(const IncidentView& view) const {
  std::vector<RichText> said;
  if (view.mark == Mark::Contested) {
    said = opposed(words_, record_, view);
  } else if (const facts::Fact* fact = telling_fact(
                 record_, view,
                 view.mark == Mark::Unknown ? facts::Opinion::Unknown : facts::Opinion::Broken)) {
    said.push_back(saying(words_, record_, *fact));
  }
  const std::size_t accounts = record_.evidence.incidents[view.id.index].facts.size();
  const std::string toll = toll_text(words_, view);
  const std::string time = time_in_day(view.when, offset());
  RichText head = place_link(record_, view);
  for (const std::string& detail : {time, toll}) {
    head.add(detail.empty() ? "" : ", " + detail);
  }
  RichText text = fill(words_, said.size() == 2 ? "day.two" : "day.one",
                       {{"head", head},
                        {"one", said.empty() ? RichText() : said[0]},
                        {"other", said.size() == 2 ? said[1] : RichText()}});
  if (accounts > said.size() && !said.empty()) {
    text.add(" ").add(count(words_, "day.more_accounts", accounts - said.size(),
                            {{"n", grouped(accounts - said.size())}}));
  }
  const RichText rule = ruling(view);
  return {view.mark, rule.empty() ? text : text.add(" ").add(rule)};
}

void Days::set_rest(DayStory& day, const std::array<std::uint64_t, kMarkCount>& counts) const {
  std::vector<RichText> parts;
  for (const Mark mark : kMarks) {
    const std::uint64_t number = counts[static_cast<std::size_t>(mark)];
    if (number > 0 && mark != Mark::Act) {
      const std::string key(to_key(mark));
      parts.push_back(RichText::linked(words_.fill("day.rest." + key, {{"n", grouped(number)}}),
                                       choice_link({{"from", base::to_iso(day.first)},
                                                    {"to", base::to_iso(day.last)},
                                                    {"verdict", key}})));
    }
  }
  const std::uint64_t acts = counts[static_cast<std::size_t>(Mark::Act)];
  if (day.is_quiet && acts > 0) {
    parts.emplace_back(words_.count("day.rest.act", acts));
  }
  if (day.is_quiet) {
    day.rest = parts.empty() ? RichText(words_("day.nothing"))
                             : fill(words_, "day.quiet", {{"list", list_of(words_, parts)}});
  } else if (!parts.empty()) {
    day.rest = fill(words_, "day.besides", {{"list", list_of(words_, parts)}});
  }
}

void Days::add_quiet(std::vector<DayStory>& days, base::Date date,
                     const std::array<std::uint64_t, kMarkCount>& counts) {
  if (days.empty() || !days.back().is_quiet) {
    days.push_back(
        {.first = date, .last = date, .events = {}, .incidents = {}, .rest = {}, .is_quiet = true});
    quiet_counts_ = {};
  }
  days.back().last = date;
  for (std::size_t mark = 0; mark < kMarkCount; ++mark) {
    quiet_counts_[mark] += counts[mark];
  }
  set_rest(days.back(), quiet_counts_);
}

std::vector<DayStory> Days::tell() {
  std::vector<DayStory> days;
  for (const DayView& view : overview_.days) {
    const auto found = by_day_.find(view.date);
    const std::vector<std::size_t> all =
        found == by_day_.end() ? std::vector<std::size_t>() : found->second;
    const std::vector<std::size_t> chosen = notable(all);
    DayStory day{.first = view.date,
                 .last = view.date,
                 .events = events_of(view.date),
                 .incidents = {},
                 .rest = {},
                 .is_quiet = false};
    std::array<std::uint64_t, kMarkCount> counts = view.counts;
    if (chosen.empty() && day.events.empty()) {
      add_quiet(days, view.date, counts);
      continue;
    }
    for (const std::size_t index : chosen) {
      const IncidentView& incident = overview_.incidents[index];
      day.incidents.push_back(tell(incident));
      --counts[static_cast<std::size_t>(incident.mark)];
    }
    set_rest(day, counts);
    days.push_back(std::move(day));
  }
  return days;
}

}  // namespace

std::vector<DayStory> days_of(const Words& words, const Record& record, const Overview& overview) {
  return Days(words, record, overview).tell();
}

}  // namespace truce::report
