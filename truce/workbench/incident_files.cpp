// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/incident_files.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "truce/incidents/mapping.h"
#include "truce/incidents/names.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

constexpr std::string_view kActorsName = "actors.csv";

// The path of `named`, or of `usual` beside the agreement where nothing is named and it is there;
// empty otherwise.
std::string named_or_usual(const IncidentInputs& inputs, const std::string& named,
                           std::string_view usual) {
  if (!named.empty() || inputs.agreement.empty()) {
    return named;
  }
  std::string path = beside(inputs.agreement, usual);
  return file_exists(path) ? path : std::string();
}

// `ucdp.mapping.csv` for a dataset; `NAME.mapping.csv` beside `NAME.truce` for columns of their
// own.
std::string usual_mapping(const IncidentInputs& inputs, incidents::Format format) {
  constexpr std::string_view kEnding = ".truce";
  const std::string name = std::filesystem::path(inputs.agreement).filename().string();
  const bool is_of_text = format == incidents::Format::Mapped && name.ends_with(kEnding);
  return fmt::format("{}.mapping.csv", is_of_text ? name.substr(0, name.size() - kEnding.size())
                                                  : incidents::to_text(format));
}

std::string mapping_path(const IncidentInputs& inputs, incidents::Format format) {
  return named_or_usual(inputs, inputs.mapping, usual_mapping(inputs, format));
}

base::Result<incidents::Mapping> read_mapping(const IncidentInputs& inputs,
                                              incidents::Format format) {
  const std::string path = mapping_path(inputs, format);
  if (path.empty()) {
    return incidents::Mapping();
  }
  const auto text = read_file(path);
  return text ? incidents::Mapping::read(path, *text) : text.error();
}

base::Result<void> read_incident_file(const IncidentInputs& inputs, const IncidentFile& file,
                                      base::Duration offset, incidents::Reading& reading) {
  if (inputs.on_progress) {
    inputs.on_progress("reading " + file.path);
  }
  const auto bytes = read_file(file.path);
  if (!bytes) {
    return bytes.error();
  }
  const auto options = choose_reading(inputs, file, *bytes, offset);
  return options ? incidents::read_reports(file.path, *bytes, *options, reading) : options.error();
}

// A whole number of at most nine digits.
std::optional<std::int64_t> whole_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 9;
  const bool is_number = !text.empty() && text.size() <= kMostDigits &&
                         text.find_first_not_of("0123456789") == std::string_view::npos;
  return is_number ? std::optional<std::int64_t>(std::stoll(std::string(text))) : std::nullopt;
}

std::uint64_t count_videos(const incidents::Reading& reading) {
  return static_cast<std::uint64_t>(
      std::count_if(reading.reports.begin(), reading.reports.end(),
                    [](const incidents::Report& report) { return report.is_video; }));
}

void warn_of_unused_joins(const incidents::Joins& joins, incidents::Reading& reading) {
  std::set<std::string, std::less<>> codes;
  for (const incidents::Report& report : reading.reports) {
    if (report.is_video) {
      codes.insert(report.source_id);
    }
  }
  constexpr std::size_t kNamed = 3;
  std::vector<std::string> unused;
  for (const auto& [row, incident] : joins.entries()) {
    if (!codes.contains(row)) {
      unused.push_back(row);
    }
  }
  if (unused.empty()) {
    return;
  }
  const std::size_t more = unused.size() - std::min(unused.size(), kNamed);
  unused.resize(unused.size() - more);
  reading.warnings.push_back(fmt::format(
      "the joins file names {} which no file holds: {}{}",
      more + unused.size() == 1 ? "a video" : fmt::format("{} videos", more + unused.size()),
      fmt::join(unused, ", "), more == 0 ? "" : fmt::format(" and {} more", more)));
}

// Nothing is joined unless it is asked for, and then it is said.
base::Result<void> join_videos(const IncidentInputs& inputs, incidents::Reading& reading) {
  const std::uint64_t videos = count_videos(reading);
  const bool is_asked = inputs.cluster || !inputs.joins.empty();
  if (!is_asked) {
    if (videos > 0) {
      reading.warnings.push_back(
          videos == 1
              ? std::string("a video is read as an incident of its own")
              : fmt::format("{} videos are read as incidents of their own, and several may show "
                            "one; --cluster proposes which",
                            videos));
    }
    return {};
  }
  incidents::Joins joins;
  if (!inputs.joins.empty()) {
    const auto text = read_file(inputs.joins);
    if (!text) {
      return text.error();
    }
    auto read = incidents::Joins::read(inputs.joins, *text);
    if (!read) {
      return read.error();
    }
    joins = std::move(read).value();
  }
  warn_of_unused_joins(joins, reading);
  incidents::apply_clusters(incidents::find_clusters(reading, inputs.cluster, joins), reading);
  reading.warnings.push_back(
      videos == 0 ? std::string("there are no videos to join")
                  : fmt::format("{} video{} joined as {} incident{}; this is a proposal, which "
                                "truce incidents shows and --joins changes",
                                videos, videos == 1 ? " is" : "s are", reading.clusters.size(),
                                reading.clusters.size() == 1 ? "" : "s"));
  return {};
}

}  // namespace

