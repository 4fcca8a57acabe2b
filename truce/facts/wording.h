// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/time.h"

namespace truce::facts {

/// A pattern in English with a `{}` for each value. A literal: the pages find its translation by
/// it, and a test looks for each `say("…"` in the sources.
class Pattern {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): say("…", …) should read like words.
  consteval Pattern(const char* text) : text_(text) {}
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// Words for a person, in English and so that they can be said in another language.
class Wording {
 public:
  enum class Kind : std::uint8_t {
    // Data, the same in every language: a name, the number of a clause.
    Name,
    // A pattern and what fills it.
    Phrase,
    // `A, B and C`, or with `or`.
    All,
    Either,
    // What was done: the verb's name and, in English, its past.
    Act,
    // A moment, and a stretch of time.
    Moment,
    Range,
    // A length of time in seconds.
    Length
  };

  Wording() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a name is a wording as it is.
  Wording(std::string name) : text_(std::move(name)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Wording(const char* name) : text_(name) {}

  static Wording phrase(Pattern pattern, std::vector<Wording> values);
  static Wording all(std::vector<Wording> values);
  static Wording either(std::vector<Wording> values);
  static Wording act(std::string name, std::string past);
  static Wording moment(base::Instant at, std::string english);
  static Wording range(base::TimeRange when, std::string english);
  static Wording length(base::Duration length, std::string english);

  [[nodiscard]] Kind kind() const { return kind_; }
  /// Of a phrase.
  [[nodiscard]] std::string_view pattern() const { return pattern_; }
  /// What fills a phrase, or is listed.
  [[nodiscard]] const std::vector<Wording>& values() const { return values_; }
  /// A name, or the name of an act.
  [[nodiscard]] const std::string& text() const { return kind_ == Kind::Act ? name_ : text_; }
  /// Of a moment and a range.
  [[nodiscard]] base::TimeRange when() const { return when_; }
  /// Of a length.
  [[nodiscard]] base::Duration length() const { return when_.to - when_.from; }
  [[nodiscard]] bool empty() const;

  /// Begins with a capital letter, in English; elsewhere every sentence does.
  [[nodiscard]] Wording capitalised() &&;
  /// As one reads it in English.
  [[nodiscard]] std::string english() const;

  friend bool operator==(const Wording&, const Wording&) = default;

 private:
  void add_to(std::string& english) const;

  Kind kind_ = Kind::Name;
  bool is_capitalised_ = false;
  std::string_view pattern_;
  // A name, the past of an act, the English for a time.
  std::string text_;
  std::string name_;
  base::TimeRange when_{};
  std::vector<Wording> values_;
};

/// `say("{} was in force", number)`. As many values as the pattern has places.
template <typename... Values>
Wording say(Pattern pattern, Values&&... values) {
  return Wording::phrase(pattern, {Wording(std::forward<Values>(values))...});
}

/// In English.
std::vector<std::string> english_of(const std::vector<Wording>& all);

}  // namespace truce::facts
