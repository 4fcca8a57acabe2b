// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/agreement/vocabulary.h"
#include "truce/base/result.h"

namespace truce::agreement {
struct Agreement;
}  // namespace truce::agreement

namespace truce::prose {

/// Grammatical features by name, such as `f`, `pl`, `gen`: what they mean is the lexicon's
/// business.
using Features = std::set<std::string, std::less<>>;

struct Variant;

/// One piece of a template.
struct Piece {
  enum class What : std::uint8_t { Text, Slot, Choice, Optional };
  What what = What::Text;
  // No space stands before it.
  bool is_tight = false;
  // The word, or the name of the slot.
  std::string text;
  // `{à+places|def}`: words before each item of the slot, and what is asked of its form.
  std::vector<std::string> prefix;
  std::vector<std::string> request;
  // `{who?veille|pl:veillent}`: one of them, by the features of the slot.
  std::vector<Variant> choices;
  // `[, from {from}]`: left out where a slot in it is empty.
  std::vector<Piece> inside;
};

/// One form of an entry: it stands where all of `when` hold.
struct Variant {
  std::vector<std::string> when;
  // Written with `!`: it stands without the preposition and the article around it.
  bool is_whole = false;
  std::vector<Piece> pieces;
};

struct Entry {
  Features features;
  // The first has no conditions.
  std::vector<Variant> variants;
  // The line it stands on.
  std::size_t line = 0;

  /// The variant with the most conditions that all hold, the last among equals.
  [[nodiscard]] const Variant& select(const Features& wanted) const;
};

/// The words and rules of one language, as data; docs/formats/lexicons.md describes the file.
class Lexicon {
 public:
  /// Fails with Corrupt, naming the line; a key that no program asks for is an error too.
  static base::Result<Lexicon> read(std::string_view name, std::string_view text);
  /// Entries of another file over these: the terms of one agreement. Fails like read().
  base::Result<void> add(std::string_view name, std::string_view text);

  /// Null where there is none. Sections: `phrase`, `verb`, `role`, `kind`, `name`, …
  [[nodiscard]] const Entry* find(std::string_view section, std::string_view key) const;
  /// The keys of a section, in bytewise order.
  [[nodiscard]] std::vector<std::string> keys(std::string_view section) const;
  /// A value that is no template, such as `language` or `direction`; empty where it is not set.
  [[nodiscard]] const std::string& setting(std::string_view key) const;
  [[nodiscard]] const std::string& language() const { return setting("language"); }
  [[nodiscard]] bool is_right_to_left() const { return setting("direction") == "rtl"; }

  /// What this lexicon lacks of what `agreement` needs, as `section key`, sorted: every phrase, and
  /// the verbs, kinds and measures that it uses.
  [[nodiscard]] std::vector<std::string> missing(const agreement::Agreement& agreement) const;
  /// The same for every text that may be written with `vocabulary`.
  [[nodiscard]] std::vector<std::string> missing(const agreement::Vocabulary& vocabulary) const;

  /// `one`, `few`, … by the plural rules; `other` where none applies.
  [[nodiscard]] std::string plural_of(double number) const;
  /// Whether `text` begins with a letter before which short words are cut.
  [[nodiscard]] bool begins_with_vowel(std::string_view text) const;
  /// What becomes of the word before a vowel, or of two words that meet; null where nothing does.
  [[nodiscard]] const std::string* elided(std::string_view word) const;
  [[nodiscard]] const std::string* joined(std::string_view first, std::string_view second) const;

 private:
  base::Result<void> read_line(std::string_view name, std::size_t number, std::string_view line);

  std::map<std::pair<std::string, std::string>, Entry, std::less<>> entries_;
  std::map<std::string, std::string, std::less<>> settings_;
  std::map<std::string, std::string, std::less<>> elisions_;
  std::map<std::pair<std::string, std::string>, std::string, std::less<>> joints_;
  // In the order of the file: a category and its rule.
  std::vector<std::pair<std::string, std::string>> plurals_;
};

/// The codes of the languages that are part of the program, sorted.
std::vector<std::string> embedded_languages();
/// The text of a lexicon of the program; empty where there is none.
std::string_view embedded_lexicon(std::string_view language);

}  // namespace truce::prose
