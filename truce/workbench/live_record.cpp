// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/live_record.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "truce/facts/live_evidence.h"
#include "truce/monitor/course.h"
#include "truce/monitor/live.h"
#include "truce/report/marked_text.h"
#include "truce/workbench/incident_files.h"
#include "truce/workbench/internal/told.h"

namespace truce::workbench {

class LiveRecord::State {
 public:
  State(agreement::Agreement shown, incidents::ActorBook actors)
      : shown_(std::move(shown)),
        actors_(std::move(actors)),
        evidence_(shown_, actors_, {}),
        live_(shown_, evidence_, {.reading = std::nullopt, .with_explanations = true}) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() = default;

  void begin_with(std::vector<incidents::ReportPtr> reports, base::Instant now);
  std::vector<ToldChange> take(const std::vector<incidents::ReportPtr>& reports, base::Instant now);
  [[nodiscard]] std::vector<ToldChange> standing() const;
  void each_on_incident(const std::function<void(const BriefVerdict&)>& take) const;
  [[nodiscard]] std::vector<ToldChange> standing_duties() const;
  [[nodiscard]] std::vector<ToldChange> standing_of(const std::string& incident) const;

  [[nodiscard]] ToldCourse course() const;
  [[nodiscard]] std::vector<ToldReasons> reasons_of(
      const std::string& incident, const std::vector<const base::SourceText*>& sources) const;

  [[nodiscard]] const agreement::Agreement& agreement() const { return shown_; }
  [[nodiscard]] std::string digest() const { return live_.digest(); }

 private:
  [[nodiscard]] ToldCourse course_now() const;
  // All that is known, at the present.
  [[nodiscard]] facts::Evidence whole() const;
  // Whether so many are judged sooner all together, with the record, than one after the other.
  [[nodiscard]] bool are_many(std::size_t reports) const;
  std::vector<ToldChange> take_together(const std::vector<incidents::ReportPtr>& reports,
                                        base::Instant now);
  void tell(const monitor::VerdictChange& change, bool was_known, std::vector<ToldChange>& told);
  // Tells what one change of the record did, or the time alone.
  void step(const std::vector<facts::EvidenceChange>& changes, bool was_known, base::Instant now,
            std::vector<ToldChange>& told);
  void keep(const monitor::VerdictChange& change);
  // Of a million verdicts that stand, no more than is needed to tell of them again.
  struct Kept {
    // Where the engine has it.
    const monitor::StandingVerdict* verdict = nullptr;
    // Of a prohibition reasons_of() says why in parts, and this is in English; otherwise empty.
    std::string because;
    std::unique_ptr<const facts::Wording> because_said;
  };
  [[nodiscard]] ToldChange told(const monitor::VerdictKey& key, const Kept& kept) const;
  // Clauses of annexes that are for others are judged, and nothing is said of them.
  [[nodiscard]] bool may_be_told(const monitor::VerdictKey& key) const {
    return !shown_.clause(key.clause).number.empty();
  }

