// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/names.h"

#include <algorithm>
#include <vector>

#include "truce/incidents/internal/fields.h"

namespace truce::incidents {
namespace {

constexpr char kOneOfSign = '|';
constexpr char kAllOfSign = '&';

bool is_unattributed(std::string_view name) { return fold_name(name) == "unattributed"; }

bool is_boundary(char letter) { return is_space(letter) || letter == kOneOfSign; }

// The first sign in the text. `&` is one only between spaces, ends and other signs, so that a name
// such as `R&D` stays one name; and whatever stands around a name, the same signs are found in it.
std::size_t find_sign(std::string_view text, char sign) {
  for (std::size_t at = text.find(sign); at != std::string_view::npos;
       at = text.find(sign, at + 1)) {
    const bool is_free_before = at == 0 || is_boundary(text[at - 1]);
    const bool is_free_after = at + 1 == text.size() || is_boundary(text[at + 1]);
    if (sign == kOneOfSign || (is_free_before && is_free_after)) {
      return at;
    }
  }
  return std::string_view::npos;
}

std::vector<std::string_view> split(std::string_view text, char sign) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = find_sign(text, sign);
    parts.push_back(bare_name(text.substr(0, at)));
    if (at == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(at + 1);
  }
}

base::Error wrong(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

}  // namespace

base::Result<NameSet> parse_names(std::string_view text) {
  const std::string_view whole = trim(text);
  if (whole.empty() || is_unattributed(whole)) {
    return NameSet{};
  }
  const bool is_one_of = find_sign(whole, kOneOfSign) != std::string_view::npos;
  const bool is_all_of = find_sign(whole, kAllOfSign) != std::string_view::npos;
  if (is_one_of && is_all_of) {
    return wrong("`|` and `&` in one set; write either one of them or all of them");
  }
  NameSet set;
  set.joining = is_all_of ? NameSet::Joining::AllOf : NameSet::Joining::OneOf;
  for (const std::string_view part : split(whole, is_all_of ? kAllOfSign : kOneOfSign)) {
    if (part.empty()) {
      return wrong("an empty name in a set; write `unattributed` for someone unknown");
    }
    if (is_unattributed(part)) {
      if (is_all_of) {
        continue;
      }
      // One of the named or anybody else is anybody.
      return NameSet{};
    }
    if (std::find(set.names.begin(), set.names.end(), part) == set.names.end()) {
      set.names.emplace_back(part);
    }
  }
  return set;
}

std::string_view bare_name(std::string_view name) {
  constexpr std::string_view kOpening = "\u00AB";
  constexpr std::string_view kClosing = "\u00BB";
  std::string_view bare = trim(name);
  // Until none is left, so that a bare name is bare.
  while (bare.size() >= kOpening.size() + kClosing.size() && bare.starts_with(kOpening) &&
         bare.ends_with(kClosing)) {
    bare.remove_prefix(kOpening.size());
    bare.remove_suffix(kClosing.size());
    bare = trim(bare);
  }
  return bare;
}

std::string to_text(const NameSet& names) {
  const bool is_all_of = names.joining == NameSet::Joining::AllOf;
  std::string text;
  for (const std::string& name : names.names) {
    if (!text.empty()) {
      text += is_all_of ? " & " : "|";
    }
    // Only in guillemets is a sign at the edge of a name part of it.
    const bool has_sign_at_edge = name.starts_with(kAllOfSign) || name.ends_with(kAllOfSign);
    text += has_sign_at_edge ? "\u00AB" + name + "\u00BB" : name;
  }
  return text;
}

std::string fold_name(std::string_view name) {
  std::string folded;
  bool is_after_space = false;
  for (const char letter : trim(name)) {
    if (is_space(letter)) {
      is_after_space = true;
      continue;
    }
    if (is_after_space) {
      folded += ' ';
      is_after_space = false;
    }
    const bool is_upper = letter >= 'A' && letter <= 'Z';
    folded += is_upper ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return folded;
}

}  // namespace truce::incidents
