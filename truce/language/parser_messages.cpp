// SPDX-License-Identifier: Apache-2.0
// What the parser says where the text does not fit, and the slips it can mend.
#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/language/internal/letters.h"
#include "truce/language/internal/parser.h"

namespace truce::language {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Fix;
using diagnostics::Kind;

// A list longer than this is cut, since nobody reads on.
constexpr std::size_t kMaxListed = 6;

constexpr Symbol kBeforeNames[] = {Symbol::Each, Symbol::Its, Symbol::That, Symbol::Another,
                                   Symbol::Any,  Symbol::All, Symbol::The};

// What people write for `shall` and `may`.
struct ModalWord {
  std::string_view text;
  Symbol meant;
};

constexpr ModalWord kModalWords[] = {
    {"must", Symbol::Shall},   {"will", Symbol::Shall},  {"should", Symbol::Shall},
    {"agrees", Symbol::Shall}, {"agree", Symbol::Shall}, {"undertakes", Symbol::Shall},
    {"can", Symbol::May},      {"could", Symbol::May},   {"might", Symbol::May},
};

// What stands before `Party` with a capital, and what was meant.
struct Determiner {
  std::string_view text;
  Symbol meant;
};

constexpr Determiner kDeterminers[] = {
    {"Each", Symbol::Each}, {"Every", Symbol::Each},      {"All", Symbol::Each},
    {"Both", Symbol::Each}, {"Any", Symbol::Each},        {"The", Symbol::Each},
    {"Its", Symbol::Its},   {"Another", Symbol::Another}, {"Other", Symbol::Another},
    {"That", Symbol::That},
};

// Words that stand before `Party` in other texts.
constexpr Determiner kSlipsBeforeClasses[] = {
    {"other", Symbol::Another}, {"their", Symbol::Its},   {"every", Symbol::Each},
    {"both", Symbol::Each},     {"either", Symbol::Each}, {"any", Symbol::Each},
    {"all", Symbol::Each},
};

bool is_class_of_actors(std::string_view name) {
  return name == "Party" || name == "Parties" || name == "Guarantor" || name == "Guarantors";
}

// What people write for the units.
struct UnitWord {
  std::string_view text;
  Symbol meant;
};

constexpr UnitWord kUnitWords[] = {
    {"s", Symbol::Seconds},   {"sec", Symbol::Seconds},         {"secs", Symbol::Seconds},
    {"min", Symbol::Minutes}, {"mins", Symbol::Minutes},        {"h", Symbol::Hours},
    {"hr", Symbol::Hours},    {"hrs", Symbol::Hours},           {"d", Symbol::Days},
    {"wk", Symbol::Weeks},    {"meter", Symbol::Metre},         {"meters", Symbol::Metres},
    {"kms", Symbol::Km},      {"kilometer", Symbol::Kilometre}, {"kilometers", Symbol::Kilometres},
};

// Units of time and of distance.
bool is_unit(Symbol symbol) {
  constexpr Symbol kUnits[] = {
      Symbol::Second, Symbol::Seconds,   Symbol::Minute,    Symbol::Minutes, Symbol::Hour,
      Symbol::Hours,  Symbol::Day,       Symbol::Days,      Symbol::Week,    Symbol::Weeks,
      Symbol::Month,  Symbol::Months,    Symbol::M,         Symbol::Metre,   Symbol::Metres,
      Symbol::Km,     Symbol::Kilometre, Symbol::Kilometres};
  return std::find(std::begin(kUnits), std::end(kUnits), symbol) != std::end(kUnits);
}

std::string lower_case(std::string_view text) {
  std::string folded(text);
  std::transform(folded.begin(), folded.end(), folded.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return folded;
}

// With a capital first letter; other scripts than ASCII stay as they are.
std::string capitalised(std::string_view text) {
  std::string changed(text);
  if (!changed.empty() && changed[0] >= 'a' && changed[0] <= 'z') {
    changed[0] = static_cast<char>(changed[0] - 'a' + 'A');
  }
  return changed;
}

std::string quoted(Symbol symbol) {
  const std::string text(symbol_text(symbol));
  return is_fixed_word(symbol) ? "`" + text + "`" : text;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    text += at == 0 ? "" : at + 1 == parts.size() ? " or " : ", ";
    text += parts[at];
  }
  return text;
}

Fix replacement(base::Span span, const std::string& text) {
  return {span, text, "write `" + text + "`"};
}

}  // namespace

void Parser::report(Diagnostic diagnostic) { pending_.push_back(std::move(diagnostic)); }

