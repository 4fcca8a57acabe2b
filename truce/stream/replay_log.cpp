// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/replay_log.h"

#include <algorithm>

#include "truce/stream/internal/log.h"
#include "truce/stream/internal/replayer.h"

namespace truce::stream {
namespace {

bool has_dated_names(const incidents::ActorBook& actors) {
  return std::any_of(actors.entries().begin(), actors.entries().end(),
                     [](const incidents::ActorBook::Entry& entry) {
                       return entry.when.from > base::kBeforeTime ||
                              entry.when.to < base::kAfterTime;
                     });
}

}  // namespace

LogReplay replay_log(const agreement::Agreement& agreement, const Plan& plan, std::string_view text,
                     const incidents::ReadOptions& options, const incidents::ActorBook& actors) {
  LogReplay replay;
  if (has_dated_names(actors)) {
    replay.obstacle = "the actor file has names that change";
    return replay;
  }
  const incidents::ColumnMap& map = options.mapping.columns();
  if (!map.order.empty() && map.order != map.columns.find("incident")->second) {
    replay.obstacle = "its rows are ordered by another column than their id";
    return replay;
  }
  const bool has_requests =
      std::any_of(plan.stores.begin(), plan.stores.end(),
                  [](const Store& store) { return store.what == Store::What::Requests; });
  if (has_requests && !map.is_complete) {
    replay.obstacle = "where not all is reported, what came late has to be waited for";
    return replay;
  }
  const internal::Measures measures(agreement);
  auto log = internal::LogReader::open(text, map, measures, !map.order.empty());
  if (!log) {
    replay.obstacle = "its columns are not those of a log";
    return replay;
  }
  internal::Replayer replayer(agreement, plan, log->columns(), options, actors);
  internal::Replayer::Numbers numbers;
  while (const internal::Batch* batch = log->next()) {
    if (!replayer.take(*batch, *log, numbers)) {
      replay.obstacle = replayer.obstacle();
      return replay;
    }
  }
  if (!log->obstacle().empty()) {
    replay.obstacle = log->obstacle();
    return replay;
  }
  return replayer.finish();
}

}  // namespace truce::stream
