// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/settings.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "truce/agreement/places_file.h"
#include "truce/base/nearest_word.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

using agreement::Parameter;

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

std::string option_for(const Parameter& parameter) {
  return fmt::format("--set {}={}", parameter.name,
                     parameter.what == Parameter::What::Number ? "NUMBER" : "FILE");
}

base::Error undeclared(const agreement::Agreement& agreement, const std::string& name) {
  std::vector<std::string> names;
  for (const Parameter& parameter : agreement.parameters) {
    names.push_back(parameter.name);
  }
  if (names.empty()) {
    return invalid(fmt::format("--set {}: the agreement declares no parameters", name));
  }
  const auto nearest = base::nearest_word(name, names);
  return invalid(fmt::format("--set {}: there is no such parameter; {}declared: {}", name,
                             nearest ? fmt::format("did you mean {}? ", *nearest) : "",
                             fmt::join(names, ", ")));
}

base::Result<agreement::Setting> read_number(const Parameter& parameter, const std::string& value) {
  std::int64_t number = 0;
  const char* end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end || number < 1) {
    return invalid(fmt::format("--set {}={}: `{}` is no count; write a whole number from 1 on",
                               parameter.name, value, value));
  }
  return agreement::Setting{.number = number, .places = nullptr};
}

base::Result<agreement::Setting> read_places(const std::string& path) {
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  auto region = agreement::read_places_file(path, *text);
  if (!region) {
    return region.error();
  }
  return agreement::Setting{
      .number = std::nullopt,
      .places = std::make_shared<const geometry::Region>(std::move(region).value())};
}

}  // namespace

base::Result<agreement::Settings> read_settings(const agreement::Agreement& agreement,
                                                const std::vector<std::string>& settings) {
  agreement::Settings found;
  for (const std::string& text : settings) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
      return invalid(fmt::format("--set {}: write NAME=VALUE", text));
    }
    const std::string name = text.substr(0, equals);
    const auto parameter = std::find_if(agreement.parameters.begin(), agreement.parameters.end(),
                                        [&](const Parameter& one) { return one.name == name; });
    if (parameter == agreement.parameters.end()) {
      return undeclared(agreement, name);
    }
    const std::string value = text.substr(equals + 1);
    auto setting = parameter->what == Parameter::What::Number ? read_number(*parameter, value)
                                                              : read_places(value);
    if (!setting) {
      return setting.error();
    }
    if (!found.emplace(name, std::move(setting).value()).second) {
      return invalid(fmt::format("--set {}: given twice", name));
    }
  }
  return found;
}

base::Result<void> check_parameters(const agreement::Agreement& agreement) {
  std::vector<std::string> missing;
  for (const Parameter& parameter : agreement.parameters) {
    if (!parameter.has_value()) {
      missing.push_back(option_for(parameter));
    }
  }
  if (missing.empty()) {
    return {};
  }
  return invalid(
      fmt::format("the agreement leaves this to be set: add {}", fmt::join(missing, " ")));
}

}  // namespace truce::workbench
