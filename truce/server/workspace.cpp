// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/workspace.h"

#include <algorithm>
#include <array>
#include <exception>
#include <set>
#include <utility>

namespace truce::server::internal {

void Contents::apply(const Entry& entry) { follow(entry, note(entry)); }

Consequences Contents::note(const Entry& entry) {
  Consequences consequences{.reports = record.note(entry), .tellings = {}};
  note_besides(entry);
  consequences.tellings = tellings_of(entry);
  return consequences;
}

void Contents::follow(const Entry& entry, const Consequences& consequences) {
  record.follow(entry, consequences.reports);
  for (const Consequences::Telling& telling : consequences.tellings) {
    encoding::JsonValue data = encoding::JsonValue::object();
    data.set("kind", telling.kind);
    record.tell(telling.audience, "change", data);
  }
}

void Contents::keep(const Entry& entry) {
  record.keep(entry);
  note_besides(entry);
}

void Contents::note_besides(const Entry& entry) {
  people.apply(entry);
  dealings.apply(entry);
  reports.apply(entry);
  publication.apply(entry);
  static constexpr std::array<std::string_view, 5> kAudited = {"read", "user", "invitation",
                                                               "password", "user-ended"};
  if (std::find(kAudited.begin(), kAudited.end(), entry.kind) != kAudited.end()) {
    const encoding::JsonValue* const what = entry.body.find(entry.kind == "read" ? "what" : "name");
    audit.push_back({.at = entry.at,
                     .who = entry.who,
                     .did = entry.kind,
                     .what = what == nullptr ? std::string() : what->text()});
  }
}

std::vector<Consequences::Telling> Contents::tellings_of(const Entry& entry) {
  // What the record tells itself is not among them.
  static constexpr std::array<std::string_view, 8> kTold = {
      "finding", "publication", "question", "artefact", "notice", "receipt", "hindrance", "report"};
  std::vector<Consequences::Telling> tellings;
  if (std::find(kTold.begin(), kTold.end(), entry.kind) != kTold.end()) {
    // What waits for witnesses is seen by the mission alone.
    tellings.push_back(
        {publication.waits(entry.number) ? Audience{"mission"} : entry.audience, entry.kind});
  }
  for (const Publication::Published& published : publication.fresh()) {
    tellings.push_back({published.audience, published.kind});
  }
  return tellings;
}

struct Workspace::Pending {
  const Decide& decide;
  const DependsOn& depends;
  std::optional<Response> answer;
  // Of what was written.
  std::int64_t number = 0;
  bool is_done = false;
  // It is its turn to write, for all that wait.
  bool leads = false;
  std::condition_variable turn;
};

Workspace::Workspace(std::unique_ptr<Journal> journal, ToldStore told, const std::string& folder,
                     std::function<base::Instant()> clock)
    : journal_(std::move(journal)),
      told_(std::move(told)),
      clock_(std::move(clock)),
      contents_(folder) {}

Workspace::~Workspace() { save_told(); }

base::Result<std::unique_ptr<Workspace>> Workspace::open(const std::string& folder, bool has_ledger,
                                                         std::function<base::Instant()> clock) {
  auto journal = Journal::open(folder, has_ledger);
  if (!journal) {
    return journal.error();
  }
  auto told = ToldStore::open(folder);
  if (!told) {
    return told.error();
  }
  auto workspace = std::make_unique<Workspace>(std::move(journal).value(), std::move(told).value(),
                                               folder, std::move(clock));
  if (auto loaded = workspace->load(); !loaded) {
    return loaded.error();
  }
  return workspace;
}

base::Result<void> Workspace::load() {
  const std::unique_lock locked(contents_lock_);
  auto told = told_.read();
  // What was told counts only where this very journal has that very entry.
  const auto covered =
      told && told->number > 0 ? journal_->find(told->number) : base::Result<Entry>(Entry{});
  const bool is_known = told && told->number > 0 && covered && covered->salt == told->salt;
  if (!is_known) {
    if (auto cleared = told_.clear(); !cleared) {
      return cleared;
    }
  }
  const std::int64_t until = is_known ? told->number : 0;
  auto read = journal_->each([&](const Entry& entry) {
    last_seconds_ = std::max(last_seconds_.load(), entry.at.seconds);
    if (entry.number > until) {
      contents_.apply(entry);
      return;
    }
    contents_.keep(entry);
    if (entry.number == until) {
      for (const auto& [view, lines] : told->lines) {
        told_counts_.emplace(view, lines.size());
      }
      contents_.record.resume(std::move(told->lines), {last_seconds_});
    }
  });
  told_until_ = until;
  return read;
}

base::Instant Workspace::now() const { return {std::max(clock_().seconds, last_seconds_.load())}; }

void Workspace::pass_on() {
  if (waiting_alone_ > 0) {
    is_writing_ = false;
    alone_.notify_one();
  } else if (!queue_.empty()) {
    queue_.front()->leads = true;
    queue_.front()->turn.notify_one();
  } else {
    is_writing_ = false;
  }
}

void Workspace::begin_writing() {
  std::unique_lock held(queue_lock_);
  ++waiting_alone_;
  alone_.wait(held, [&] { return !is_writing_; });
  --waiting_alone_;
  is_writing_ = true;
}

void Workspace::end_writing() {
  const std::scoped_lock held(queue_lock_);
  pass_on();
}

std::vector<Workspace::Pending*> Workspace::take_batch() {
  constexpr std::size_t kLargestBatch = 1024;
  std::vector<Pending*> batch = {queue_.front()};
  queue_.pop_front();
  if (batch.front()->depends.is_everything()) {
    return batch;
  }
  std::set<std::string> names = {batch.front()->depends.name()};
  for (auto at = queue_.begin(); at != queue_.end() && batch.size() < kLargestBatch;) {
    // What stands alone is not overtaken.
    if ((*at)->depends.is_everything()) {
      break;
    }
    const std::string& name = (*at)->depends.name();
    if (!name.empty() && !names.insert(name).second) {
      ++at;
      continue;
    }
    batch.push_back(*at);
    at = queue_.erase(at);
  }
  return batch;
}

std::optional<Response> Workspace::write(const Decide& decide, const DependsOn& depends) {
  auto done = write_entry(decide, depends);
  auto* const refused = std::get_if<Response>(&done);
  return refused == nullptr ? std::nullopt : std::optional(std::move(*refused));
}

std::variant<std::int64_t, Response> Workspace::write_entry(const Decide& decide,
                                                            const DependsOn& depends) {
  Pending mine{.decide = decide, .depends = depends, .answer = std::nullopt, .turn = {}};
  {
    std::unique_lock held(queue_lock_);
    queue_.push_back(&mine);
    // Otherwise whoever writes passes it on, to the first who waits.
    if (!is_writing_ && waiting_alone_ == 0) {
      is_writing_ = true;
      mine.leads = true;
    } else if (queue_.size() >= last_batch_) {
      company_.notify_one();
    }
    mine.turn.wait(held, [&] { return mine.is_done || mine.leads; });
    if (!mine.is_done) {
      // Those who were answered together come back one by one: the first of them would else wait
      // for the disk alone, and all others for the next turn.
      company_.wait_for(held, last_took_ / 2, [&] { return queue_.size() >= last_batch_; });
      const std::vector<Pending*> batch = take_batch();
      begun_ = std::chrono::steady_clock::now();
      held.unlock();
      write_batch(batch);
    }
  }
  if (mine.answer) {
    return std::move(*mine.answer);
  }
  return mine.number;
}

void Workspace::answer(const std::vector<Pending*>& batch) {
  const std::scoped_lock held(queue_lock_);
  last_batch_ = batch.size();
  last_took_ = std::chrono::steady_clock::now() - begun_;
  for (Pending* const one : batch) {
    // Told with the lock, because it goes once it knows.
    one->is_done = true;
    one->turn.notify_one();
  }
  pass_on();
}

std::vector<Entry> Workspace::decide(const std::vector<Pending*>& batch,
                                     std::vector<Pending*>& written) {
  const base::Instant at = now();
  std::vector<Entry> entries;
  for (Pending* const one : batch) {
    try {
      Decision decision = one->decide(contents_, at);
      if (auto* const refused = std::get_if<Response>(&decision)) {
        one->answer = std::move(*refused);
        continue;
      }
      entries.push_back(std::move(std::get<Entry>(decision)));
      entries.back().at = at;
      written.push_back(one);
    } catch (const std::exception&) {
      // As the application answers it: the others go on.
      one->answer = problem(503, "this could not be done now; try again later");
    }
  }
  return entries;
}

// What is decided on changes only below, by one thread at a time, so that reading it needs no lock
// here; what follows from the batch before may still be worked out meanwhile.
void Workspace::write_batch(const std::vector<Pending*>& batch) {
  const bool is_alone = batch.front()->depends.is_everything();
  std::vector<Pending*> written;
  std::vector<Entry> entries = decide(batch, written);
  const auto appended =
      entries.empty() ? base::Result<void>() : base::Result<void>(journal_->append(entries));
  if (entries.empty() || !appended) {
    for (Pending* const one : written) {
      one->answer = problem(503, appended.error().message);
    }
    answer(batch);
    return;
  }
  last_seconds_ = entries.front().at.seconds;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    written[i]->number = entries[i].number;
  }
  {
    const std::unique_lock locked(contents_lock_);
    std::vector<Consequences> consequences;
    {
      const std::unique_lock people_locked(people_lock_);
      for (const Entry& entry : entries) {
        consequences.push_back(contents_.note(entry));
      }
    }
    // What stands alone may change what the next decisions rest on.
    if (!is_alone) {
      answer(batch);
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
      contents_.follow(entries[i], consequences[i]);
    }
  }
  if (is_alone) {
    answer(batch);
  }
  if (on_change_) {
    on_change_();
  }
}

