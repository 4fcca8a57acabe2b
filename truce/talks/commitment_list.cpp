// SPDX-License-Identifier: Apache-2.0
// A list of a million lines is read in one pass: a deed is a piece of the text, and becomes a
// number beside many others, so that they wait for memory together.
#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "truce/talks/commitments.h"
#include "truce/talks/internal/deed_numbers.h"

namespace truce::talks {
namespace {

enum class Word : std::uint8_t { If, And, Does, Other };

bool is_space(char letter) { return letter == ' ' || letter == '\t' || letter == '\r'; }

// The next word of `line` from `at` on, which moves behind it; empty where there is none.
std::string_view next_word(std::string_view line, std::size_t& at) {
  while (at < line.size() && is_space(line[at])) {
    ++at;
  }
  const std::size_t begin = at;
  while (at < line.size() && !is_space(line[at])) {
    ++at;
  }
  return line.substr(begin, at - begin);
}

Word kind_of(std::string_view word) {
  switch (word.size()) {
    case 2:
      return word[0] == 'i' && word[1] == 'f' ? Word::If : Word::Other;
    case 3:
      return word[0] == 'a' && word[1] == 'n' && word[2] == 'd' ? Word::And : Word::Other;
    case 4:
      return word[0] == 'd' && word[1] == 'o' && word[2] == 'e' && word[3] == 's' ? Word::Does
                                                                                  : Word::Other;
    default:
      return Word::Other;
  }
}

void trim_end(std::string_view& line) {
  while (!line.empty() && is_space(line.back())) {
    line.remove_suffix(1);
  }
}

// Without its comment, and without a full stop at its end.
std::string_view content_of(std::string_view line) {
  for (std::size_t at = line.find("--"); at != std::string_view::npos;
       at = line.find("--", at + 1)) {
    if (at == 0 || is_space(line[at - 1])) {
      line = line.substr(0, at);
      break;
    }
  }
  trim_end(line);
  if (line.ends_with('.')) {
    line.remove_suffix(1);
    trim_end(line);
  }
  return line;
}

// What stands between `if`, `and` and the ends of a line.
class Phrase {
 public:
  // `word` stands in the line behind those before.
  void add(std::string_view word, Word kind) {
    if (words_ == 0) {
      begin_ = word.data();
    } else {
      // Deeds are one where their words are: whatever else stands between words is one space.
      has_one_space_ = has_one_space_ && end_ + 1 == word.data() && *end_ == ' ';
    }
    end_ = word.data() + word.size();
    if (kind == Word::Does) {
      verb_ = words_;
      ++verbs_;
    }
    has_if_ = has_if_ || kind == Word::If;
    has_and_ = has_and_ || kind == Word::And;
    ++words_;
  }

  [[nodiscard]] bool has_if() const { return has_if_; }
  // WHO does WHAT, each of one word at least.
  [[nodiscard]] bool is_deed() const {
    return verbs_ == 1 && verb_ > 0 && verb_ + 1 < words_ && !has_and_;
  }
  [[nodiscard]] bool has_one_space() const { return has_one_space_; }
  [[nodiscard]] std::string_view in_line() const {
    return words_ == 0 ? std::string_view() : std::string_view(begin_, end_);
  }
  [[nodiscard]] std::string joined() const {
    std::string words;
    std::size_t at = 0;
    for (auto word = next_word(in_line(), at); !word.empty(); word = next_word(in_line(), at)) {
      words += words.empty() ? "" : " ";
      words += word;
    }
    return words;
  }

 private:
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  std::size_t words_ = 0;
  std::size_t verb_ = 0;
  std::size_t verbs_ = 0;
  bool has_if_ = false;
  bool has_and_ = false;
  bool has_one_space_ = true;
};

class ListReader {
 public:
  explicit ListReader(std::string_view name) : name_(name), numbers_(made_.deeds) {}

  // What is wrong with the line. The line must outlive this.
  std::optional<base::Error> read_line(std::string_view line) {
    ++line_;
    const std::string_view content = content_of(line);
    std::size_t at = 0;
    std::string_view word = next_word(content, at);
    if (word.empty()) {
      return std::nullopt;
    }
    Phrase phrase;
    std::size_t phrases = 1;
    for (; !word.empty(); word = next_word(content, at)) {
      const Word kind = kind_of(word);
      if (kind != (phrases == 1 ? Word::If : Word::And)) {
        phrase.add(word, kind);
        continue;
      }
      if (auto error = note_deed(phrase)) {
        return error;
      }
      phrase = {};
      ++phrases;
    }
    if (auto error = note_deed(phrase)) {
      return error;
    }
    lines_.push_back(phrases);
    if (noted_.size() >= kAtOnce) {
      number_noted();
    }
    return std::nullopt;
  }

  base::Result<Commitments> end() {
    number_noted();
    if (made_.graph.size() == 0) {
      return wrong(
          "there is no commitment yet; write a line such as: North does open Roads if "
          "South does free Prisoners");
    }
    return std::move(made_);
  }

 private:
  static constexpr std::size_t kAtOnce = 64;

  struct Noted {
    std::string_view words;
    std::uint32_t hash = 0;
  };

  [[nodiscard]] base::Error wrong(const std::string& what) const {
    return {base::ErrorCode::InvalidArgument,
            fmt::format("{}:{}: {}", name_, std::max<std::size_t>(line_, 1), what)};
  }

  // The deed is made a number together with others.
  std::optional<base::Error> note_deed(const Phrase& phrase) {
    if (phrase.has_if()) {
      return wrong("`if` stands twice; join conditions by `and`");
    }
    if (!phrase.is_deed()) {
      return wrong(fmt::format(
          "`{}` does not say who does what; write WHO does WHAT, with `if` before the first "
          "condition and `and` before each other one",
          phrase.joined()));
    }
    const std::string_view words =
        phrase.has_one_space() ? phrase.in_line() : joined_.emplace_back(phrase.joined());
    noted_.push_back({words, internal::DeedNumbers::hash_of(words)});
    numbers_.foresee_slot(noted_.back().hash);
    return std::nullopt;
  }

  void number_noted() {
    for (const Noted& noted : noted_) {
      numbers_.foresee_place(noted.hash);
    }
    for (const Noted& noted : noted_) {
      numbers_.foresee_letters(noted.hash);
    }
    auto noted = noted_.begin();
    const auto next_number = [&] {
      const std::uint32_t number = numbers_.number_of(noted->words, noted->hash);
      ++noted;
      if (number == made_.graph.deeds()) {
        made_.graph.add_deed();
      }
      return number;
    };
    for (const std::size_t phrases : lines_) {
      const std::uint32_t deed = next_number();
      conditions_.clear();
      for (std::size_t condition = 1; condition < phrases; ++condition) {
        conditions_.push_back({next_number(), false});
      }
      made_.graph.add(deed, conditions_);
    }
    noted_.clear();
    lines_.clear();
    joined_.clear();
  }

  std::string_view name_;
  std::size_t line_ = 0;
  Commitments made_;
  internal::DeedNumbers numbers_;
  // What was read and not numbered: deeds, how many each line has, and the words of those that do
  // not stand in the text as they are kept.
  std::vector<Noted> noted_;
  std::vector<std::size_t> lines_;
  std::deque<std::string> joined_;
  std::vector<CommitmentGraph::Condition> conditions_;
};

}  // namespace

base::Result<Commitments> read_commitments(std::string_view name, std::string_view text) {
  ListReader reader(name);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (auto error = reader.read_line(text.substr(begin, end - begin))) {
      return *std::move(error);
    }
    begin = end + 1;
  }
  return reader.end();
}

}  // namespace truce::talks
