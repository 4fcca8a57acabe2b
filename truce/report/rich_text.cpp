// SPDX-License-Identifier: Apache-2.0
#include "truce/report/rich_text.h"

#include <fmt/format.h>

namespace truce::report {
namespace {

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    const bool is_plain = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                          (letter >= 'a' && letter <= 'z') || letter == '-' || letter == '_' ||
                          letter == '.' || letter == '~';
    out += is_plain ? std::string(1, letter)
                    : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return out;
}

}  // namespace

RichText RichText::linked(std::string text, std::string link) {
  RichText rich;
  rich.pieces_.push_back({std::move(text), std::move(link)});
  return rich;
}

RichText& RichText::add(std::string text) {
  if (text.empty()) {
    return *this;
  }
  if (!pieces_.empty() && pieces_.back().link.empty()) {
    pieces_.back().text += text;
  } else {
    pieces_.push_back({std::move(text), ""});
  }
  return *this;
}

RichText& RichText::add(const RichText& other) {
  for (const Piece& piece : other.pieces_) {
    if (piece.link.empty()) {
      add(piece.text);
    } else {
      pieces_.push_back(piece);
    }
  }
  return *this;
}

std::string RichText::plain() const {
  std::string out;
  for (const Piece& piece : pieces_) {
    out += piece.text;
  }
  return out;
}

RichText fill(const Words& words, std::string_view key, RichValues values) {
  const std::string& pattern = words(key);
  RichText out;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) {
      break;
    }
    out.add(pattern.substr(at, open - at));
    const std::string_view name = std::string_view(pattern).substr(open + 1, close - open - 1);
    for (const auto& [value_name, value] : values) {
      if (value_name == name) {
        out.add(value);
      }
    }
    at = close + 1;
  }
  return at < pattern.size() ? out.add(pattern.substr(at)) : out;
}

RichText count(const Words& words, std::string_view key, std::uint64_t number, RichValues values) {
  return fill(words, std::string(key) + (number == 1 ? ".one" : ".many"), values);
}

RichText list_of(const Words& words, const std::vector<RichText>& items) {
  RichText out;
  for (std::size_t index = 0; index < items.size(); ++index) {
    if (index > 0) {
      out.add(index + 1 == items.size() ? " " + words("list.and") + " " : std::string(", "));
    }
    out.add(items[index]);
  }
  return out;
}

RichText paragraph(const std::vector<RichText>& sentences) {
  RichText out;
  for (const RichText& sentence : sentences) {
    out.add(out.empty() ? "" : " ").add(sentence);
  }
  return out;
}

std::string choice_link(
    std::initializer_list<std::pair<std::string_view, std::string_view>> choice) {
  std::string link;
  for (const auto& [key, value] : choice) {
    link += (link.empty() ? "" : "&") + std::string(key) + "=" + percent_encoded(value);
  }
  return link;
}

std::string incident_link(const Record& record, facts::IncidentId incident) {
  return choice_link({{"incident", record.evidence.incidents[incident.index].id}});
}

}  // namespace truce::report
