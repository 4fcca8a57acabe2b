// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/exact_json.h"

#include <algorithm>

#include <fmt/format.h>

namespace truce::packages::internal {
namespace {

constexpr std::size_t kMostDecimals = 1100;
constexpr std::size_t kSureDigits = 15;

// From the quote on, to behind the one that ends it.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    at += text[at] == '\\' ? 1 : 0;
  }
  return std::min(at + 1, text.size());
}

std::string with_quoted_numbers(std::string_view text) {
  std::string quoted;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '"') {
      const std::size_t end = end_of_string(text, at);
      quoted += text.substr(at, end - at);
      at = end;
    } else if (text[at] == '-' || (text[at] >= '0' && text[at] <= '9')) {
      const std::size_t end = std::min(text.find_first_not_of("0123456789+-.eE", at), text.size());
      quoted += '"';
      quoted += text.substr(at, end - at);
      quoted += '"';
      at = end;
    } else {
      quoted += text[at++];
    }
  }
  return quoted;
}

bool is_kept(std::string_view digits) {
  const auto read = encoding::parse_json("", digits);
  const auto written = Fraction::from_text(digits);
  return read && written.has_value() && Fraction::from_text(read->to_text()) == written;
}

}  // namespace

base::Result<void> check_digits(std::string_view name, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '"') {
      at = end_of_string(text, at);
      continue;
    }
    if (text[at] != '-' && (text[at] < '0' || text[at] > '9')) {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find_first_not_of("0123456789+-.eE", at), text.size());
    const std::string_view digits = text.substr(at, end - at);
    // Up to here none is lost.
    if (digits.size() > kSureDigits && !is_kept(digits)) {
      const std::string_view before = text.substr(0, at);
      const auto line = std::count(before.begin(), before.end(), '\n') + 1;
      return base::Error{
          base::ErrorCode::InvalidArgument,
          fmt::format("{}:{}:{}: a number with more digits than are read; write it as text: \"{}\"",
                      name, line, at - (before.rfind('\n') + 1) + 1, digits.substr(0, 40))};
    }
    at = end;
  }
  return {};
}

base::Result<encoding::JsonValue> parse_exact_json(std::string_view name, std::string_view text) {
  // Read as it stands first, so that a mistake is named where it is.
  auto document = encoding::parse_json(name, text);
  return document ? encoding::parse_json(name, with_quoted_numbers(text)) : std::move(document);
}

std::string to_decimal(const Fraction& value) {
  const Fraction least = value.reduced();
  // How many places it takes: the larger power of two and of five in the denominator.
  Integer rest = least.denominator;
  std::size_t places = 0;
  for (const std::int64_t prime : {2, 5}) {
    std::size_t power = 0;
    for (Division part = divide(rest, prime); part.remainder.is_zero();
         part = divide(rest, prime)) {
      rest = part.quotient;
      ++power;
    }
    places = std::max(places, power);
  }
  if (rest != Integer(1) || places > kMostDecimals) {
    return least.to_text();
  }
  const Integer whole = divide(least.numerator * power(10, places), least.denominator).quotient;
  std::string text = (whole.is_negative() ? -whole : whole).to_text();
  if (places > 0) {
    text.insert(0, text.size() <= places ? places + 1 - text.size() : 0, '0');
    text.insert(text.size() - places, ".");
  }
  return (whole.is_negative() ? "-" : "") + text;
}

Party party_of(std::string name, const std::vector<std::vector<Fraction>>& values,
               const std::optional<Fraction>& walk_away) {
  Party party;
  party.name = std::move(name);
  const auto widen = [&](const Fraction& value) {
    const Integer own = value.reduced().denominator;
    party.denominator *= divide(own, greatest_common_divisor(party.denominator, own)).quotient;
  };
  for (const auto& row : values) {
    std::for_each(row.begin(), row.end(), widen);
  }
  if (walk_away.has_value()) {
    widen(*walk_away);
  }
  const auto over = [&](const Fraction& value) {
    const Fraction least = value.reduced();
    return least.numerator * divide(party.denominator, least.denominator).quotient;
  };
  for (const auto& row : values) {
    std::vector<Integer> whole;
    std::transform(row.begin(), row.end(), std::back_inserter(whole), over);
    party.values.push_back(std::move(whole));
  }
  if (walk_away.has_value()) {
    party.walk_away = over(*walk_away);
  }
  return party;
}

std::string stem_of(std::string_view path) {
  path = path.substr(path.find_last_of('/') + 1);
  return std::string(path.substr(0, std::min(path.find_last_of('.'), path.size())));
}

}  // namespace truce::packages::internal
