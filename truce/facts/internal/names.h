// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "truce/facts/fact.h"
#include "truce/facts/resolve.h"
#include "truce/incidents/actor_book.h"

namespace truce::facts::internal {

/// ASCII letters lower, white space folded to single spaces, none at the ends.
std::string folded(std::string_view text);

/// Whether the word says that nobody knows: empty, `unknown`, `unattributed`.
bool is_unknown_word(const std::string& folded_word);

/// The names of an agreement by their folded form, then the actor book, then the vocabulary; counts
/// the words that none of them knows.
class Names {
 public:
  Names(const agreement::Agreement& agreement, const incidents::ActorBook& book);

  [[nodiscard]] const agreement::Agreement& agreement() const { return agreement_; }

  /// Alternatives of one name as of `when`; empty: unknown. A name that the agreement does not know
  /// and the book knows as somebody unknown is unknown, too.
  std::vector<agreement::ActorId> actor(std::string_view field, const std::string& name,
                                        base::TimeRange when);
  /// Alternatives of what one name stands for; never empty.
  std::vector<Value> value(std::string_view field, const std::string& name, base::TimeRange when);
  std::optional<agreement::VerbId> verb(std::string_view field, const std::string& name);
  [[nodiscard]] std::optional<agreement::PlaceId> place(std::string_view name) const;
  [[nodiscard]] Speaker speaker(const std::string& name) const;
  [[nodiscard]] std::optional<agreement::MomentId> moment(std::string_view name) const;
  std::optional<agreement::ClauseId> clause(const std::string& number);
  /// One alternative for each actor of the agreement.
  [[nodiscard]] const std::vector<Group>& anybody() const { return anybody_; }
  [[nodiscard]] const std::vector<agreement::VerbId>& any_verb() const { return any_verb_; }
  void count_unknown(std::string_view field, const std::string& word);
  /// What was counted, most frequent first.
  [[nodiscard]] std::vector<UnknownWord> unknown_words() const;

 private:
  [[nodiscard]] std::optional<agreement::ActorId> declared_actor(const std::string& key) const;
  // Appends those whom `name` stands for; false where somebody unknown is among them.
  bool add_actors(const std::string& name, base::TimeRange when, int depth,
                  std::vector<agreement::ActorId>& found) const;
  [[nodiscard]] bool is_known_to_book(const std::string& name, base::TimeRange when) const;
  // The one actor that the name is an alias of, whenever it stood.
  [[nodiscard]] std::optional<agreement::ActorId> alias_of(const std::string& key, int depth) const;
  [[nodiscard]] std::optional<agreement::KindId> kind(const std::string& name) const;
  std::optional<Value> value_with_owner(const std::string& name, base::TimeRange when) const;
  // `Guns of North with calibre 120 mm`; empty where it is no thing with such a measure.
  std::optional<Value> value_with_measure(const std::string& name, base::TimeRange when) const;

  const agreement::Agreement& agreement_;
  const incidents::ActorBook& book_;
  std::unordered_map<std::string, agreement::ActorId> actors_;
  std::unordered_map<std::string, agreement::KindId> kinds_;
  std::unordered_map<std::string, agreement::PlaceId> places_;
  std::vector<Group> anybody_;
  std::vector<agreement::VerbId> any_verb_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> unknown_;
};

}  // namespace truce::facts::internal
