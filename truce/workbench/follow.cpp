// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/follow.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "truce/facts/live_evidence.h"
#include "truce/facts/resolve.h"
#include "truce/incidents/current_accounts.h"
#include "truce/monitor/live.h"
#include "truce/monitor/replay.h"
#include "truce/workbench/checkpoint.h"
#include "truce/workbench/files.h"
#include "truce/workbench/internal/feed.h"
#include "truce/workbench/internal/follow_binding.h"
#include "truce/workbench/internal/monitor_inputs.h"
#include "truce/workbench/internal/told.h"
#include "truce/workbench/settings.h"
#include "truce/workbench/tail.h"

namespace truce::workbench {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kShortWait{10};
constexpr milliseconds kLongWait{200};
constexpr std::chrono::seconds kCheckpointAge{10};

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

base::Result<void> refuse_what_cannot_be_followed(const MonitorRequest& request) {
  if (request.incidents.size() != 1) {
    return invalid("--follow follows one file; give --incidents once");
  }
  if (!request.as_known_at.empty()) {
    return invalid(
        "--follow tells what is known now; leave --as-known-at out, or replay without --follow");
  }
  if (request.cluster || !request.joins.empty()) {
    return invalid(
        "--follow takes each video as an incident of its own; leave --cluster and --joins out");
  }
  return {};
}

base::Instant wall_clock() {
  return {std::chrono::duration_cast<std::chrono::seconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

}  // namespace

class Follower::Session {
 public:
  explicit Session(FollowRequest request) : request_(std::move(request)) {}

  base::Result<void> open();
  base::Result<FollowSummary> run(const FollowSink& sink);

  [[nodiscard]] const AgreementFile& file() const { return file_; }

 private:
  base::Result<void> open_record();
  base::Result<void> load_checkpoint();
  base::Result<void> restore(const Checkpoint& saved);
  base::Result<void> save();
  base::Result<void> save_when_due(const FollowSink& sink);

  base::Result<void> take_rows(bool is_end, const FollowSink& sink);
  base::Result<void> take(incidents::Reading reading, const FollowSink& sink);
  // `is_covered`: the row brought coverage of its own.
  base::Result<void> take(incidents::Report report, bool is_covered, const FollowSink& sink);
  // `was_known`: something stood of the first change's incident before.
  base::Result<void> step(const std::vector<facts::EvidenceChange>& changes, bool was_known,
                          const FollowSink& sink);
  base::Result<bool> look(const FollowSink& sink);
  base::Result<FollowSummary> finish();
  [[nodiscard]] bool has_breach(const monitor::StandingVerdicts& standing) const;
  bool is_wanted(const incidents::Report& report);
  bool is_theirs(const std::string& speaker);
  [[nodiscard]] base::Instant present() const {
    return request_.uses_wall_clock ? wall_clock() : base::kBeforeTime;
  }

  FollowRequest request_;
  AgreementFile file_;
  incidents::ActorBook actors_;
  std::vector<std::pair<std::string, std::string>> made_with_;
  std::optional<facts::Speaker> wanted_;
  std::map<std::string, bool> is_theirs_;
  incidents::CurrentAccounts current_;
  std::unique_ptr<facts::LiveEvidence> evidence_;
  std::optional<agreement::ActorId> reading_;
  std::unique_ptr<monitor::Live> live_;
  std::unique_ptr<Tail> tail_;
  std::optional<Feed> feed_;
  std::set<std::string> complete_observers_;
  std::set<std::string> said_;
  std::uint64_t rows_ = 0;
  std::uint64_t skipped_ = 0;
  std::uint64_t number_ = 0;
  std::optional<Checkpoint> saved_;
  std::uint64_t rows_saved_ = 0;
  steady_clock::time_point when_saved_ = steady_clock::now();
  bool has_ended_ = false;
  std::string start_notice_;
};

base::Result<void> Follower::Session::open() {
  if (auto can = refuse_what_cannot_be_followed(request_.monitor); !can) {
    return can;
  }
  auto file = read_agreement(request_.monitor.agreement, request_.monitor.settings);
  if (!file) {
    return file.error();
  }
  file_ = std::move(file).value();
  if (file_.is_vocabulary) {
    return invalid(
        fmt::format("{} is a vocabulary; name an agreement", request_.monitor.agreement));
  }
  if (file_.sink.has_errors()) {
    return {};
  }
  if (auto set = check_parameters(file_.agreement); !set) {
    return set;
  }
  if (auto opened = open_record(); !opened) {
    return opened;
  }
  return load_checkpoint();
}

base::Result<void> Follower::Session::open_record() {
  const MonitorRequest& request = request_.monitor;
  const base::Duration offset = file_.agreement.clock.offset;
  auto actors = read_actor_book(inputs_of(request), offset);
  if (!actors) {
    return actors.error();
  }
  actors_ = std::move(actors).value();
  incidents::Reading of_coverage;
  auto coverage = read_coverage_file(request, offset, of_coverage);
  if (!coverage) {
    return coverage.error();
  }
  const auto reading = find_reading(file_.agreement, request.reading);
  if (!reading) {
    return reading.error();
  }
  const auto audience = find_audience(file_.agreement, request.audience);
  if (!audience) {
    return audience.error();
  }
  if (!request_.checkpoint.empty()) {
    const std::vector<std::string> read = {request.agreement, request.actors, request.mapping,
                                           request.coverage, request.incidents.front().path};
    if (auto kept = refuse_to_replace(request_.checkpoint, read); !kept) {
      return invalid(fmt::format("--checkpoint {} is one of the files that are read; name another",
                                 request_.checkpoint));
    }
  }
  auto binding = binding_of(request_, file_);
  if (!binding) {
    return binding.error();
  }
  made_with_ = std::move(binding).value();
  if (!request.according_to.empty()) {
    wanted_ = facts::speaker_of(file_.agreement, actors_, request.according_to);
  }
  std::vector<incidents::Coverage> rows = std::move(coverage).value();
  std::erase_if(rows, [&](const incidents::Coverage& row) { return !is_theirs(row.observer); });
  file_.agreement = agreement::shown_to(file_.agreement, *audience);
  evidence_ = std::make_unique<facts::LiveEvidence>(file_.agreement, actors_, std::move(rows));
  reading_ = *reading;
  live_ = std::make_unique<monitor::Live>(
      file_.agreement, *evidence_,
      monitor::LiveOptions{.reading = reading_, .with_explanations = request_.with_explanations});
  feed_.emplace(inputs_of(request), request.incidents.front(), offset);
  auto tail = Tail::open(request.incidents.front().path);
  if (!tail) {
    return tail.error();
  }
  tail_ = std::move(tail).value();
  return {};
}

bool Follower::Session::is_theirs(const std::string& speaker) {
  if (!wanted_) {
    return true;
  }
  const auto [at, is_new] = is_theirs_.try_emplace(speaker, false);
  if (is_new) {
    at->second = facts::speaker_of(file_.agreement, actors_, speaker) == *wanted_;
  }
  return at->second;
}

// Institutional acts are on record whoever reports them.
bool Follower::Session::is_wanted(const incidents::Report& report) {
  return !wanted_ || is_theirs(report.according_to) ||
         facts::institutional_act_of(report) != facts::InstitutionalAct::None;
}

base::Result<void> Follower::Session::load_checkpoint() {
  if (request_.checkpoint.empty() || !file_exists(request_.checkpoint)) {
    return {};
  }
  const auto bytes = read_file(request_.checkpoint);
  if (!bytes) {
    return bytes.error();
  }
  const auto saved = parse_checkpoint(request_.checkpoint, *bytes);
  if (!saved) {
    return saved.error();
  }
  if (const auto other = differing(saved->made_with, made_with_)) {
    return invalid(
        fmt::format("{} was made with {}; go on with the same, or remove it to begin "
                    "anew",
                    request_.checkpoint, *other));
  }
  return restore(*saved);
}

base::Result<void> Follower::Session::restore(const Checkpoint& saved) {
  for (const std::string& observer : saved.complete_observers) {
    complete_observers_.insert(observer);
    if (is_theirs(observer)) {
      evidence_->cover(covers_all(observer));
    }
  }
  for (const incidents::Report& report : saved.reports) {
    const auto change = current_.take(report);
    evidence_->replace(*change.row, nullptr, change.stands() && is_wanted(*change.row));
  }
  auto told = from_names(file_.agreement, saved.told);
  if (!told) {
    return invalid(fmt::format("{}: {}", request_.checkpoint, told.error().message));
  }
  live_->assume(std::move(told).value(), saved.present);
  rows_ = saved.rows;
  rows_saved_ = saved.rows;
  skipped_ = saved.skipped;
  number_ = saved.number;
  if (tail_->is_stream()) {
    return {};
  }
  if (!tail_->go_to(saved.position)) {
    start_notice_ = fmt::format(
        "{} is not the file that was followed so far: it is read from its start, and what is known "
        "stays",
        request_.monitor.incidents.front().path);
    return {};
  }
  return saved.header.empty() ? base::Result<void>() : feed_->resume(saved.header, saved.lines);
}

base::Result<void> Follower::Session::save() {
  Checkpoint now;
  now.made_with = made_with_;
  now.position = tail_->position(feed_->waiting());
  now.header = feed_->header();
  now.lines = feed_->lines();
  now.rows = rows_;
  now.skipped = skipped_;
  now.number = number_;
  now.present = live_->present();
  for (const auto& [key, report] : current_.rows()) {
    now.reports.push_back(*report);
  }
  now.complete_observers.assign(complete_observers_.begin(), complete_observers_.end());
  now.told = to_names(file_.agreement, live_->standing());
  return write_file(request_.checkpoint, to_bytes(now));
}

base::Result<void> Follower::Session::save_when_due(const FollowSink& sink) {
  if (request_.checkpoint.empty() || rows_ == rows_saved_ ||
      (rows_ - rows_saved_ < request_.checkpoint_rows &&
       steady_clock::now() - when_saved_ < kCheckpointAge)) {
    return {};
  }
  rows_saved_ = rows_;
  when_saved_ = steady_clock::now();
  // The checkpoint before is whole; following goes on, and the next one may fit.
  if (const auto saved = save(); !saved) {
    sink.on_notice(saved.error().message);
  }
  return {};
}

base::Result<void> Follower::Session::step(const std::vector<facts::EvidenceChange>& changes,
                                           bool was_known, const FollowSink& sink) {
  std::vector<ToldChange> told;
  for (const monitor::VerdictChange& change : live_->update(changes, present())) {
    const bool is_of_row = !changes.empty() && change.key.about == changes.front().incident;
    told.push_back(told_of(
        file_.agreement, change,
        {.is_known = evidence_->has(change.key.about), .was_known = !is_of_row || was_known}));
    told.back().number = ++number_;
    told.back().as_known_at = live_->present();
  }
  return told.empty() ? base::Result<void>() : sink.on_changes(told);
}

base::Result<void> Follower::Session::take(incidents::Report report, bool is_covered,
                                           const FollowSink& sink) {
  const bool was_known = evidence_->has(report.incident);
  const auto change = current_.take(std::move(report));
  std::vector<facts::EvidenceChange> changes;
  if (change.is_taken) {
    const incidents::Report* before = change.before();
    before = before != nullptr && is_wanted(*before) ? before : nullptr;
    const bool stands = change.stands() && is_wanted(*change.row);
    if (before != nullptr || stands) {
      changes.push_back(evidence_->replace(*change.row, before, stands));
    }
  }
  if (is_covered) {
    changes.push_back({.incident = {}, .before = {}, .after = {}, .are_accounts_changed = true});
  }
  return changes.empty() ? base::Result<void>() : step(changes, was_known, sink);
}

base::Result<void> Follower::Session::take(incidents::Reading reading, const FollowSink& sink) {
  ++rows_;
  for (const incidents::SkippedRow& bad : reading.skipped) {
    ++skipped_;
    sink.on_notice(fmt::format("{}:{}:{}: {}; the row is skipped", reading.files.front(),
                               bad.origin.line, bad.column, bad.reason));
  }
  for (const std::string& warning : reading.warnings) {
    if (said_.insert(warning).second) {
      sink.on_notice(warning);
    }
  }
  bool is_covered = false;
  for (const incidents::Coverage& row : reading.coverage) {
    if (complete_observers_.insert(row.observer).second && is_theirs(row.observer)) {
      evidence_->cover(row);
      is_covered = true;
    }
  }
  for (incidents::Report& report : reading.reports) {
    if (auto taken = take(std::move(report), is_covered, sink); !taken) {
      return taken;
    }
  }
  return save_when_due(sink);
}

base::Result<void> Follower::Session::take_rows(bool is_end, const FollowSink& sink) {
  while (!sink.should_stop()) {
    auto row = feed_->next(is_end);
    if (!row) {
      return row.error();
    }
    std::optional<incidents::Reading> reading = std::move(row).value();
    if (!reading) {
      break;
    }
    if (auto taken = take(std::move(*reading), sink); !taken) {
      return taken;
    }
  }
  return {};
}

// Takes in what has come; false where nothing had, and at the end of a stream.
base::Result<bool> Follower::Session::look(const FollowSink& sink) {
  auto piece = tail_->read();
  if (!piece) {
    return piece.error();
  }
  const std::string& path = request_.monitor.incidents.front().path;
  if (piece->event != TailPiece::Event::None) {
    const bool is_replaced = piece->event == TailPiece::Event::Replaced;
    // The last line of a file that is left behind gets no end any more.
    if (is_replaced && !feed_->waiting().empty()) {
      if (auto taken = take_rows(true, sink); !taken) {
        return taken.error();
      }
    }
    feed_->begin_file();
    sink.on_notice(fmt::format("{} was {}: it is read from its start, and what is known stays",
                               path, is_replaced ? "replaced" : "truncated"));
    return true;
  }
  feed_->add(piece->bytes);
  has_ended_ = piece->is_end;
  if (auto taken = take_rows(has_ended_, sink); !taken) {
    return taken.error();
  }
  return !piece->bytes.empty();
}

base::Result<FollowSummary> Follower::Session::finish() {
  if (!request_.checkpoint.empty()) {
    if (auto saved = save(); !saved) {
      return saved.error();
    }
  }
  FollowSummary summary;
  summary.rows = rows_;
  summary.skipped = skipped_;
  const monitor::StandingVerdicts standing = live_->standing();
  summary.verdicts = standing.size();
  summary.digest = live_->digest();
  summary.has_breach = request_.asks_for_breach && has_breach(standing);
  return summary;
}

bool Follower::Session::has_breach(const monitor::StandingVerdicts& standing) const {
  if (std::any_of(standing.begin(), standing.end(), [](const auto& one) {
        return !one.second.holds && one.second.outcome == facts::Outcome::Broken;
      })) {
    return true;
  }
  // That one of several broke it, whichever it was, is counted and stands under no name.
  facts::Evidence whole = evidence_->whole();
  whole.now = live_->present();
  const monitor::Replay replay =
      monitor::replay(file_.agreement, whole,
                      {.reading = reading_, .with_explanations = false, .with_digest = false});
  const auto& counts = replay.verdicts.counts;
  return std::any_of(counts.begin(), counts.end(),
                     [](const facts::ClauseCount& count) { return count.broken_by_one_of > 0; });
}

base::Result<FollowSummary> Follower::Session::run(const FollowSink& sink) {
  if (!start_notice_.empty()) {
    sink.on_notice(start_notice_);
  }
  if (auto begun = step({}, false, sink); !begun) {
    return begun.error();
  }
  milliseconds wait = kShortWait;
  base::Instant told_at = present();
  while (!sink.should_stop() && !has_ended_) {
    auto has_come = look(sink);
    if (!has_come) {
      return has_come.error();
    }
    if (*has_come) {
      wait = kShortWait;
      continue;
    }
    if (auto saved = save_when_due(sink); !saved) {
      return saved.error();
    }
    if (const base::Instant now = present(); now != told_at) {
      told_at = now;
      if (auto passed = step({}, false, sink); !passed) {
        return passed.error();
      }
    }
    tail_->wait(wait);
    wait = std::min(2 * wait, kLongWait);
  }
  return finish();
}

Follower::Follower(std::unique_ptr<Session> session) : session_(std::move(session)) {}

Follower::~Follower() = default;

base::Result<std::unique_ptr<Follower>> Follower::open(const FollowRequest& request) {
  auto session = std::make_unique<Session>(request);
  if (auto opened = session->open(); !opened) {
    return opened.error();
  }
  return std::make_unique<Follower>(std::move(session));
}

const AgreementFile& Follower::file() const { return session_->file(); }

base::Result<FollowSummary> Follower::run(const FollowSink& sink) { return session_->run(sink); }

}  // namespace truce::workbench
