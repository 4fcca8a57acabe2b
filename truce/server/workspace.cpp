// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/workspace.h"

#include <algorithm>
#include <array>
#include <utility>

namespace truce::server::internal {

void Contents::apply(const Entry& entry) {
  people.apply(entry);
  record.apply(entry);
  dealings.apply(entry);
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

Workspace::Workspace(std::unique_ptr<Journal> journal, const std::string& folder,
                     std::function<base::Instant()> clock)
    : journal_(std::move(journal)), clock_(std::move(clock)), contents_(folder) {}

base::Result<std::unique_ptr<Workspace>> Workspace::open(const std::string& folder, bool has_ledger,
                                                         std::function<base::Instant()> clock) {
  auto journal = Journal::open(folder, has_ledger);
  if (!journal) {
    return journal.error();
  }
  auto workspace =
      std::make_unique<Workspace>(std::move(journal).value(), folder, std::move(clock));
  if (auto loaded = workspace->load(); !loaded) {
    return loaded.error();
  }
  return workspace;
}

base::Result<void> Workspace::load() {
  const std::unique_lock locked(contents_lock_);
  return journal_->each([&](const Entry& entry) {
    contents_.apply(entry);
    last_seconds_ = std::max(last_seconds_.load(), entry.at.seconds);
  });
}

base::Instant Workspace::now() const { return {std::max(clock_().seconds, last_seconds_.load())}; }

base::Result<void> Workspace::commit(Entry& entry) {
  if (auto written = journal_->append(entry); !written) {
    return written;
  }
  last_seconds_ = entry.at.seconds;
  {
    const std::unique_lock locked(contents_lock_);
    contents_.apply(entry);
  }
  if (on_change_) {
    on_change_();
  }
  return {};
}

std::optional<Response> Workspace::write(
    const std::function<Decision(const Contents&, base::Instant now)>& decide) {
  const std::scoped_lock writing(write_lock_);
  // Nobody else changes the contents, so that reading them needs no lock here.
  const base::Instant at = now();
  Decision decision = decide(contents_, at);
  if (auto* const refused = std::get_if<Response>(&decision)) {
    return std::move(*refused);
  }
  auto& entry = std::get<Entry>(decision);
  entry.at = at;
  if (const auto written = commit(entry); !written) {
    return problem(503, written.error().message);
  }
  return std::nullopt;
}

void Workspace::tick() {
  const std::scoped_lock writing(write_lock_);
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

}  // namespace truce::server::internal
