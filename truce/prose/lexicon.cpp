// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/lexicon.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/prose/internal/embedded_texts.h"
#include "truce/prose/internal/phrase_table.h"
#include "truce/prose/internal/template.h"

namespace truce::prose {
namespace {

using internal::split_words;
using internal::trimmed;

base::Error wrong(std::string_view name, std::size_t line, std::string_view message) {
  return {base::ErrorCode::Corrupt, fmt::format("{}:{}: {}", name, line, message)};
}

// What a value says between its quotes, where it has any: there spaces count.
std::string_view unquoted(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    return value.substr(1, value.size() - 2);
  }
  return value;
}

// The slots a section's templates may use; empty optional for a section that does not exist.
std::optional<std::vector<std::string>> slots_of(std::string_view section, std::string_view key) {
  if (section == "phrase") {
    return internal::phrase_slots(key);
  }
  if (section == "role") {
    return std::vector<std::string>{"noun", "distance"};
  }
  if (section == "unit") {
    return std::vector<std::string>{"n"};
  }
  constexpr std::string_view kPlain[] = {"verb",    "kind",     "name",       "title",   "agent",
                                         "month",   "day",      "number",     "ordinal", "measure",
                                         "article", "language", "determiner", "short",   "heading",
                                         "checked", "reserved"};
  if (std::find(std::begin(kPlain), std::end(kPlain), section) != std::end(kPlain)) {
    return std::vector<std::string>{};
  }
  return std::nullopt;
}

// `n%10 is 1`, `n not from 12 to 14`, `i from 0 to 1`: one test of a plural rule.
bool holds(const std::vector<std::string>& words, double number) {
  if (words.size() < 3) {
    return false;
  }
  const bool is_part = words[0].starts_with('i');
  double value = std::abs(number);
  if (!is_part && value != std::floor(value)) {
    return false;
  }
  value = std::floor(value);
  const std::size_t percent = words[0].find('%');
  if (percent != std::string::npos) {
    const double modulus = std::atof(words[0].c_str() + percent + 1);
    value = modulus > 0 ? std::fmod(value, modulus) : value;
  }
  std::size_t at = 1;
  bool is_negated = false;
  if (words[at] == "not") {
    is_negated = true;
    ++at;
  }
  bool is_true = false;
  if (at + 3 < words.size() && words[at] == "from" && words[at + 2] == "to") {
    is_true =
        value >= std::atof(words[at + 1].c_str()) && value <= std::atof(words[at + 3].c_str());
  } else if (at + 1 < words.size() && words[at] == "is") {
    is_true = value == std::atof(words[at + 1].c_str());
  } else {
    return false;
  }
  return is_true != is_negated;
}

// Tests joined by `and`, groups of them by `or`.
bool rule_holds(const std::string& rule, double number) {
  bool any = false;
  bool all = true;
  std::vector<std::string> test;
  const std::vector<std::string> words = split_words(rule + " or");
  for (const std::string& word : words) {
    if (word != "and" && word != "or") {
      test.push_back(word);
      continue;
    }
    all = all && holds(test, number);
    test.clear();
    if (word == "or") {
      any = any || all;
      all = true;
    }
  }
  return any;
}

bool is_heading(std::string_view line) { return line.empty() || line.front() == '#'; }

}  // namespace

const Variant& Entry::select(const Features& wanted) const {
  const Variant* best = &variants.front();
  for (const Variant& variant : variants) {
    const bool fits =
        std::all_of(variant.when.begin(), variant.when.end(),
                    [&](const std::string& feature) { return wanted.contains(feature); });
    if (fits && variant.when.size() >= best->when.size()) {
      best = &variant;
    }
  }
  return *best;
}

namespace {

// `convoy (m pl)`: the features behind a key, which is left without them.
Features take_features(std::string_view& key) {
  Features features;
  if (key.ends_with(')') && key.find('(') != std::string_view::npos) {
    const std::size_t open = key.rfind('(');
    for (std::string& feature : split_words(key.substr(open + 1, key.size() - open - 2))) {
      features.insert(std::move(feature));
    }
    key = trimmed(key.substr(0, open));
  }
  return features;
}

}  // namespace

base::Result<Lexicon> Lexicon::read(std::string_view name, std::string_view text) {
  Lexicon lexicon;
  if (auto added = lexicon.add(name, text); !added) {
    return added.error();
  }
  return lexicon;
}

