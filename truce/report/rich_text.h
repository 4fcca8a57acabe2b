// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/report/record.h"
#include "truce/report/words.h"

namespace truce::report {

/// A sentence some of whose words lead elsewhere in the page.
class RichText {
 public:
  struct Piece {
    std::string text;
    // A fragment of the page; empty: the words lead nowhere.
    std::string link;

    friend bool operator==(const Piece&, const Piece&) = default;
  };

  RichText() = default;
  RichText(std::string text) { add(std::move(text)); }
  static RichText linked(std::string text, std::string link);

  RichText& add(std::string text);
  RichText& add(const RichText& other);
  [[nodiscard]] bool empty() const { return pieces_.empty(); }
  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }
  /// The words alone.
  [[nodiscard]] std::string plain() const;

 private:
  std::vector<Piece> pieces_;
};

using RichValues = std::initializer_list<std::pair<std::string_view, RichText>>;

/// The words of `key` with each `{name}` replaced.
RichText fill(const Words& words, std::string_view key, RichValues values);
/// `key.one` for 1, else `key.many`; `n` is the number.
RichText count(const Words& words, std::string_view key, std::uint64_t number, RichValues values);
/// `A, B and C`.
RichText list_of(const Words& words, const std::vector<RichText>& items);
/// The sentences with a space between them.
RichText paragraph(const std::vector<RichText>& sentences);

/// A fragment that chooses what the page shows: `verdict=broken&by=North`, values percent-encoded.
std::string choice_link(
    std::initializer_list<std::pair<std::string_view, std::string_view>> choice);
/// The fragment that opens an incident.
std::string incident_link(const Record& record, facts::IncidentId incident);

}  // namespace truce::report
