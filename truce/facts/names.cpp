// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/internal/names.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "truce/base/nearest_word.h"

namespace truce::facts::internal {
namespace {

// An alias of an alias is followed; a circle of aliases ends here.
constexpr int kMaxAliasDepth = 4;

bool is_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

}  // namespace

std::string folded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool is_gap = false;
  for (char letter : text) {
    if (is_space(letter)) {
      is_gap = !result.empty();
      continue;
    }
    if (is_gap) {
      result += ' ';
      is_gap = false;
    }
    result += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return result;
}

bool is_unknown_word(const std::string& folded_word) {
  return folded_word.empty() || folded_word == "unknown" || folded_word == "unattributed";
}

Names::Names(const agreement::Agreement& agreement, const incidents::ActorBook& book)
    : agreement_(agreement), book_(book) {
  for (std::size_t i = 0; i < agreement.actors.size(); ++i) {
    const auto id = base::id_at<agreement::ActorId>(i);
    anybody_.push_back({id});
    if (agreement.actors[i].role != agreement::Actor::Role::Unnamed) {
      actors_.emplace(folded(agreement.actors[i].name), id);
    }
  }
  for (std::size_t i = 0; i < agreement.vocabulary.verbs.size(); ++i) {
    any_verb_.push_back(base::id_at<agreement::VerbId>(i));
  }
  for (std::size_t i = 0; i < agreement.vocabulary.kinds.size(); ++i) {
    const agreement::Kind& kind = agreement.vocabulary.kinds[i];
    // The agreement's own things stand behind those of the vocabulary and take their names over.
    kinds_[folded(kind.name)] = base::id_at<agreement::KindId>(i);
    for (const std::string& also : kind.also) {
      kinds_.emplace(folded(also), base::id_at<agreement::KindId>(i));
    }
  }
  for (std::size_t i = 0; i < agreement.places.size(); ++i) {
    places_.emplace(folded(agreement.places[i].name), base::id_at<agreement::PlaceId>(i));
  }
}

std::optional<agreement::ActorId> Names::declared_actor(const std::string& key) const {
  const auto found = actors_.find(key);
  return found == actors_.end() ? std::nullopt : std::optional(found->second);
}

bool Names::add_actors(const std::string& name, base::TimeRange when, int depth,
                       std::vector<agreement::ActorId>& found) const {
  if (const auto actor = declared_actor(folded(name))) {
    found.push_back(*actor);
    return true;
  }
  const auto entry = depth == 0 ? std::nullopt : book_.look_up(name, when);
  if (!entry.has_value() || entry->names.empty()) {
    return false;
  }
  bool is_whole = true;
  for (const std::string& other : entry->names) {
    is_whole = add_actors(other, when, depth - 1, found) && is_whole;
  }
  return is_whole;
}

bool Names::is_known_to_book(const std::string& name, base::TimeRange when) const {
  return book_.look_up(name, when).has_value();
}

std::vector<agreement::ActorId> Names::actor(std::string_view field, const std::string& name,
                                             base::TimeRange when) {
  const std::string key = folded(name);
  if (is_unknown_word(key)) {
    return {};
  }
  std::vector<agreement::ActorId> found;
  if (!add_actors(name, when, kMaxAliasDepth, found)) {
    if (!is_known_to_book(name, when)) {
      count_unknown(field, name);
    }
    return {};
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<agreement::KindId> Names::kind(const std::string& name) const {
  if (const auto exact = agreement_.vocabulary.find_kind(name)) {
    return exact;
  }
  std::string key = folded(name);
  for (const std::string& form : {key, key + "s", key.substr(0, key.size() - 1)}) {
    if (const auto found = kinds_.find(form); found != kinds_.end()) {
      return found->second;
    }
  }
  return std::nullopt;
}

std::optional<Value> Names::value_with_owner(const std::string& name, base::TimeRange when) const {
  for (std::string_view word : {" of ", " by "}) {
    const std::size_t at = name.find(word);
    if (at == std::string::npos || at == 0) {
      continue;
    }
    const std::optional<agreement::KindId> head = kind(name.substr(0, at));
    std::vector<agreement::ActorId> owners;
    if (!head.has_value() ||
        !add_actors(name.substr(at + word.size()), when, kMaxAliasDepth, owners) ||
        owners.size() != 1) {
      continue;
    }
    Value value;
    value.head = Value::Head::Kind;
    value.kind = *head;
    value.owner = owners[0];
    value.text = name;
    return value;
  }
  return std::nullopt;
}

namespace {

// The measure of that name and unit that the kind, or a kind it belongs to, is measured by.
bool is_measured(const agreement::Vocabulary& vocabulary, agreement::KindId kind,
                 const std::string& measure, const std::string& unit) {
  for (std::size_t i = 0; i < vocabulary.kinds.size(); ++i) {
    const std::vector<agreement::Measure>& measures = vocabulary.kinds[i].measures;
    const bool has_it = std::any_of(measures.begin(), measures.end(), [&](const auto& one) {
      return one.name == measure && one.unit == unit;
    });
    if (has_it && vocabulary.is_kind_of(kind, base::id_at<agreement::KindId>(i))) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Value> Names::value_with_measure(const std::string& name,
                                               base::TimeRange when) const {
  constexpr std::string_view kWith = " with ";
  const std::size_t at = name.find(kWith);
  if (at == std::string::npos || at == 0) {
    return std::nullopt;
  }
  // `calibre 120 mm`, or `number 12`.
  const std::string said = folded(std::string_view(name).substr(at + kWith.size()));
  const std::size_t first = said.find(' ');
  const std::size_t second = first == std::string::npos ? first : said.find(' ', first + 1);
  if (first == std::string::npos) {
    return std::nullopt;
  }
  const std::string number = said.substr(first + 1, second - first - 1);
  const std::string unit = second == std::string::npos ? "" : said.substr(second + 1);
  double measured = 0;
  const char* end = number.data() + number.size();
  const auto read = std::from_chars(number.data(), end, measured);
  if (read.ec != std::errc{} || read.ptr != end) {
    return std::nullopt;
  }
  const std::string thing = name.substr(0, at);
  std::optional<Value> value;
  if (const auto known = kind(thing)) {
    value.emplace();
    value->head = Value::Head::Kind;
    value->kind = *known;
  } else {
    value = value_with_owner(thing, when);
  }
  const std::string measure = said.substr(0, first);
  if (!value || !is_measured(agreement_.vocabulary, value->kind, measure, unit)) {
    return std::nullopt;
  }
  value->measure = measure;
  value->measured = measured;
  value->text = name;
  return value;
}

std::vector<Value> Names::value(std::string_view field, const std::string& name,
                                base::TimeRange when) {
  Value value;
  value.text = name;
  const std::string key = folded(name);
  if (is_unknown_word(key)) {
    return {value};
  }
  if (const auto actor = declared_actor(key)) {
    value.head = Value::Head::Actor;
    value.actor = *actor;
    return {value};
  }
  if (const auto declared = place(key)) {
    value.head = Value::Head::Place;
    value.place = *declared;
    return {value};
  }
  std::vector<agreement::ActorId> found;
  if (is_known_to_book(name, when)) {
    if (!add_actors(name, when, kMaxAliasDepth, found)) {
      return {value};
    }
    std::vector<Value> alternatives;
    for (agreement::ActorId actor : found) {
      value.head = Value::Head::Actor;
      value.actor = actor;
      if (std::find(alternatives.begin(), alternatives.end(), value) == alternatives.end()) {
        alternatives.push_back(value);
      }
    }
    return alternatives;
  }
  if (const auto known = kind(name)) {
    value.head = Value::Head::Kind;
    value.kind = *known;
    return {value};
  }
  if (const auto measured = value_with_measure(name, when)) {
    return {*measured};
  }
  if (const auto owned = value_with_owner(name, when)) {
    return {*owned};
  }
  count_unknown(field, name);
  value.head = Value::Head::UnknownWord;
  return {value};
}

std::optional<agreement::VerbId> Names::verb(std::string_view field, const std::string& name) {
  if (is_unknown_word(folded(name))) {
    return std::nullopt;
  }
  if (const auto exact = agreement_.vocabulary.find_verb(name)) {
    return exact;
  }
  if (const auto lower = agreement_.vocabulary.find_verb(folded(name))) {
    return lower;
  }
  count_unknown(field, name);
  return std::nullopt;
}

std::optional<agreement::PlaceId> Names::place(std::string_view name) const {
  const auto found = places_.find(folded(name));
  return found == places_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<agreement::ActorId> Names::alias_of(const std::string& key, int depth) const {
  if (const auto actor = declared_actor(key)) {
    return actor;
  }
  std::optional<agreement::ActorId> only;
  for (const incidents::ActorBook::Entry& entry : book_.entries()) {
    if (folded(entry.name) != key) {
      continue;
    }
    const bool is_alias = depth > 0 && entry.actors.names.size() == 1 &&
                          entry.relation == incidents::ActorBook::Entry::Relation::Alias;
    const auto actor =
        is_alias ? alias_of(folded(entry.actors.names.front()), depth - 1) : std::nullopt;
    if (!actor || (only && *only != *actor)) {
      return std::nullopt;
    }
    only = actor;
  }
  return only;
}

Speaker Names::speaker(const std::string& name) const {
  std::string key = folded(name);
  if (const auto actor = alias_of(key, kMaxAliasDepth)) {
    return {.actor = actor, .folded_name = {}};
  }
  return {.actor = std::nullopt, .folded_name = std::move(key)};
}

std::optional<agreement::MomentId> Names::moment(std::string_view name) const {
  const std::string key = folded(name);
  for (std::size_t i = 0; i < agreement_.moments.size(); ++i) {
    if (folded(agreement_.moments[i].name) == key) {
      return base::id_at<agreement::MomentId>(i);
    }
  }
  return std::nullopt;
}

std::optional<agreement::ClauseId> Names::clause(const std::string& number) {
  const auto found = agreement_.find_clause(folded(number));
  if (!found.has_value()) {
    count_unknown("clause", number);
  }
  return found;
}

void Names::count_unknown(std::string_view field, const std::string& word) {
  ++unknown_[{std::string(field), word}];
}

std::vector<UnknownWord> Names::unknown_words() const {
  std::vector<std::string> nouns;
  for (const auto& actor : agreement_.actors) {
    if (actor.role != agreement::Actor::Role::Unnamed) {
      nouns.push_back(actor.name);
    }
  }
  std::vector<std::string> people = nouns;
  for (const auto& entry : book_.entries()) {
    people.push_back(entry.name);
    nouns.push_back(entry.name);
  }
  for (const auto& place : agreement_.places) {
    nouns.push_back(place.name);
  }
  for (const auto& kind : agreement_.vocabulary.kinds) {
    nouns.push_back(kind.name);
    nouns.insert(nouns.end(), kind.also.begin(), kind.also.end());
  }
  std::vector<std::string> verbs;
  for (const auto& verb : agreement_.vocabulary.verbs) {
    verbs.push_back(verb.name);
  }
  std::vector<std::string> numbers;
  for (const auto& clause : agreement_.clauses) {
    numbers.push_back(clause.number);
  }
  std::vector<UnknownWord> words;
  for (const auto& [key, count] : unknown_) {
    const std::vector<std::string>& candidates = key.first == "actor"    ? people
                                                 : key.first == "kind"   ? verbs
                                                 : key.first == "clause" ? numbers
                                                                         : nouns;
    const bool is_of_other_days =
        std::any_of(book_.entries().begin(), book_.entries().end(),
                    [&](const auto& entry) { return folded(entry.name) == folded(key.second); });
    if (is_of_other_days) {
      words.push_back({key.first, key.second, count, std::nullopt,
                       "the actor file knows it only at other dates"});
      continue;
    }
    words.push_back({key.first, key.second, count, base::nearest_word(key.second, candidates), {}});
  }
  std::stable_sort(words.begin(), words.end(),
                   [](const UnknownWord& a, const UnknownWord& b) { return a.count > b.count; });
  return words;
}

}  // namespace truce::facts::internal
