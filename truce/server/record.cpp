// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/record.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <set>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "truce/diagnostics/render.h"
#include "truce/incidents/read.h"
#include "truce/json/changes_json.h"
#include "truce/workbench/files.h"
#include "truce/workbench/settings.h"

namespace truce::server::internal {
namespace {

namespace fs = std::filesystem;
using encoding::JsonValue;

constexpr std::string_view kMainFile = "agreement.truce";

const std::string& text_of(const Entry& entry, std::string_view name) {
  static const std::string kEmpty;
  const JsonValue* const member = entry.body.find(name);
  return member == nullptr ? kEmpty : member->text();
}

// The revision that an entry names; 0: none.
std::size_t revision_in(const Entry& entry) {
  const JsonValue* const number = entry.body.find("revision");
  return number == nullptr ? 0 : static_cast<std::size_t>(number->integer());
}

bool is_file_name(std::string_view name) {
  const bool has_ending = name == kMainFile || name == "agreement.companion.truce" ||
                          name.ends_with(".geojson") || name == "actors.csv" ||
                          name == "names.csv" ||
                          (name.starts_with("agreement.") && name.ends_with(".lexicon"));
  return has_ending && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '-' || letter == '_' || letter == '.';
         });
}

std::string first_error(const workbench::AgreementFile& file) {
  for (const diagnostics::Diagnostic& diagnostic : file.sink.sorted()) {
    if (diagnostics::info(diagnostic.kind).level == diagnostics::Level::Error) {
      std::string drawn = diagnostics::to_terminal({diagnostic}, file.sources(), {});
      // The place in the folder of the server is nobody's business.
      for (std::size_t at = drawn.find(file.path); at != std::string::npos;
           at = drawn.find(file.path)) {
        drawn.replace(at, file.path.size(), kMainFile);
      }
      return drawn;
    }
  }
  return {};
}

}  // namespace

base::Result<workbench::AgreementFile> place_agreement(
    const std::string& folder, const std::vector<std::pair<std::string, std::string>>& files) {
  std::set<std::string_view> names;
  for (const auto& [name, text] : files) {
    if (!is_file_name(name) || !names.insert(name).second) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("`{}` is no file of an agreement, or named twice; there are "
                                     "agreement.truce, agreement.companion.truce, actors.csv, "
                                     "names.csv, agreement.LANGUAGE.lexicon and NAME.geojson",
                                     name)};
    }
  }
  if (!names.contains(kMainFile)) {
    return base::Error{base::ErrorCode::InvalidArgument, "the file agreement.truce is missing"};
  }
  std::error_code error;
  fs::remove_all(folder, error);
  if (auto made = workbench::make_folder(folder); !made) {
    return made.error();
  }
  for (const auto& [name, text] : files) {
    std::string path = folder;
    path += '/';
    path += name;
    if (auto written = workbench::write_file(path, text); !written) {
      return written.error();
    }
  }
  auto file = workbench::read_agreement(folder + '/' + std::string(kMainFile));
  if (!file) {
    return file.error();
  }
  if (file->is_vocabulary) {
    return base::Error{base::ErrorCode::InvalidArgument, "this is a vocabulary, no agreement"};
  }
  if (file->sink.has_errors()) {
    return base::Error{base::ErrorCode::InvalidArgument, first_error(*file)};
  }
  if (auto set = workbench::check_parameters(file->agreement); !set) {
    return set.error();
  }
  return file;
}

std::vector<incidents::ReportPtr> Record::note(const Entry& entry) {
  if (entry.kind == "accounts") {
    return add_rows(entry);
  }
  if (entry.kind == "revision") {
    add_revision(entry);
  }
  return {};
}

void Record::follow(const Entry& entry, const std::vector<incidents::ReportPtr>& reports) {
  if (entry.kind == "accounts") {
    judge(entry, reports);
  } else if (entry.kind == "watch") {
    watch(revision_in(entry), entry.at);
  } else if (entry.kind == "clock") {
    pass(entry.at);
    tell();
  }
}

void Record::keep(const Entry& entry) {
  note(entry);
  if (entry.kind == "watch") {
    const std::size_t number = revision_in(entry);
    chosen_ = number != 0 && number <= revisions_.size() ? number : chosen_;
  }
}

void Record::resume(std::map<std::string, std::vector<EventLog::Line>> told, base::Instant at) {
  for (auto& [view, lines] : told) {
    events_->restore(view, std::move(lines));
  }
  if (!choose(chosen_)) {
    return;
  }
  // Each view by itself, as many at a time as there are processors.
  const std::vector<std::string> names = views_of_watched();
  std::vector<std::unique_ptr<workbench::LiveRecord>> made(names.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t one = next++; one < names.size(); one = next++) {
      made[one] = made_view(names[one], at);
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t count = 1; count < std::thread::hardware_concurrency(); ++count) {
    threads.emplace_back(work);
  }
  work();
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (std::size_t one = 0; one < names.size(); ++one) {
    views_.insert_or_assign(names[one], std::move(made[one]));
  }
}

std::vector<incidents::ReportPtr> Record::add_rows(const Entry& entry) {
  incidents::Reading reading;
  incidents::ReadOptions options;
  options.format = incidents::Format::Truce;
  if (!incidents::read_reports("entry", text_of(entry, "rows"), options, reading)) {
    return {};
  }
  std::vector<incidents::ReportPtr> reports;
  reports.reserve(reading.reports.size());
  for (incidents::Report& report : reading.reports) {
    reports.push_back(std::make_shared<const incidents::Report>(std::move(report)));
    const auto at = incidents_.try_emplace(reports.back()->incident).first;
    order_.emplace_back(&*at, at->second.size());
    at->second.push_back({.report = reports.back(),
                          .audience = entry.audience,
                          .who = entry.who,
                          .entered_at = entry.at,
                          .entry = entry.number,
                          .desk = text_of(entry, "desk")});
  }
  return reports;
}