base::Result<void> Lexicon::add(std::string_view name, std::string_view text) {
  if (base::first_invalid_utf8(text) != text.size()) {
    return base::Error{base::ErrorCode::Corrupt,
                       fmt::format("{} is not UTF-8; save it in that encoding", name)};
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  std::size_t number = 0;
  std::size_t first = 0;
  std::string entry;
  const auto finish = [&]() -> base::Result<void> {
    const std::string line = std::move(entry);
    entry.clear();
    return line.empty() ? base::Result<void>() : read_line(name, first, line);
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const bool continues = line.starts_with(' ') || line.starts_with('\t');
    const std::string_view words = trimmed(line);
    if (is_heading(words)) {
      continue;
    }
    if (continues && !entry.empty()) {
      entry += " " + std::string(words);
      continue;
    }
    if (auto done = finish(); !done) {
      return done.error();
    }
    entry = words;
    first = number;
  }
  return finish();
}

base::Result<void> Lexicon::read_line(std::string_view name, std::size_t number,
                                      std::string_view line) {
  const std::size_t equals = line.find('=');
  const std::size_t space = line.find(' ');
  if (equals == std::string_view::npos || space == std::string_view::npos || space > equals) {
    return wrong(name, number, "an entry is written `section key = value`");
  }
  const std::string section(line.substr(0, space));
  std::string_view key = trimmed(line.substr(space, equals - space));
  const std::string_view value = trimmed(line.substr(equals + 1));
  Entry entry;
  entry.line = number;
  entry.features = take_features(key);
  if (key.empty()) {
    return wrong(name, number, "an entry is written `section key = value`");
  }
  if (section == "set") {
    settings_[std::string(key)] = unquoted(value);
    return {};
  }
  if (section == "plural") {
    plurals_.emplace_back(key, value);
    return {};
  }
  if (section == "elide") {
    elisions_[std::string(key)] = value;
    return {};
  }
  if (section == "join") {
    const std::vector<std::string> words = split_words(key);
    if (words.size() != 2) {
      return wrong(name, number, "`join` is of two words");
    }
    joints_[{words[0], words[1]}] = value;
    return {};
  }
  const auto slots = slots_of(section, key);
  if (!slots) {
    return wrong(name, number,
                 section == "phrase" ? fmt::format("there is no phrase `{}`", key)
                                     : fmt::format("there is no section `{}`", section));
  }
  auto variants = internal::parse_variants(value);
  if (!variants) {
    return wrong(name, number, variants.error().message);
  }
  entry.variants = std::move(variants).value();
  std::vector<std::string> used;
  for (const Variant& variant : entry.variants) {
    internal::collect_slots(variant.pieces, used);
  }
  for (const std::string& slot : used) {
    if (std::find(slots->begin(), slots->end(), slot) == slots->end()) {
      return wrong(name, number, fmt::format("`{} {}` has no slot `{}`", section, key, slot));
    }
    for (const Variant& variant : entry.variants) {
      // Twice in a phrase within a phrase would grow without end.
      if (internal::uses_of(variant.pieces, slot) > 1) {
        return wrong(name, number, fmt::format("`{}` stands twice in one form", slot));
      }
    }
  }
  entries_[{section, std::string(key)}] = std::move(entry);
  return {};
}

const Entry* Lexicon::find(std::string_view section, std::string_view key) const {
  const auto found = entries_.find(std::pair(std::string(section), std::string(key)));
  return found == entries_.end() ? nullptr : &found->second;
}

std::vector<std::string> Lexicon::keys(std::string_view section) const {
  std::vector<std::string> keys;
  for (const auto& [place, entry] : entries_) {
    if (place.first == section) {
      keys.push_back(place.second);
    }
  }
  return keys;
}

const std::string& Lexicon::setting(std::string_view key) const {
  static const std::string kNone;
  const auto found = settings_.find(key);
  return found == settings_.end() ? kNone : found->second;
}

std::string Lexicon::plural_of(double number) const {
  for (const auto& [category, rule] : plurals_) {
    if (rule_holds(rule, number)) {
      return category;
    }
  }
  return "other";
}

bool Lexicon::begins_with_vowel(std::string_view text) const {
  const base::CodePoint first = base::decode_utf8(text);
  return first.length > 0 &&
         setting("vowels").find(text.substr(0, first.length)) != std::string::npos;
}

const std::string* Lexicon::elided(std::string_view word) const {
  const auto found = elisions_.find(word);
  return found == elisions_.end() ? nullptr : &found->second;
}

const std::string* Lexicon::joined(std::string_view first, std::string_view second) const {
  const auto found = joints_.find(std::pair(std::string(first), std::string(second)));
  return found == joints_.end() ? nullptr : &found->second;
}

std::vector<std::string> Lexicon::missing(const agreement::Vocabulary& vocabulary) const {
  std::vector<std::string> lacking;
  const auto need = [&](std::string_view section, std::string_view key) {
    if (find(section, key) == nullptr) {
      lacking.push_back(fmt::format("{} {}", section, key));
    }
  };
  for (const std::string& key : internal::phrase_keys()) {
    need("phrase", key);
  }
  for (const auto& [section, key] : internal::fixed_entries()) {
    need(section, key);
  }
  for (const agreement::Kind& kind : vocabulary.kinds) {
    if (kind.is_from_vocabulary) {
      need("kind", kind.name);
    }
    for (const agreement::Measure& measure : kind.measures) {
      need("measure", measure.name);
      // A plain number has none.
      if (!measure.unit.empty()) {
        need("unit", measure.unit);
      }
    }
  }
  for (const agreement::Institution& institution : vocabulary.institutions) {
    need("name", institution.name);
  }
  for (const agreement::Verb& verb : vocabulary.verbs) {
    need("verb", verb.name);
  }
  for (const std::string_view key :
       {"language", "direction", "letters", "stop", "semicolon", "colon", "group", "decimal"}) {
    if (!settings_.contains(key)) {
      lacking.push_back(fmt::format("set {}", key));
    }
  }
  std::sort(lacking.begin(), lacking.end());
  lacking.erase(std::unique(lacking.begin(), lacking.end()), lacking.end());
  return lacking;
}

std::vector<std::string> embedded_languages() { return {"en", "fr"}; }

std::string_view embedded_lexicon(std::string_view language) {
  if (language == "en") {
    return internal::kLexiconEn;
  }
  if (language == "fr") {
    return internal::kLexiconFr;
  }
  return {};
}

}  // namespace truce::prose