std::optional<base::Duration> parse_length(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = whole_number(text.substr(0, end));
  const std::string unit = incidents::fold_name(text.substr(end));
  if (!count) {
    return std::nullopt;
  }
  for (const auto& [names, length] :
       {std::pair(std::array{"s", "second", "seconds"}, base::Duration{1}),
        std::pair(std::array{"min", "minute", "minutes"}, base::kMinute),
        std::pair(std::array{"h", "hour", "hours"}, base::kHour),
        std::pair(std::array{"d", "day", "days"}, base::kDay)}) {
    if (std::find(names.begin(), names.end(), unit) != names.end()) {
      return *count * length;
    }
  }
  return std::nullopt;
}

base::Result<IncidentFile> parse_incident_file(const std::string& argument) {
  const std::size_t equals = argument.rfind('=');
  if (equals == std::string::npos || file_exists(argument)) {
    return IncidentFile{.path = argument, .format = std::nullopt};
  }
  const std::string name = argument.substr(equals + 1);
  const auto format = incidents::find_format(name);
  if (!format) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: there is no format {}; write {}, or leave it out", argument,
                                   name, incidents::list_formats())};
  }
  return IncidentFile{.path = argument.substr(0, equals), .format = format};
}

base::Result<incidents::ReadOptions> choose_reading(const IncidentInputs& inputs,
                                                    const IncidentFile& file,
                                                    std::string_view bytes, base::Duration offset) {
  auto format = file.format ? base::Result<incidents::Format>(*file.format)
                            : incidents::recognise_format(file.path, bytes, inputs.encoding);
  if (!format) {
    // A file that fits no known format may have a mapping that names its columns.
    const auto own = read_mapping(inputs, incidents::Format::Mapped);
    if (!own) {
      return own.error();
    }
    if (own->columns().empty()) {
      return format.error();
    }
    format = incidents::Format::Mapped;
  }
  auto mapping = read_mapping(inputs, *format);
  if (!mapping) {
    return mapping.error();
  }
  return incidents::ReadOptions{.clock_offset = offset,
                                .format = *format,
                                .encoding = inputs.encoding,
                                .is_strict = inputs.is_strict,
                                .mapping = std::move(mapping).value()};
}

base::Result<void> read_incident_files(const IncidentInputs& inputs, base::Duration offset,
                                       incidents::Reading& reading) {
  const auto from_input = std::count_if(inputs.files.begin(), inputs.files.end(),
                                        [](const IncidentFile& file) { return file.path == "-"; });
  if (from_input > 1) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        "standard input can be read only once; name it once, and files for the rest"};
  }
  for (const IncidentFile& file : inputs.files) {
    if (auto read = read_incident_file(inputs, file, offset, reading); !read) {
      return read;
    }
  }
  return join_videos(inputs, reading);
}

base::Result<incidents::ClusterOptions> parse_cluster_options(const std::string& within,
                                                              const std::string& gap) {
  incidents::ClusterOptions options;
  if (!within.empty()) {
    const auto metres = whole_number(within);
    if (!metres || static_cast<double>(*metres) > incidents::kWidestCluster.value) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("--within {}: write metres, at most {:.0f}", within,
                                     incidents::kWidestCluster.value)};
    }
    options.within = {static_cast<double>(*metres)};
  }
  if (!gap.empty()) {
    const auto length = parse_length(gap);
    if (!length) {
      return base::Error{
          base::ErrorCode::InvalidArgument,
          fmt::format("--gap {}: write a length of time, such as 12h, 90min or 2d", gap)};
    }
    options.gap = *length;
  }
  return options;
}

std::string actors_path(const IncidentInputs& inputs) {
  return named_or_usual(inputs, inputs.actors, kActorsName);
}

base::Result<incidents::ActorBook> read_actor_book(const IncidentInputs& inputs,
                                                   base::Duration offset) {
  const std::string path = actors_path(inputs);
  if (path.empty()) {
    return incidents::ActorBook();
  }
  const auto text = read_file(path);
  return text ? incidents::ActorBook::read(path, *text, offset) : text.error();
}

}  // namespace truce::workbench
