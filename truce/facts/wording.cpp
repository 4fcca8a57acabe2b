// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/wording.h"

#include "truce/base/check.h"

namespace truce::facts {

Wording Wording::phrase(Pattern pattern, std::vector<Wording> values) {
  Wording wording;
  wording.kind_ = Kind::Phrase;
  wording.pattern_ = pattern.text();
  wording.values_ = std::move(values);
  return wording;
}

Wording Wording::all(std::vector<Wording> values) {
  Wording wording;
  wording.kind_ = Kind::All;
  wording.values_ = std::move(values);
  return wording;
}

Wording Wording::either(std::vector<Wording> values) {
  Wording wording = all(std::move(values));
  wording.kind_ = Kind::Either;
  return wording;
}

Wording Wording::act(std::string name, std::string past) {
  Wording wording(std::move(past));
  wording.kind_ = Kind::Act;
  wording.name_ = std::move(name);
  return wording;
}

Wording Wording::moment(base::Instant at, std::string english) {
  Wording wording(std::move(english));
  wording.kind_ = Kind::Moment;
  wording.when_ = {at, at};
  return wording;
}

Wording Wording::range(base::TimeRange when, std::string english) {
  Wording wording(std::move(english));
  wording.kind_ = Kind::Range;
  wording.when_ = when;
  return wording;
}

Wording Wording::length(base::Duration length, std::string english) {
  Wording wording(std::move(english));
  wording.kind_ = Kind::Length;
  wording.when_.to = wording.when_.from + length;
  return wording;
}

bool Wording::empty() const { return text_.empty() && pattern_.empty() && values_.empty(); }

void Wording::add_to(std::string& english) const {
  if (kind_ == Kind::All || kind_ == Kind::Either) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const bool is_last = i + 1 == values_.size();
      english += i == 0 ? "" : !is_last ? ", " : kind_ == Kind::All ? " and " : " or ";
      values_[i].add_to(english);
    }
    return;
  }
  if (kind_ != Kind::Phrase) {
    english += text_;
    return;
  }
  std::string_view left = pattern_;
  for (const Wording& value : values_) {
    const std::size_t at = left.find("{}");
    TRUCE_CHECK(at != std::string_view::npos, "a pattern has a place for each value");
    english += left.substr(0, at);
    value.add_to(english);
    left.remove_prefix(at + 2);
  }
  english += left;
}

Wording Wording::capitalised() && {
  is_capitalised_ = true;
  return std::move(*this);
}

std::string Wording::english() const {
  std::string text;
  add_to(text);
  if (is_capitalised_ && !text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::vector<std::string> english_of(const std::vector<Wording>& all) {
  std::vector<std::string> texts;
  texts.reserve(all.size());
  for (const Wording& one : all) {
    texts.push_back(one.english());
  }
  return texts;
}

}  // namespace truce::facts
