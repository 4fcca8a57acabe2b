// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "truce/agreement/calendar.h"
#include "truce/base/quantity.h"
#include "truce/base/time.h"
#include "truce/prose/internal/words.h"
#include "truce/prose/lexicon.h"

namespace truce::prose::internal {

/// What fills a slot: its features, by which other words agree with it, and its words in the form
/// that is asked for, behind a preposition that each of its items repeats.
struct Part {
  using Make = std::function<Words(const Features& request, const Words& prefix)>;
  Features features;
  Make make;

  [[nodiscard]] bool empty() const { return !make; }
};

using Slots = std::map<std::string, Part, std::less<>>;

/// Makes parts from the entries of one lexicon, and notes the names that have no entry.
class Maker {
 public:
  explicit Maker(const Lexicon& lexicon) : lexicon_(&lexicon) {}

  [[nodiscard]] const Lexicon& lexicon() const { return *lexicon_; }

  /// Words that stand as they are.
  static Part fixed(Words words);
  static Part text(std::string_view text);
  /// A phrase of phrases.def. Its features are its own, else those of its first slot. Without an
  /// entry it is its slots alone.
  [[nodiscard]] Part phrase(std::string_view key, const Slots& slots = {}) const;
  /// Its words, asked for nothing.
  [[nodiscard]] Words words(std::string_view key, const Slots& slots = {}) const;
  /// An entry with its article; empty where there is none.
  [[nodiscard]] Part entry(std::string_view section, std::string_view key) const;
  /// The template of the entry, filled; empty where there is none.
  [[nodiscard]] Part filled(std::string_view section, std::string_view key, Slots slots) const;
  /// A name of the agreement, from the first section that has it, else as it is written.
  [[nodiscard]] Part name(std::string_view name, const std::vector<std::string>& sections);
  /// Text of the agreement that a term file may give in this language, such as a title.
  [[nodiscard]] std::string translated(std::string_view section, std::string_view key,
                                       std::string_view original);

  /// `a, b and c`, by the phrases `list.comma` and `list.and`; a list of one is that one.
  [[nodiscard]] Part list(std::vector<Part> items, std::string_view last) const;

  /// A number in words where the lexicon has it, else in digits.
  [[nodiscard]] Words number(std::int64_t value, const Features& features) const;
  [[nodiscard]] std::string digits(double value, int decimals = 3) const;
  [[nodiscard]] Part count(std::string_view unit, double value) const;
  [[nodiscard]] Part period(const agreement::Period& period) const;
  [[nodiscard]] Part distance(base::Metres distance) const;
  [[nodiscard]] Part date(base::Date date) const;
  [[nodiscard]] std::string time(int hour, int minute) const;

  /// Names that stand in the language they were written in, sorted.
  [[nodiscard]] const std::set<std::string>& untranslated() const { return untranslated_; }

 private:
  Words fill(const std::vector<Piece>& pieces, const Slots& slots, const Features& request,
             Words prefix) const;
  [[nodiscard]] Words article(const Features& features) const;

  const Lexicon* lexicon_;
  std::set<std::string> untranslated_;
};

}  // namespace truce::prose::internal
