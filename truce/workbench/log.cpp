// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/log.h"

#include <algorithm>

#include <fmt/format.h>
#include <sched.h>

#include "truce/stream/replay_log.h"
#include "truce/workbench/mapped_file.h"
#include "truce/workbench/settings.h"

namespace truce::workbench {
namespace {

// Judging goes on in one of them: more than this would have nothing to read.
constexpr unsigned kMostThreads = 4;

// The processors that this program may use; the library's count is of those that the machine has.
unsigned count_processors() {
  cpu_set_t set;
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? static_cast<unsigned>(CPU_COUNT(&set)) : 1;
}

bool asks_for_more(const MonitorRequest& request) {
  return request.incidents.size() != 1 || request.incidents.front().path == "-" ||
         !request.coverage.empty() || request.encoding != "utf-8" || request.cluster ||
         !request.joins.empty() || !request.as_known_at.empty() || !request.according_to.empty() ||
         !request.audience.empty() || !request.reading.empty();
}

std::optional<LogIds> refuse(const MonitorRequest& request, const std::string& why) {
  if (request.on_progress) {
    request.on_progress(fmt::format("the whole record is replayed: {}", why));
  }
  return std::nullopt;
}

}  // namespace

std::optional<LogIds> list_ids_of_log(const MonitorRequest& request) {
  if (asks_for_more(request)) {
    return std::nullopt;
  }
  const auto file = read_agreement(request.agreement, request.settings);
  if (!file || file->is_vocabulary || file->sink.has_errors() ||
      !check_parameters(file->agreement) || !file->agreement.confidential_annexes.empty()) {
    return std::nullopt;
  }
  const agreement::Agreement& agreement = file->agreement;
  const IncidentInputs inputs{.files = request.incidents,
                              .agreement = request.agreement,
                              .actors = request.actors,
                              .mapping = request.mapping,
                              .encoding = request.encoding,
                              .is_strict = request.is_strict,
                              .cluster = std::nullopt,
                              .joins = {},
                              .on_progress = {}};
  const auto actors = read_actor_book(inputs, agreement.clock.offset);
  const auto log = MappedFile::open(request.incidents.front().path);
  if (!actors || !log) {
    return std::nullopt;
  }
  const std::string_view header = log->text().substr(0, log->text().find('\n') + 1);
  const auto options =
      choose_reading(inputs, request.incidents.front(), header, agreement.clock.offset);
  if (!options || options->format != incidents::Format::Mapped ||
      options->mapping.columns().empty()) {
    return std::nullopt;
  }
  const stream::Plan plan = stream::plan_of(agreement);
  if (!plan.is_whole()) {
    return refuse(request, stream::first_obstacle(agreement, plan));
  }
  stream::LogReplay replay =
      stream::replay_log(agreement, plan, log->text(), *options, *actors,
                         {.count = std::clamp(count_processors(), 1U, kMostThreads)});
  if (!replay.obstacle.empty()) {
    return refuse(request, replay.obstacle);
  }
  return LogIds{std::move(replay.ids), replay.broken > 0};
}

}  // namespace truce::workbench
