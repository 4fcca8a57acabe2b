// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/witness_list.h"

#include <algorithm>

#include <fmt/format.h>

namespace truce::ledger {
namespace {

base::Error corrupt(std::size_t line, std::string_view what) {
  return {base::ErrorCode::Corrupt, fmt::format("is no list of witnesses: line {} {}", line, what)};
}

std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view kBlank = " \t";
  std::vector<std::string_view> words;
  for (std::size_t at = line.find_first_not_of(kBlank); at != std::string_view::npos;
       at = line.find_first_not_of(kBlank, at)) {
    const std::size_t end = std::min(line.find_first_of(kBlank, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_passed_over(std::string_view word) {
  return word.starts_with('#') || word == "log" || word == "group" || word == "quorum";
}

}  // namespace

base::Result<std::vector<WitnessAddress>> read_witness_list(std::string_view text) {
  std::vector<WitnessAddress> witnesses;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto words = words_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.empty() || is_passed_over(words.front())) {
      continue;
    }
    if (words.front() != "witness" || words.size() != 4) {
      return corrupt(number, "is not `witness NAME KEY URL`");
    }
    const auto key = read_note_key(words[2]);
    if (!key || key->type != KeyType::Cosignature) {
      return corrupt(number, "has no key of a witness, NAME+ID+KEY");
    }
    std::string_view url = words[3];
    if (!url.starts_with("http://") && !url.starts_with("https://")) {
      return corrupt(number, "has an address that does not begin with http:// or https://");
    }
    while (url.ends_with('/')) {
      url.remove_suffix(1);
    }
    const std::size_t host = url.find("://");
    if (host == std::string_view::npos || url[host + 3] == '/') {
      return corrupt(number, "has an address that names no host");
    }
    const bool is_double =
        std::any_of(witnesses.begin(), witnesses.end(), [&](const WitnessAddress& other) {
          return other.name == words[1] || other.key.verifies == key->verifies;
        });
    if (is_double) {
      return corrupt(number, "gives a name or a key a second time");
    }
    if (witnesses.size() == kMostWitnesses) {
      return corrupt(number, fmt::format("is one witness more than {}", kMostWitnesses));
    }
    witnesses.push_back({.name = std::string(words[1]), .key = *key, .url = std::string(url)});
  }
  return witnesses;
}

}  // namespace truce::ledger
