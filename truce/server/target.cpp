// SPDX-License-Identifier: Apache-2.0
#include "truce/server/target.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/base/utf8.h"

namespace truce::server {
namespace {

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

std::optional<unsigned> hexadecimal(char letter) {
  if (letter >= '0' && letter <= '9') {
    return static_cast<unsigned>(letter - '0');
  }
  if (letter >= 'a' && letter <= 'f') {
    return static_cast<unsigned>(letter - 'a') + 10;
  }
  if (letter >= 'A' && letter <= 'F') {
    return static_cast<unsigned>(letter - 'A') + 10;
  }
  return std::nullopt;
}

base::Result<std::string> decoded(std::string_view text, bool is_plus_a_blank) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char letter = text[at];
    if (letter == '%') {
      const auto high = at + 2 < text.size() ? hexadecimal(text[at + 1]) : std::nullopt;
      const auto low = at + 2 < text.size() ? hexadecimal(text[at + 2]) : std::nullopt;
      if (!high || !low) {
        return invalid("a percent sign is followed by two hexadecimal digits");
      }
      letter = static_cast<char>((*high << 4U) | *low);
      at += 2;
    } else if (letter == '+' && is_plus_a_blank) {
      letter = ' ';
    }
    if (static_cast<unsigned char>(letter) < ' ' || letter == '\x7F') {
      return invalid("a control character stands in the address");
    }
    plain += letter;
  }
  if (base::first_invalid_utf8(plain) != plain.size()) {
    return invalid("the address is not UTF-8");
  }
  return plain;
}

base::Result<void> read_path(std::string_view text, Target& target) {
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::size_t end = std::min(text.find('/'), text.size());
    auto segment = decoded(text.substr(0, end), false);
    if (!segment) {
      return segment.error();
    }
    text.remove_prefix(end);
    if (*segment == "." || *segment == "..") {
      return invalid("`.` and `..` do not stand in an address");
    }
    // Only a last slash leaves an empty segment that means nothing.
    if (!segment->empty() || !text.empty()) {
      target.path.push_back(std::move(segment).value());
    }
  }
  return {};
}

base::Result<void> read_query(std::string_view text, std::size_t most, Target& target) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) {
      continue;
    }
    if (target.query.size() == most) {
      return invalid(fmt::format("there are more than {} parameters", most));
    }
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = decoded(pair.substr(0, equals), true);
    if (!name) {
      return name.error();
    }
    auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!value) {
      return value.error();
    }
    if (target.parameter(*name)) {
      return invalid(fmt::format("the parameter {} is given twice", *name));
    }
    target.query.emplace_back(std::move(name).value(), std::move(value).value());
  }
  return {};
}

}  // namespace

std::optional<std::string> Target::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) {
      return value;
    }
  }
  return std::nullopt;
}

base::Result<Target> parse_target(std::string_view text, std::size_t most_parameters) {
  if (!text.starts_with('/')) {
    return invalid("an address begins with `/`");
  }
  Target target;
  const std::size_t end = std::min(text.find('?'), text.size());
  if (auto read = read_path(text.substr(0, end), target); !read) {
    return read.error();
  }
  const std::string_view query = text.substr(std::min(end + 1, text.size()));
  if (auto read = read_query(query, most_parameters, target); !read) {
    return read.error();
  }
  return target;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char letter : text) {
    const bool is_unreserved = (letter >= 'a' && letter <= 'z') ||
                               (letter >= 'A' && letter <= 'Z') ||
                               (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' ||
                               letter == '_' || letter == '~';
    if (is_unreserved) {
      encoded += letter;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
  }
  return encoded;
}

}  // namespace truce::server
