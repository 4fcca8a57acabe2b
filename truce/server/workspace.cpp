// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/workspace.h"

#include <algorithm>
#include <array>
#include <exception>
#include <set>
#include <utility>

namespace truce::server::internal {

void Contents::apply(const Entry& entry) {
  record.apply(entry);
  note(entry);
  tell(entry);
}

void Contents::keep(const Entry& entry) {
  record.keep(entry);
  note(entry);
}

void Contents::note(const Entry& entry) {
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

void Contents::tell(const Entry& entry) {
  // What the record tells itself is not among them.
  static constexpr std::array<std::string_view, 8> kTold = {
      "finding", "publication", "question", "artefact", "notice", "receipt", "hindrance", "report"};
  const auto to = [&](const Audience& audience, const std::string& kind) {
    encoding::JsonValue data = encoding::JsonValue::object();
    data.set("kind", kind);
    record.tell(audience, "change", data);
  };
  if (std::find(kTold.begin(), kTold.end(), entry.kind) != kTold.end()) {
    // What waits for witnesses is seen by the mission alone.
    to(publication.waits(entry.number) ? Audience{"mission"} : entry.audience, entry.kind);
  }
  for (const Publication::Published& published : publication.fresh()) {
    to(published.audience, published.kind);
  }
}

struct Workspace::Pending {
  const Decide& decide;
  const DependsOn& depends;
  std::optional<Response> answer;
  bool is_done = false;
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

void Workspace::begin_writing() {
  std::unique_lock held(queue_lock_);
  queue_changed_.wait(held, [&] { return !is_writing_; });
  is_writing_ = true;
}

void Workspace::end_writing() {
  const std::scoped_lock held(queue_lock_);
  is_writing_ = false;
  queue_changed_.notify_all();
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
  Pending mine{.decide = decide, .depends = depends, .answer = std::nullopt, .is_done = false};
  std::unique_lock held(queue_lock_);
  queue_.push_back(&mine);
  if (queue_.size() >= last_batch_) {
    company_.notify_one();
  }
  while (true) {
    queue_changed_.wait(held, [&] { return mine.is_done || !is_writing_; });
    if (mine.is_done) {
      return std::move(mine.answer);
    }
    is_writing_ = true;
    // Those who were answered together come back one by one: the first of them would else wait for
    // the disk alone, and all others for the next turn.
    company_.wait_for(held, last_took_ / 2, [&] { return queue_.size() >= last_batch_; });
    const std::vector<Pending*> batch = take_batch();
    held.unlock();
    const auto begin = std::chrono::steady_clock::now();
    write_batch(batch);
    held.lock();
    last_batch_ = batch.size();
    last_took_ = std::chrono::steady_clock::now() - begin;
    for (Pending* const one : batch) {
      one->is_done = true;
    }
    is_writing_ = false;
    queue_changed_.notify_all();
  }
}

// Nobody else changes the contents meanwhile, so that reading them needs no lock here.
void Workspace::write_batch(const std::vector<Pending*>& batch) {
  const base::Instant at = now();
  std::vector<Entry> entries;
  std::vector<Pending*> written;
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
  if (entries.empty()) {
    return;
  }
  if (const auto appended = journal_->append(entries); !appended) {
    for (Pending* const one : written) {
      one->answer = problem(503, appended.error().message);
    }
    return;
  }
  last_seconds_ = at.seconds;
  {
    const std::unique_lock locked(contents_lock_);
    for (const Entry& entry : entries) {
      contents_.apply(entry);
    }
  }
  if (on_change_) {
    on_change_();
  }
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
  ToldUntil fresh{.number = journal_->last(), .salt = journal_->last_salt(), .lines = {}};
  const bool is_new = fresh.number != told_until_;
  if (is_new) {
    const auto events = contents_.record.events();
    for (const auto& [view, count] : events->counts()) {
      fresh.lines[view] = events->behind(view, told_counts_[view], count);
    }
  }
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
