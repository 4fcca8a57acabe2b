// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/compare_property.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/random_agreements.h"
#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/comparison/compare.h"
#include "truce/facts/verdict.h"
#include "truce/semantics/evaluate.h"

namespace truce::testing {
namespace {

// Every place where the words stand.
std::vector<std::size_t> places_of(const std::string& text, const std::string& words) {
  std::vector<std::size_t> places;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
    places.push_back(at);
  }
  return places;
}

bool replace_one(std::string& text, const std::string& words, const std::string& by, Dice& dice) {
  const auto places = places_of(text, words);
  if (places.empty()) {
    return false;
  }
  text.replace(places[dice.below(places.size())], words.size(), by);
  return true;
}

// Edits of which most change something.
std::string edited(std::string text, Dice& dice) {
  static const std::vector<std::pair<std::string, std::string>> kEdits = {
      {"Civilians", "Convoys"},
      {"Convoys", "Civilians"},
      {"North", "South"},
      {"each Party", "North"},
      {"North", "each Party"},
      {"Tanks", "Artillery"},
      {"until D + ", "until D + 1 hour + "},
      {"from D + ", "from D + 2 hours + "},
      {"within ", "within 2 hours + "},
      {"not later than D + ", "not later than D + 1 day + "},
      {"; except in Self Defence", ""},
      {"; except against Outlaws", ""},
      {"; in Country", ""},
      {"; in Country", "; in Road"},
      {"shall not", "shall"},
      {"shall ", "may "},
      {"may ", "shall not "},
      {"48 hours", "2 days"},
      {"24 hours", "48 hours"},
      {"fulfilment", "breach"},
      {"each Party", "North and South each"},
      {"ensured by Aland", "ensured by Borland"},
      {"with Weapons", ""},
      {"another Party", "Parties"},
  };
  for (int tries = 0; tries < 30; ++tries) {
    const auto& [words, by] = kEdits[dice.below(kEdits.size())];
    std::string other = text;
    if (replace_one(other, words, by, dice)) {
      return other;
    }
  }
  return text;
}

std::string verdicts_on(const agreement::Agreement& agreement, const Record& record) {
  const facts::Evidence evidence = record.on(agreement);
  const facts::Verdicts verdicts = semantics::evaluate(agreement, evidence);
  std::string text;
  for (const std::string& line : facts::canonical_lines(agreement, evidence, verdicts)) {
    text += line + "\n";
  }
  return text;
}

}  // namespace

agreement::Agreement resolved_like(const agreement::Agreement& other, const std::string& text,
                                   std::string& complaints) {
  const bool is_drawn = other.places[0].region != nullptr;
  return agreement_of(text, &complaints, is_drawn ? northland_annexes() : agreement::AnnexFiles{});
}

namespace {

// Whether both texts judge some random records alike.
bool are_alike(const agreement::Agreement& one, const agreement::Agreement& other,
               std::uint64_t seed) {
  bool is_alike = true;
  for (std::uint64_t more = 0; more < 4; ++more) {
    const RandomTruce truce = random_truce(seed + more * 1000);
    is_alike = is_alike && verdicts_on(one, truce.record) == verdicts_on(other, truce.record);
  }
  return is_alike;
}

void expect_differences(const comparison::Comparison& comparison, const std::string& text) {
  for (const comparison::Change& change : comparison.changes) {
    EXPECT_NE(change.under_old, change.under_new) << text;
    EXPECT_FALSE(change.example.empty());
  }
}

}  // namespace

Compared compare_edited(std::uint64_t first, std::uint64_t end) {
  Compared counts;
  for (std::uint64_t seed = first; seed < end; ++seed) {
    const RandomTruce truce = random_truce(seed);
    Dice dice(seed + 7);
    const std::string text = edited(truce.text, dice);
    std::string complaints;
    const auto other = resolved_like(truce.agreement, text, complaints);
    if (!complaints.empty() || text == truce.text) {
      continue;
    }
    const comparison::Comparison comparison = comparison::compare(truce.agreement, other);
    const bool is_same = comparison.answer == comparison::Answer::Same;
    const bool is_alike = are_alike(truce.agreement, other, seed);
    EXPECT_TRUE(is_alike || !is_same) << "seed " << seed << "\n" << truce.text << "\n" << text;
    counts.same += is_same ? 1 : 0;
    counts.changed += comparison.changes.empty() ? 0 : 1;
    counts.missed += !is_alike && comparison.changes.empty() ? 1 : 0;
    expect_differences(comparison, text);
  }
  return counts;
}

}  // namespace truce::testing