void Parser::flush() {
  for (Diagnostic& diagnostic : pending_) {
    sink_->add(std::move(diagnostic));
  }
  pending_.clear();
}

// Reports a failure with a message of its own. Always false, as a production that fails.
bool Parser::fail_as(Diagnostic diagnostic) {
  if (failed_at_ != position_ && !is_mended_) {
    failed_at_ = position_;
    report(std::move(diagnostic));
  }
  return false;
}

// Reports that the text does not fit here: mended where one meaning is likely, else by what was
// looked for at this place, or by `expected` where that says it better. Always false.
bool Parser::fail(std::string_view expected) {
  if (failed_at_ == position_ || is_mended_ || mend() || fail_form()) {
    return false;
  }
  if (sink_->is_full()) {
    return fail_as({.kind = Kind::UnexpectedToken, .span = span_ahead(0)});
  }
  const std::string wanted = expected.empty() ? expected_text() : std::string(expected);
  if (now() == Symbol::End) {
    return fail_as({.kind = Kind::UnexpectedEnd, .span = end_of_last(), .arguments = {wanted}});
  }
  Diagnostic diagnostic{
      .kind = Kind::UnexpectedToken, .span = span_ahead(0), .arguments = {found_text(), wanted}};
  const bool is_after_name = position_ > 0 && items_[position_ - 1].symbol == Symbol::Name;
  if (now() == Symbol::Word && is_after_name) {
    diagnostic.notes.emplace_back("every word of a name begins with a capital letter");
  }
  return fail_as(std::move(diagnostic));
}

std::string Parser::found_text() const {
  constexpr std::size_t kMaxShown = 40;
  std::string text(text_ahead(0));
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  if (end == text.size() && text.size() <= kMaxShown) {
    return text;
  }
  std::size_t cut = std::min(end, kMaxShown);
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) {
    --cut;
  }
  return text.substr(0, cut) + "…";
}

std::string Parser::expected_text() const {
  std::vector<std::string> names;
  const bool has_name = expected_.test(static_cast<std::size_t>(Symbol::Name));
  const auto add = [&](std::size_t symbol) {
    // What stands before a name goes without saying where a name can stand.
    const bool is_understood =
        has_name && std::find(std::begin(kBeforeNames), std::end(kBeforeNames),
                              static_cast<Symbol>(symbol)) != std::end(kBeforeNames);
    if (expected_.test(symbol) && !is_understood) {
      names.push_back(quoted(static_cast<Symbol>(symbol)));
    }
  };
  // Signs last: what goes on is named before what ends.
  const auto first_sign = static_cast<std::size_t>(Symbol::Semicolon);
  for (std::size_t symbol = 0; symbol < first_sign; ++symbol) {
    add(symbol);
  }
  for (std::size_t symbol = static_cast<std::size_t>(Symbol::Verb); symbol < symbol_count();
       ++symbol) {
    add(symbol);
  }
  std::vector<std::string> shown(
      names.begin(),
      names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMaxListed)));
  names.clear();
  for (std::size_t symbol = first_sign; symbol < static_cast<std::size_t>(Symbol::Verb); ++symbol) {
    add(symbol);
  }
  for (const std::string& sign : names) {
    if (shown.size() < kMaxListed + 2) {
      shown.push_back(sign);
    }
  }
  return joined(shown);
}

bool Parser::mend() {
  if (!can_mend_ || mended_count_ >= kMaxMended) {
    return false;
  }
  return mend_case() || mend_modal() || mend_before_class() || mend_spelling() || mend_name();
}

void Parser::mend_to(Symbol symbol, std::string meant, bool is_name, Diagnostic message) {
  builder_.mend(items_[position_].token, std::move(meant), is_name);
  items_[position_].symbol = symbol;
  ++mended_count_;
  is_mended_ = true;
  // Past what is taken back when the part is read again.
  sink_->add(std::move(message));
}

// `Shall` for `shall`.
bool Parser::mend_case() {
  if (now() != Symbol::Name) {
    return false;
  }
  const std::string text(text_ahead(0));
  const Symbol meant = find_word(lower_case(text));
  if (meant == Symbol::Word || !expected_.test(static_cast<std::size_t>(meant))) {
    return false;
  }
  const std::string plain(symbol_text(meant));
  mend_to(meant, plain, false,
          {.kind = Kind::KeywordCase,
           .span = span_ahead(0),
           .arguments = {text, plain},
           .fix = replacement(span_ahead(0), plain)});
  return true;
}

