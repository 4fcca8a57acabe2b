// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/replay_log.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "truce/stream/internal/log.h"
#include "truce/stream/internal/log_parts.h"
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

using Obstacle = std::optional<internal::LogObstacle>;

Obstacle replay_batches(internal::LogReader& log, internal::Replayer& replayer) {
  internal::Replayer::Numbers numbers;
  internal::LogWords words;
  while (const internal::Batch* batch = log.next()) {
    log.tell_words(words);
    replayer.learn(words, numbers);
    if (!replayer.take(*batch, log, numbers)) {
      return replayer.obstacle();
    }
  }
  return log.obstacle();
}

Obstacle replay_parts(internal::LogParts& parts, std::size_t readers,
                      internal::Replayer& replayer) {
  std::vector<internal::Replayer::Numbers> numbers(readers);
  while (const internal::LogPart* part = parts.next()) {
    for (const internal::LogPart::Told& told : part->told) {
      replayer.learn(told.words, numbers[told.reader]);
    }
    for (std::size_t i = 0; i < part->count; ++i) {
      if (!replayer.take(part->batches[i], parts.reader(part->reader), numbers[part->reader])) {
        return replayer.obstacle();
      }
    }
    if (part->obstacle) {
      return part->obstacle;
    }
  }
  return std::nullopt;
}

}  // namespace

LogReplay replay_log(const agreement::Agreement& agreement, const Plan& plan, std::string_view text,
                     const incidents::ReadOptions& options, const incidents::ActorBook& actors,
                     LogThreads threads) {
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
  const bool is_long = text.size() / 2 >= threads.part;
  const auto obstacle_or = [&](const std::optional<internal::LogObstacle>& obstacle,
                               internal::Replayer& replayer) {
    if (obstacle) {
      replay.obstacle = fmt::format("line {}: {}", obstacle->line, obstacle->why);
      return replay;
    }
    return replayer.finish();
  };
  if (threads.count > 1 && is_long) {
    internal::LogParts parts(text, std::vector<internal::LogReader>(threads.count + 1, *log),
                             threads.part);
    internal::Replayer replayer(agreement, plan, log->columns(), options, actors);
    return obstacle_or(replay_parts(parts, threads.count + 1, replayer), replayer);
  }
  internal::Replayer replayer(agreement, plan, log->columns(), options, actors);
  return obstacle_or(replay_batches(*log, replayer), replayer);
}

}  // namespace truce::stream