void Record::judge(const Entry& entry, const std::vector<incidents::ReportPtr>& reports) {
  JsonValue::Array names;
  std::set<std::string_view> named;
  for (const incidents::ReportPtr& report : reports) {
    if (named.insert(report->incident).second) {
      names.emplace_back(report->incident);
    }
  }
  JsonValue data = JsonValue::object();
  data.set("incidents", std::move(names));
  tell(entry.audience, "accounts", data);
  for (const auto& [name, live] : views_) {
    if (is_in_view(entry.audience, name)) {
      tell(name, live->take(reports, entry.at));
    }
  }
}

void Record::add_revision(const Entry& entry) {
  Revision revision{.files = {},
                    .title = text_of(entry, "title"),
                    .note = text_of(entry, "note"),
                    .audience = entry.audience,
                    .who = entry.who,
                    .at = entry.at};
  if (const JsonValue* const files = entry.body.find("files")) {
    for (const auto& [name, text] : files->members()) {
      revision.files.emplace_back(name, text.text());
    }
  }
  const JsonValue* const confidential = entry.body.find("confidential");
  revision.is_confidential = confidential != nullptr && confidential->boolean();
  revisions_.push_back(std::move(revision));
}

bool Record::choose(std::size_t number) {
  if (number == 0 || number > revisions_.size()) {
    return false;
  }
  const std::string folder = fmt::format("{}/agreement/{}", folder_, number);
  auto file = place_agreement(folder, revisions_[number - 1].files);
  if (!file) {
    return false;
  }
  watched_ = number;
  path_ = folder + '/' + std::string(kMainFile);
  file_ = std::make_unique<workbench::AgreementFile>(std::move(file).value());
  views_.clear();
  untold_.clear();
  return true;
}

void Record::watch(std::size_t number, base::Instant at) {
  if (!choose(number)) {
    return;
  }
  JsonValue data = JsonValue::object();
  data.set("title", revisions_[number - 1].title);
  for (const std::string& name : views_of_watched()) {
    views_.insert_or_assign(name, made_view(name, at));
    events_->add(name, "agreement", data.to_text());
  }
}

std::vector<std::string> Record::views_of_watched() const {
  std::vector<std::string> names = {"public", "mission"};
  for (const std::string& side : sides()) {
    names.push_back("party:" + side);
  }
  std::erase_if(names, [&](const std::string& name) {
    return !is_in_view(revisions_[watched_ - 1].audience, name);
  });
  return names;
}

std::unique_ptr<workbench::LiveRecord> Record::made_view(const std::string& name,
                                                         base::Instant at) const {
  auto actors = workbench::read_actors_beside(path_, clock_offset());
  agreement::Agreement shown = file_->agreement;
  if (name != "mission") {
    const auto side = name == "public"
                          ? std::nullopt
                          : file_->agreement.find_actor(name.substr(name.find(':') + 1));
    shown = agreement::shown_to(file_->agreement, side);
  }
  auto live = std::make_unique<workbench::LiveRecord>(
      std::move(shown), actors ? std::move(actors).value() : incidents::ActorBook());
  std::vector<incidents::ReportPtr> reports;
  for (const auto& [incident, row] : order_) {
    const AccountRow& account = incident->second[row];
    if (is_in_view(account.audience, name)) {
      reports.push_back(account.report);
    }
  }
  live->begin_with(std::move(reports), at);
  return live;
}

bool Record::pass(base::Instant now) {
  bool has_changed = false;
  for (const auto& [name, live] : views_) {
    auto changes = live->take({}, now);
    has_changed = has_changed || !changes.empty();
    auto& waiting = untold_[name];
    std::move(changes.begin(), changes.end(), std::back_inserter(waiting));
  }
  return has_changed;
}

void Record::tell() {
  for (const auto& [name, changes] : untold_) {
    tell(name, changes);
  }
  untold_.clear();
}

void Record::tell(const std::string& view, const std::vector<workbench::ToldChange>& changes) {
  for (workbench::ToldChange change : changes) {
    change.number = events_->next(view);
    std::string line = json::to_json_line(change, clock_offset());
    line.pop_back();
    events_->add(view, "verdict", line);
  }
}

void Record::tell(const Audience& audience, std::string_view kind, const JsonValue& data) {
  std::vector<std::string> names = {"public", "mission"};
  for (const std::string& side : sides()) {
    names.push_back("party:" + side);
  }
  for (const std::string& name : names) {
    if (is_in_view(audience, name)) {
      events_->add(name, kind, data.to_text());
    }
  }
}

base::Duration Record::clock_offset() const {
  return file_ ? file_->agreement.clock.offset : base::Duration{};
}

std::vector<std::string> Record::sides() const {
  std::vector<std::string> names;
  if (file_) {
    for (const agreement::Actor& actor : file_->agreement.actors) {
      if (actor.role == agreement::Actor::Role::Party ||
          actor.role == agreement::Actor::Role::Guarantor) {
        names.push_back(actor.name);
      }
    }
  }
  return names;
}

const workbench::LiveRecord* Record::verdicts(std::string_view view) const {
  const auto at = views_.find(view);
  return at == views_.end() ? nullptr : at->second.get();
}

}  // namespace truce::server::internal
