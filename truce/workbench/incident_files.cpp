// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/incident_files.h"

#include <utility>

#include <fmt/format.h>

#include "truce/incidents/mapping.h"
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

base::Result<incidents::Mapping> read_mapping(const IncidentInputs& inputs,
                                              incidents::Format format) {
  const std::string path = named_or_usual(
      inputs, inputs.mapping, fmt::format("{}.mapping.csv", incidents::to_text(format)));
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
  const auto format = file.format ? base::Result<incidents::Format>(*file.format)
                                  : incidents::recognise_format(file.path, *bytes, inputs.encoding);
  if (!format) {
    return format.error();
  }
  auto mapping = read_mapping(inputs, *format);
  if (!mapping) {
    return mapping.error();
  }
  const incidents::ReadOptions options{.clock_offset = offset,
                                       .format = *format,
                                       .encoding = inputs.encoding,
                                       .is_strict = inputs.is_strict,
                                       .mapping = std::move(mapping).value()};
  return incidents::read_reports(file.path, *bytes, options, reading);
}

}  // namespace

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

base::Result<void> read_incident_files(const IncidentInputs& inputs, base::Duration offset,
                                       incidents::Reading& reading) {
  for (const IncidentFile& file : inputs.files) {
    if (auto read = read_incident_file(inputs, file, offset, reading); !read) {
      return read;
    }
  }
  return {};
}

base::Result<incidents::ActorBook> read_actor_book(const IncidentInputs& inputs,
                                                   base::Duration offset) {
  const std::string path = named_or_usual(inputs, inputs.actors, kActorsName);
  if (path.empty()) {
    return incidents::ActorBook();
  }
  const auto text = read_file(path);
  return text ? incidents::ActorBook::read(path, *text, offset) : text.error();
}

}  // namespace truce::workbench