  agreement::Agreement shown_;
  incidents::ActorBook actors_;
  incidents::CurrentAccounts current_;
  facts::LiveEvidence evidence_;
  monitor::Live live_;
  // What stands, with the reasons.
  std::map<monitor::VerdictKey, Kept> standing_;
  // How often reports were taken in.
  std::uint64_t version_ = 0;
  // The course as it was last asked for: many pages ask for the same.
  struct KeptCourse {
    std::uint64_t version = 0;
    ToldCourse course;
  };
  mutable std::mutex course_lock_;
  mutable std::optional<KeptCourse> kept_course_;
  // What was done by an incident that it is not about, such as the act by which a duty is
  // performed.
  std::map<std::string, std::set<monitor::VerdictKey>> done_by_;
  std::uint64_t number_ = 0;
};

void LiveRecord::State::begin_with(std::vector<incidents::ReportPtr> reports, base::Instant now) {
  ++version_;
  for (incidents::ReportPtr& report : reports) {
    const auto change = current_.take(std::move(report));
    if (change.is_taken && (change.before() != nullptr || change.stands())) {
      evidence_.replace(*change.row, change.before(), change.stands());
    }
  }
  for (const monitor::VerdictChange& change : live_.update({}, now)) {
    keep(change);
  }
}

std::vector<ToldChange> LiveRecord::State::take(const std::vector<incidents::ReportPtr>& reports,
                                                base::Instant now) {
  version_ += reports.empty() ? 0 : 1;
  if (are_many(reports.size())) {
    return take_together(reports, now);
  }
  std::vector<ToldChange> told;
  for (const incidents::ReportPtr& report : reports) {
    const bool was_known = evidence_.has(report->incident);
    const auto change = current_.take(report);
    if (change.is_taken && (change.before() != nullptr || change.stands())) {
      // One by one: a change speaks of accounts by numbers that the next one may give anew.
      step({evidence_.replace(*change.row, change.before(), change.stands())}, was_known, now,
           told);
    }
  }
  step({}, false, now, told);
  return told;
}

bool LiveRecord::State::are_many(std::size_t reports) const {
  constexpr std::size_t kFewest = 256;
  constexpr std::size_t kOneCostsAsMany = 16;
  return reports >= kFewest && reports * kOneCostsAsMany >= current_.rows().size();
}

std::vector<ToldChange> LiveRecord::State::take_together(
    const std::vector<incidents::ReportPtr>& reports, base::Instant now) {
  std::set<std::string> fresh;
  bool is_changed = false;
  for (const incidents::ReportPtr& report : reports) {
    const bool was_known = evidence_.has(report->incident);
    const auto change = current_.take(report);
    if (change.is_taken && (change.before() != nullptr || change.stands())) {
      evidence_.replace(*change.row, change.before(), change.stands());
      is_changed = true;
      if (!was_known) {
        fresh.insert(report->incident);
      }
    }
  }
  std::vector<facts::EvidenceChange> changes;
  if (is_changed) {
    // The whole record is another.
    changes.push_back({.incident = {}, .before = {}, .after = {}, .are_accounts_changed = true});
  }
  std::vector<ToldChange> told;
  for (const monitor::VerdictChange& change : live_.update(changes, now)) {
    keep(change);
    tell(change, !fresh.contains(change.key.about), told);
  }
  return told;
}

void LiveRecord::State::tell(const monitor::VerdictChange& change, bool was_known,
                             std::vector<ToldChange>& told) {
  if (!may_be_told(change.key)) {
    return;
  }
  told.push_back(told_of(shown_, change,
                         {.is_known = evidence_.has(change.key.about), .was_known = was_known}));
  told.back().number = ++number_;
  told.back().as_known_at = live_.present();
}

void LiveRecord::State::step(const std::vector<facts::EvidenceChange>& changes, bool was_known,
                             base::Instant now, std::vector<ToldChange>& told) {
  for (const monitor::VerdictChange& change : live_.update(changes, now)) {
    keep(change);
    const bool is_of_row = !changes.empty() && change.key.about == changes.front().incident;
    tell(change, !is_of_row || was_known, told);
  }
}

void LiveRecord::State::keep(const monitor::VerdictChange& change) {
  const auto done_by = [&](const std::optional<monitor::StandingVerdict>& verdict) {
    return verdict && verdict->incident && *verdict->incident != change.key.about
               ? verdict->incident
               : std::nullopt;
  };
  if (const auto incident = done_by(change.before)) {
    const auto keys = done_by_.find(*incident);
    keys->second.erase(change.key);
    if (keys->second.empty()) {
      done_by_.erase(keys);
    }
  }
  if (!change.after) {
    standing_.erase(change.key);
    return;
  }
  if (const auto incident = done_by(change.after)) {
    done_by_[*incident].insert(change.key);
  }
  Kept kept{.verdict = live_.find(change.key), .because = {}, .because_said = nullptr};
  if (shown_.clause(change.key.clause).form == agreement::Form::Prohibition) {
    kept.because = change.because.english();
  } else {
    kept.because_said = std::make_unique<const facts::Wording>(change.because);
  }
  standing_.insert_or_assign(change.key, std::move(kept));
}

ToldChange LiveRecord::State::told(const monitor::VerdictKey& key, const Kept& kept) const {
  const monitor::VerdictChange standing{
      .key = key,
      .before = {},
      .after = *kept.verdict,
      .because = kept.because_said ? *kept.because_said : facts::Wording(kept.because)};
  ToldChange told = told_of(shown_, standing, {.is_known = true, .was_known = false});
  told.as_known_at = live_.present();
  if (standing.after->is_at_present) {
    told.at = live_.present();
  }
  return told;
}

std::vector<ToldChange> LiveRecord::State::standing() const {
  std::vector<ToldChange> all;
  for (const auto& [key, kept] : standing_) {
    if (may_be_told(key)) {
      all.push_back(told(key, kept));
    }
  }
  return all;
}

void LiveRecord::State::each_on_incident(
    const std::function<void(const BriefVerdict&)>& take) const {
  std::map<std::vector<agreement::ActorId>, std::string> bearers;
  for (const auto& [key, kept] : standing_) {
    const monitor::StandingVerdict& stands = *kept.verdict;
    if (!stands.incident || !may_be_told(key)) {
      continue;
    }
    const auto [at, is_new] = bearers.try_emplace(key.bearers);
    if (is_new) {
      facts::Verdict whose;
      whose.clause = key.clause;
      whose.bearers = key.bearers;
      at->second = facts::bearer_text(shown_, whose);
    }
    const std::string word = verdict_word(stands);
    take({.incident = *stands.incident,
          .clause = shown_.clause(key.clause).number,
          .bearer = at->second,
          .verdict = word});
  }
}

std::vector<ToldChange> LiveRecord::State::standing_duties() const {
  std::vector<ToldChange> all;
  for (const auto& [key, kept] : standing_) {
    const bool is_prohibition = shown_.clause(key.clause).form == agreement::Form::Prohibition;
    if (!is_prohibition && may_be_told(key)) {
      all.push_back(told(key, kept));
    }
  }
  return all;
}

std::vector<ToldChange> LiveRecord::State::standing_of(const std::string& incident) const {
  const std::vector<monitor::VerdictKey> about = live_.keys_about(incident);
  std::set<monitor::VerdictKey> keys(about.begin(), about.end());
  if (const auto done = done_by_.find(incident); done != done_by_.end()) {
    keys.insert(done->second.begin(), done->second.end());
  }
  std::vector<ToldChange> all;
  for (const monitor::VerdictKey& key : keys) {
    const auto at = standing_.find(key);
    if (at != standing_.end() && may_be_told(key)) {
      all.push_back(told(key, at->second));
    }
  }
  return all;
}

facts::Evidence LiveRecord::State::whole() const {
  facts::Evidence evidence = evidence_.whole();
  evidence.now = live_.present();
  return evidence;
}

namespace {

ToldClock told_clock(const facts::Evidence& evidence, const monitor::StreakClock& clock) {
  ToldClock told{.name = clock.name,
                 .accounts = {},
                 .start = clock.start,
                 .period = clock.period,
                 .resets = {},
                 .earliest_end = clock.earliest_end,
                 .latest_end = clock.latest_end};
  for (const monitor::StreakClock::Reset& reset : clock.resets) {
    told.resets.push_back(
        {evidence.incidents[reset.incident.index].id, reset.when, reset.is_certain});
  }
  std::stable_sort(told.resets.begin(), told.resets.end(),
                   [](const ToldClock::Reset& one, const ToldClock::Reset& other) {
                     return one.when.from < other.when.from;
                   });
  return told;
}

bool shows_the_same(const ToldClock& one, const ToldClock& other) {
  return one.name == other.name && one.start == other.start && one.period == other.period &&
         one.resets == other.resets && one.earliest_end == other.earliest_end &&
         one.latest_end == other.latest_end;
}

std::vector<std::pair<std::string, bool>> marked(
    const agreement::Clause& clause, const std::vector<const base::SourceText*>& sources,
    const std::vector<base::Span>& deciding) {
  const base::Span whole = clause.span;
  if (whole.source >= sources.size()) {
    return {{clause.text, false}};
  }
  std::vector<std::pair<std::string, bool>> words;
  for (report::MarkedPart& part :
       report::marked_text(sources[whole.source]->slice(whole), whole, deciding)) {
    words.emplace_back(std::move(part.text), part.is_deciding);
  }
  return words;
}

}  // namespace

ToldCourse LiveRecord::State::course() const {
  const std::scoped_lock locked(course_lock_);
  if (!kept_course_ || kept_course_->version != version_ ||
      kept_course_->course.present != live_.present()) {
    kept_course_ = KeptCourse{version_, course_now()};
  }
  return kept_course_->course;
}

ToldCourse LiveRecord::State::course_now() const {
  const facts::Evidence evidence = whole();
  const monitor::Course course = monitor::course_of(shown_, evidence);
  ToldCourse told;
  told.present = evidence.now;
  for (const monitor::StreakClock& clock : course.clocks) {
    ToldClock one = told_clock(evidence, clock);
    auto same = std::find_if(told.clocks.begin(), told.clocks.end(),
                             [&](const ToldClock& other) { return shows_the_same(one, other); });
    if (same == told.clocks.end()) {
      same = told.clocks.insert(told.clocks.end(), std::move(one));
    }
    same->accounts.push_back(evidence.accounts[clock.account.index].name);
  }
  for (const monitor::ForceHistory& history : course.force) {
    told.force.push_back({.clause = shown_.clause(history.clause).number,
                          .from = history.from,
                          .until_at_least = history.until_at_least,
                          .until = history.until});
  }
  return told;
}

std::vector<ToldReasons> LiveRecord::State::reasons_of(
    const std::string& incident, const std::vector<const base::SourceText*>& sources) const {
  const facts::Evidence evidence = live_.around(incident);
  std::vector<ToldReasons> all;
  for (const auto& [verdict, explanation, readings] :
       monitor::explain_incident(shown_, evidence, incident)) {
    const agreement::Clause& clause = shown_.clause(verdict.clause);
    ToldReasons reasons{.clause = clause.number,
                        .bearer = facts::bearer_text(shown_, verdict),
                        .verdict = std::string(facts::to_text(verdict.outcome)),
                        .because = explanation.because,
                        .would_change_if = explanation.would_change_if,
                        .accounts = {},
                        .readings = {}};
    for (const agreement::ActorId proposer : readings) {
      reasons.readings.push_back(shown_.actor(proposer).name);
    }
    for (const monitor::AccountReason& reason : explanation.reasons) {
      reasons.accounts.push_back({.according_to = evidence.accounts[reason.account.index].name,
                                  .verdict = std::string(facts::to_text(reason.opinion)),
                                  .because = reason.because,
                                  .words = marked(clause, sources, reason.deciding_words)});
    }
    all.push_back(std::move(reasons));
  }
  return all;
}

LiveRecord::LiveRecord(agreement::Agreement shown, incidents::ActorBook actors)
    : state_(std::make_unique<State>(std::move(shown), std::move(actors))) {}
LiveRecord::~LiveRecord() = default;

void LiveRecord::begin_with(std::vector<incidents::ReportPtr> reports, base::Instant now) {
  state_->begin_with(std::move(reports), now);
}
std::vector<ToldChange> LiveRecord::take(const std::vector<incidents::ReportPtr>& reports,
                                         base::Instant now) {
  return state_->take(reports, now);
}
std::vector<ToldChange> LiveRecord::standing() const { return state_->standing(); }
void LiveRecord::each_on_incident(const std::function<void(const BriefVerdict&)>& take) const {
  state_->each_on_incident(take);
}
std::vector<ToldChange> LiveRecord::standing_duties() const { return state_->standing_duties(); }
std::vector<ToldChange> LiveRecord::standing_of(const std::string& incident) const {
  return state_->standing_of(incident);
}
ToldCourse LiveRecord::course() const { return state_->course(); }
std::vector<ToldReasons> LiveRecord::reasons_of(
    const std::string& incident, const std::vector<const base::SourceText*>& sources) const {
  return state_->reasons_of(incident, sources);
}
const agreement::Agreement& LiveRecord::agreement() const { return state_->agreement(); }
std::string LiveRecord::digest() const { return state_->digest(); }

base::Result<incidents::ActorBook> read_actors_beside(const std::string& agreement,
                                                      base::Duration offset) {
  IncidentInputs inputs;
  inputs.agreement = agreement;
  return read_actor_book(inputs, offset);
}

}  // namespace truce::workbench
