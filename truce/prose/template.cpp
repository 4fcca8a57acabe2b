// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/internal/template.h"

#include <algorithm>

#include <fmt/format.h>

namespace truce::prose::internal {
namespace {

// Templates are written by people; braces and brackets that stand deeper are a mistake.
constexpr int kDeepest = 8;

base::Error wrong(std::string message) { return {base::ErrorCode::Corrupt, std::move(message)}; }

// The offset of the sign that closes the one at `open`; npos when none does, or too deep.
std::size_t closing(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == '{' || text[at] == '[') {
      ++depth;
      if (depth > kDeepest) {
        return std::string_view::npos;
      }
    } else if (text[at] == '}' || text[at] == ']') {
      --depth;
      if (depth == 0) {
        return (text[at] == '}') == (text[open] == '{') ? at : std::string_view::npos;
      }
    }
  }
  return std::string_view::npos;
}

class Reader {
 public:
  base::Result<std::vector<Piece>> pieces(std::string_view text) {
    while (at_ < text.size()) {
      const char sign = text[at_];
      if (sign == ' ' || sign == '\t') {
        is_tight_ = false;
        ++at_;
      } else if (sign == '{' || sign == '[') {
        const std::size_t end = closing(text, at_);
        if (end == std::string_view::npos) {
          return wrong(fmt::format("`{}` is not closed", sign));
        }
        const std::string_view inside = text.substr(at_ + 1, end - at_ - 1);
        auto piece = sign == '{' ? slot(inside) : optional_part(inside);
        if (!piece) {
          return piece.error();
        }
        push(std::move(piece).value());
        at_ = end + 1;
      } else if (sign == '}' || sign == ']') {
        return wrong(fmt::format("`{}` closes nothing", sign));
      } else {
        const std::size_t end = std::min(text.find_first_of(" \t{}[]", at_), text.size());
        Piece word;
        word.text = text.substr(at_, end - at_);
        push(std::move(word));
        at_ = end;
      }
    }
    return std::move(pieces_);
  }

 private:
  void push(Piece piece) {
    piece.is_tight = is_tight_;
    pieces_.push_back(std::move(piece));
    is_tight_ = true;
  }

  base::Result<Piece> optional_part(std::string_view inside) const {
    // A space at its front belongs to it: `[ by {agents}]`.
    auto read = Reader().pieces(inside);
    if (!read) {
      return read.error();
    }
    Piece piece;
    piece.what = Piece::What::Optional;
    piece.inside = std::move(read).value();
    if (!piece.inside.empty()) {
      piece.inside.front().is_tight = !inside.starts_with(' ');
    }
    return piece;
  }

  base::Result<Piece> slot(std::string_view inside) const {
    Piece piece;
    const std::size_t question = inside.find('?');
    if (question != std::string_view::npos) {
      piece.what = Piece::What::Choice;
      piece.text = trimmed(inside.substr(0, question));
      auto choices = parse_variants(inside.substr(question + 1));
      if (!choices) {
        return choices.error();
      }
      piece.choices = std::move(choices).value();
      return piece;
    }
    piece.what = Piece::What::Slot;
    const std::size_t bar = inside.find('|');
    if (bar != std::string_view::npos) {
      piece.request = split_words(inside.substr(bar + 1));
      inside = inside.substr(0, bar);
    }
    const std::size_t plus = inside.rfind('+');
    if (plus != std::string_view::npos) {
      piece.prefix = split_words(inside.substr(0, plus));
      inside = inside.substr(plus + 1);
    }
    piece.text = trimmed(inside);
    if (piece.text.empty()) {
      return wrong("a slot has no name");
    }
    return piece;
  }

  std::size_t at_ = 0;
  bool is_tight_ = false;
  std::vector<Piece> pieces_;
};

// The parts of `text` between bars that stand in no brace or bracket.
std::vector<std::string_view> parted(std::string_view text) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{' || text[at] == '[') {
      ++depth;
    } else if (text[at] == '}' || text[at] == ']') {
      --depth;
    } else if (text[at] == '|' && depth == 0) {
      parts.push_back(text.substr(begin, at - begin));
      begin = at + 1;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

base::Result<std::vector<Piece>> parse_template(std::string_view text) {
  return Reader().pieces(text);
}

base::Result<std::vector<Variant>> parse_variants(std::string_view text) {
  std::vector<Variant> variants;
  for (std::string_view part : parted(text)) {
    Variant variant;
    if (!variants.empty()) {
      const std::size_t colon = part.find(':');
      if (colon == std::string_view::npos) {
        return wrong("a form behind `|` begins with when it stands, such as `pl:`");
      }
      std::string_view when = trimmed(part.substr(0, colon));
      variant.is_whole = when.ends_with('!');
      variant.when = split_words(variant.is_whole ? when.substr(0, when.size() - 1) : when);
      if (variant.when.empty()) {
        return wrong("a form behind `|` begins with when it stands, such as `pl:`");
      }
      part = part.substr(colon + 1);
    }
    auto pieces = parse_template(trimmed(part));
    if (!pieces) {
      return pieces.error();
    }
    variant.pieces = std::move(pieces).value();
    variants.push_back(std::move(variant));
  }
  return variants;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as parse_template lets them stand
std::size_t uses_of(const std::vector<Piece>& pieces, std::string_view slot) {
  std::size_t uses = 0;
  for (const Piece& piece : pieces) {
    uses += piece.what == Piece::What::Slot && piece.text == slot ? 1 : 0;
    uses += uses_of(piece.inside, slot);
    std::size_t most = 0;
    for (const Variant& choice : piece.choices) {
      most = std::max(most, uses_of(choice.pieces, slot));
    }
    uses += most;
  }
  return uses;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as parse_template lets them stand
void collect_slots(const std::vector<Piece>& pieces, std::vector<std::string>& names) {
  for (const Piece& piece : pieces) {
    if (piece.what == Piece::What::Slot || piece.what == Piece::What::Choice) {
      names.push_back(piece.text);
    }
    collect_slots(piece.inside, names);
    for (const Variant& choice : piece.choices) {
      collect_slots(choice.pieces, names);
    }
  }
}

}  // namespace truce::prose::internal