std::optional<Person> Workspace::find_person(const std::string& name) const {
  const std::shared_lock locked(people_lock_);
  const User* const user = contents_.people.find(name);
  return user == nullptr ? std::nullopt : std::optional(user->person);
}

void Workspace::tick() {
  begin_writing();
  pass_time();
  end_writing();
  save_told();
}

void Workspace::pass_time() {
  Entry entry;
  entry.at = now();
  entry.kind = "clock";
  entry.body = encoding::JsonValue::object();
  {
    const std::unique_lock locked(contents_lock_);
    if (!contents_.record.pass(entry.at)) {
      return;
    }
  }
  // What the time changed is told once it is known for good when it did.
  if (journal_->append(entry)) {
    last_seconds_ = entry.at.seconds;
    const std::unique_lock locked(contents_lock_);
    contents_.record.tell();
  }
  if (on_change_) {
    on_change_();
  }
}

void Workspace::save_told() {
  begin_writing();
  // What follows from the last entry is told before this is had.
  std::shared_lock locked(contents_lock_);
  ToldUntil fresh{.number = journal_->last(), .salt = journal_->last_salt(), .lines = {}};
  const bool is_new = fresh.number != told_until_;
  if (is_new) {
    const auto events = contents_.record.events();
    for (const auto& [view, count] : events->counts()) {
      fresh.lines[view] = events->behind(view, told_counts_[view], count);
    }
  }
  locked.unlock();
  end_writing();
  // One at a time: the ticks do not overlap, and at the end there are none.
  if (is_new && told_.add(fresh)) {
    told_until_ = fresh.number;
    for (const auto& [view, lines] : fresh.lines) {
      told_counts_[view] += lines.size();
    }
  }
}

}  // namespace truce::server::internal
