// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/internal/words.h"

#include <algorithm>
#include <utility>

#include "truce/base/utf8.h"

namespace truce::prose {

std::string to_plain(const Text& text) {
  std::string plain;
  for (const Run& run : text) {
    plain += run.is_proposer ? "^" + run.text : run.text;
  }
  return plain;
}

namespace internal {
namespace {

bool is_word(const Words& words, std::size_t at) {
  return at < words.size() && words[at].what == Word::What::Text;
}

// `le` before a vowel becomes `l'`.
void elide(Words& words, const Lexicon& lexicon) {
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    Word& word = words[at];
    if (word.what != Word::What::Text || word.is_name || !is_word(words, at + 1) ||
        words[at + 1].is_aspirate || words[at + 1].is_tight ||
        !lexicon.begins_with_vowel(words[at + 1].text)) {
      continue;
    }
    if (const std::string* shorter = lexicon.elided(word.text)) {
      const bool is_tight = word.is_tight;
      word = lexicon_word(*shorter);
      word.is_tight = is_tight;
    }
  }
}

// The apostrophe of the language in its own words; names stand as they were written.
void set_apostrophes(Words& words, const std::string& apostrophe) {
  if (apostrophe.empty()) {
    return;
  }
  for (Word& word : words) {
    if (word.what != Word::What::Text || word.is_name) {
      continue;
    }
    for (std::size_t at = word.text.find('\''); at != std::string::npos;
         at = word.text.find('\'', at + apostrophe.size())) {
      word.text.replace(at, 1, apostrophe);
    }
  }
}

// `de le` becomes `du`.
void contract(Words& words, const Lexicon& lexicon) {
  for (std::size_t at = 0; at + 1 < words.size();) {
    const bool may = is_word(words, at) && is_word(words, at + 1) && !words[at].is_name &&
                     !words[at + 1].is_name && !words[at + 1].is_tight;
    const std::string* one = may ? lexicon.joined(words[at].text, words[at + 1].text) : nullptr;
    if (one == nullptr) {
      ++at;
      continue;
    }
    const bool is_tight = words[at].is_tight;
    const bool is_open = words[at + 1].is_open;
    words[at] = lexicon_word(*one);
    words[at].is_tight = is_tight;
    words[at].is_open |= is_open;
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }
}

void put_code_point(std::string& out, char32_t value) {
  if (value < 0x80) {
    out += static_cast<char>(value);
  } else {
    out += static_cast<char>(0xC0 | (value >> 6));
    out += static_cast<char>(0x80 | (value & 0x3F));
  }
}

// The capital of a letter of the Latin or Cyrillic script below U+0800; the letter itself else.
char32_t capital(char32_t letter) {
  if ((letter >= 'a' && letter <= 'z') || (letter >= 0xE0 && letter <= 0xFE && letter != 0xF7) ||
      (letter >= 0x430 && letter <= 0x44F)) {
    return letter - 0x20;
  }
  if (letter >= 0x450 && letter <= 0x45F) {
    return letter - 0x50;
  }
  return letter == 0x153 ? char32_t{0x152} : letter;
}

std::string with_capital(const std::string& text) {
  const base::CodePoint first = base::decode_utf8(text);
  if (first.length == 0 || capital(first.value) == first.value) {
    return text;
  }
  std::string out;
  put_code_point(out, capital(first.value));
  return out + text.substr(first.length);
}

class Line {
 public:
  void put(const Word& word) {
    const bool is_first = text_.empty();
    if (!is_first && !word.is_tight && !is_glued_) {
      add(" ");
    }
    switch (word.what) {
      case Word::What::Text:
        add(word.text);
        break;
      case Word::What::Open:
        add("[");
        break;
      case Word::What::Close:
        add("]");
        text_.push_back({word.text, true});
        break;
    }
    is_glued_ = word.is_open || word.what == Word::What::Open;
  }

  [[nodiscard]] Text take() { return std::move(text_); }

 private:
  void add(std::string_view more) {
    if (text_.empty() || text_.back().is_proposer) {
      text_.emplace_back();
    }
    text_.back().text += more;
  }

  Text text_;
  bool is_glued_ = false;
};

}  // namespace

void append(Words& words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
}

Word name_word(std::string_view text) {
  Word word;
  word.text = text;
  word.is_name = true;
  return word;
}

Word lexicon_word(std::string_view text) {
  Word word;
  if (text.size() > 1 && text.starts_with('*')) {
    word.is_aspirate = true;
    text.remove_prefix(1);
  }
  if (text.size() > 1 && text.ends_with('~')) {
    word.is_open = true;
    text.remove_suffix(1);
  }
  word.text = text;
  return word;
}

Words disputed(const std::vector<std::pair<std::string, Words>>& alternatives,
               const Words& no_text) {
  if (alternatives.empty()) {
    return {};
  }
  const Words& first = alternatives.front().second;
  std::size_t front = first.size();
  std::size_t back = first.size();
  for (const auto& [proposers, words] : alternatives) {
    const auto [left, right] =
        std::mismatch(first.begin(), first.end(), words.begin(), words.end());
    front = std::min(front, static_cast<std::size_t>(left - first.begin()));
    const auto [left_back, right_back] =
        std::mismatch(first.rbegin(), first.rend(), words.rbegin(), words.rend());
    back = std::min(back, static_cast<std::size_t>(left_back - first.rbegin()));
  }
  for (const auto& [proposers, words] : alternatives) {
    back = std::min(back, words.size() - std::min(front, words.size()));
  }
  Words out(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(front));
  for (const auto& [proposers, words] : alternatives) {
    Word open;
    open.what = Word::What::Open;
    out.push_back(open);
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(front);
    const auto end = words.end() - static_cast<std::ptrdiff_t>(back);
    append(out, begin == end ? no_text : Words(begin, end));
    Word close;
    close.what = Word::What::Close;
    close.text = proposers;
    close.is_tight = true;
    out.push_back(close);
  }
  out.insert(out.end(), first.end() - static_cast<std::ptrdiff_t>(back), first.end());
  return out;
}

Words settled(Words words, const Lexicon& lexicon) {
  elide(words, lexicon);
  contract(words, lexicon);
  elide(words, lexicon);
  return words;
}

Text realise(Words words, const Lexicon& lexicon, bool is_sentence) {
  words = settled(std::move(words), lexicon);
  set_apostrophes(words, lexicon.setting("apostrophe"));
  if (is_sentence) {
    for (Word& word : words) {
      if (word.what == Word::What::Text) {
        word.text = with_capital(word.text);
        break;
      }
    }
  }
  Line line;
  for (const Word& word : words) {
    line.put(word);
  }
  return line.take();
}

}  // namespace internal
}  // namespace truce::prose