// `Each Party` for `each Party`: with the capital it would be the name of somebody nobody declared.
bool Parser::mend_determiner(bool is_subject) {
  if (!can_mend_ || is_mended_ || mended_count_ >= kMaxMended || now() != Symbol::Name) {
    return false;
  }
  const std::string_view first = text_ahead(0);
  const std::string_view second = text_ahead(1);
  const auto say = [&](Symbol symbol, std::size_t count, const std::string& plain) {
    const base::Span span = base::join(span_ahead(0), span_ahead(count - 1));
    mend_to(symbol, std::string(symbol_text(symbol)), false,
            {.kind = Kind::KeywordCase,
             .span = span,
             .arguments = {std::string(tree_->source_text().slice(span)), plain},
             .fix = replacement(span, plain)});
    return true;
  };
  const Symbol after = ahead(1);
  if (is_subject && first == "Anyone" && (after == Symbol::Shall || after == Symbol::May)) {
    return say(Symbol::Anyone, 1, "anyone");
  }
  if (is_subject && first == "No" && second == "one") {
    return say(Symbol::No, 2, "no one");
  }
  // `No Party Zone` is a name.
  const bool is_whole = ahead(2) != Symbol::Name || lower_case(text_ahead(2)) == "shall";
  if (after != Symbol::Name || !is_whole || !is_class_of_actors(second)) {
    return false;
  }
  const std::string one = second.starts_with("Part") ? "Party" : "Guarantor";
  if (is_subject && first == "No") {
    return say(Symbol::No, 2, "no " + one);
  }
  for (const Determiner& determiner : kDeterminers) {
    if (determiner.text == first) {
      return say(determiner.meant, 2, std::string(symbol_text(determiner.meant)) + " " + one);
    }
  }
  return false;
}

// `other Party` for `another Party`.
bool Parser::mend_before_class() {
  // `any` and `all` are words of the language, and stand before things.
  const bool is_slip = now() == Symbol::Word || ((now() == Symbol::Any || now() == Symbol::All) &&
                                                 !expected_.test(static_cast<std::size_t>(now())));
  if (!is_slip || ahead(1) != Symbol::Name || !is_class_of_actors(text_ahead(1)) ||
      !expected_.test(static_cast<std::size_t>(Symbol::Name))) {
    return false;
  }
  for (const Determiner& slip : kSlipsBeforeClasses) {
    if (slip.text == text_ahead(0)) {
      const std::string plain(symbol_text(slip.meant));
      mend_to(slip.meant, plain, false,
              {.kind = Kind::MisspelledWord,
               .span = span_ahead(0),
               .arguments = {std::string(slip.text), plain},
               .fix = replacement(span_ahead(0), plain)});
      return true;
    }
  }
  return false;
}

// `must` for `shall`.
bool Parser::mend_modal() {
  if (now() != Symbol::Word || !expected_.test(static_cast<std::size_t>(Symbol::Shall))) {
    return false;
  }
  for (const ModalWord& modal : kModalWords) {
    if (modal.text != text_ahead(0)) {
      continue;
    }
    const std::string plain(symbol_text(modal.meant));
    mend_to(modal.meant, plain, false,
            {.kind = Kind::ModalWord,
             .span = span_ahead(0),
             .arguments = {std::string(modal.text), plain},
             .fix = replacement(span_ahead(0), plain)});
    return true;
  }
  return false;
}

// `shal` for `shall`.
bool Parser::mend_spelling() {
  const bool is_word = now() == Symbol::Word || is_fixed_word(now());
  const std::string text(text_ahead(0));
  if (!is_word || text.size() < 3) {
    return false;
  }
  std::vector<std::string> candidates;
  for (std::size_t symbol = kFirstWord; symbol < symbol_count(); ++symbol) {
    if (expected_.test(symbol)) {
      candidates.emplace_back(symbol_text(static_cast<Symbol>(symbol)));
    }
  }
  for (const Symbol symbol : also_understood_) {
    if (is_fixed_word(symbol)) {
      candidates.emplace_back(symbol_text(symbol));
    }
  }
  const std::optional<std::string> meant = base::nearest_word(text, candidates);
  // A word of the language is likely meant as it stands, unless it is one letter off.
  if (!meant.has_value() || *meant == text ||
      (is_fixed_word(now()) && base::edit_distance(text, *meant, 1) > 1)) {
    return false;
  }
  // Short words are near each other by chance, unless their letters are the same.
  const bool has_same_letters =
      std::is_permutation(text.begin(), text.end(), meant->begin(), meant->end());
  if (!has_same_letters && std::min(text.size(), meant->size()) < 3) {
    return false;
  }
  if (!has_same_letters && std::max(text.size(), meant->size()) < 4) {
    return false;
  }
  mend_to(find_word(*meant), *meant, false,
          {.kind = Kind::MisspelledWord,
           .span = span_ahead(0),
           .arguments = {text, *meant},
           .fix = replacement(span_ahead(0), *meant)});
  return true;
}

// `convoys` for `Convoys`.
bool Parser::mend_name() {
  if (now() != Symbol::Word || !expected_.test(static_cast<std::size_t>(Symbol::Name))) {
    return false;
  }
  const std::string text(text_ahead(0));
  const std::string meant = capitalised(text);
  if (meant == text) {
    return false;
  }
  mend_to(Symbol::Name, meant, true,
          {.kind = Kind::UncapitalisedName,
           .span = span_ahead(0),
           .arguments = {text, meant},
           .fix = replacement(span_ahead(0), meant)});
  return true;
}

// A number of the wrong form.
bool Parser::fail_form() {
  const auto is_expected = [this](Symbol symbol) {
    return expected_.test(static_cast<std::size_t>(symbol));
  };
  const std::string text(text_ahead(0));
  if (now() == Symbol::Number && is_expected(Symbol::Clause) && !is_expected(Symbol::Number)) {
    fail_as({.kind = Kind::ClauseNumberForm, .span = span_ahead(0), .arguments = {text}});
    return true;
  }
  if (now() == Symbol::Clause && is_expected(Symbol::Number) && !is_expected(Symbol::Clause)) {
    fail_as({.kind = Kind::NumberForm, .span = span_ahead(0), .arguments = {text}});
    return true;
  }
  return false;
}

// `by` where a time is meant.
bool Parser::fail_by() {
  const bool is_date = ahead(1) == Symbol::Date || ahead(1) == Symbol::Name;
  Diagnostic diagnostic{.kind = Kind::ByAsTime, .span = span_ahead(0)};
  if (is_date) {
    diagnostic.fix = replacement(span_ahead(0), "not later than");
  }
  return fail_as(std::move(diagnostic));
}

// What stands where a unit belongs: mended where it is short for one.
bool Parser::fail_unit(std::string_view what, std::span<const Symbol> units) {
  if (failed_at_ == position_ || is_mended_) {
    return false;
  }
  for (const Symbol unit : units) {
    expected_.set(static_cast<std::size_t>(unit));
  }
  if (can_mend_ && mended_count_ < kMaxMended && mend_case()) {
    return false;
  }
  if (is_unit(now())) {
    const bool is_time = what == "time";
    return fail_as({.kind = Kind::UnknownUnit,
                    .span = span_ahead(0),
                    .arguments = {std::string(text_ahead(0)), std::string(what),
                                  is_time ? " but of distance; write `hours`, `days` or another one"
                                          : " but of time; write `metres` or `km`"}});
  }
  if (now() != Symbol::Word) {
    const base::Span number = last_span();
    return fail_as({.kind = Kind::MissingUnit,
                    .span = number,
                    .arguments = {std::string(tree_->source_text().slice(number)),
                                  fmt::format("a unit of {}, such as `{}`,", what,
                                              symbol_text(units.back()))}});
  }
  const std::string text(text_ahead(0));
  std::vector<std::string> candidates;
  for (const Symbol unit : units) {
    candidates.emplace_back(symbol_text(unit));
  }
  std::optional<std::string> meant = base::nearest_word(text, candidates);
  for (const UnitWord& unit : kUnitWords) {
    if (unit.text == text && std::find(units.begin(), units.end(), unit.meant) != units.end()) {
      meant = std::string(symbol_text(unit.meant));
    }
  }
  Diagnostic diagnostic{
      .kind = Kind::UnknownUnit, .span = span_ahead(0), .arguments = {text, std::string(what), ""}};
  if (!meant.has_value() || !can_mend_ || mended_count_ >= kMaxMended) {
    diagnostic.arguments[2] =
        "; write " + joined({"`" + candidates[0] + "`", "`" + candidates[1] + "`", "another one"});
    return fail_as(std::move(diagnostic));
  }
  diagnostic.arguments[2] = "; write `" + *meant + "`";
  diagnostic.fix = replacement(span_ahead(0), *meant);
  mend_to(find_word(*meant), *meant, false, std::move(diagnostic));
  return false;
}

}  // namespace truce::language
