// SPDX-License-Identifier: Apache-2.0
#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/facts/match.h"

namespace truce::facts {
namespace {

using testing::northland;

// The first two rows as facts of a text with the annexes drawn, and how near they are.
Truth nearness(const std::string& one, const std::string& other, const std::string& words) {
  const std::string definitions = "situations Near = no one attacks " + words + ";\n";
  const agreement::Agreement agreement = testing::agreement_of(
      northland(definitions.substr(0, definitions.size() - 2) + ".\n",
                "1.1 North shall not attack South; consequence none stated.\n"),
      nullptr, testing::northland_annexes());
  const std::string row = ",A,2030-01-01,2030-01-01,attack,North,South,,";
  const testing::Record record("a" + row + one + "\nb" + row + other + "\n");
  const Evidence evidence = record.on(agreement);
  const auto& near = std::get<agreement::Occurrence>(agreement.situations[0].what).nearness;
  return is_near(agreement, evidence.facts[0], evidence.facts[1], near.value());
}

Truth in_same_place(const std::string& one, const std::string& other) {
  return nearness(one, other, "in the same place");
}

TEST(Nearness, TheSameWordIsTheSamePlaceAndAnotherIsNot) {
  EXPECT_EQ(in_same_place("Old  Town,,,", "old town,,,"), Truth::Yes);
  EXPECT_EQ(in_same_place("Old Town,,,", "New Town,,,"), Truth::No);
  // The word decides, whatever the points are.
  EXPECT_EQ(in_same_place("Old Town,,50,10,0", "Old Town,,51,10,0"), Truth::Yes);
}

TEST(Nearness, DeclaredPlacesAreTheSameApartOrPerhapsTheSame) {
  EXPECT_EQ(in_same_place("Strip,,,", "strip,,,"), Truth::Yes);
  EXPECT_EQ(in_same_place("Strip,,,", "Belt,,,"), Truth::Maybe);
  EXPECT_EQ(in_same_place("Strip,,,", "Old Town,,,"), Truth::Maybe);
}

TEST(Nearness, WithoutWordsPointsAndDiscsDecide) {
  EXPECT_EQ(in_same_place(",,50,10,0", ",,50,10,0"), Truth::Yes);
  EXPECT_EQ(in_same_place(",,50,10,0", ",,50,10.00001,0"), Truth::No);
  EXPECT_EQ(in_same_place(",,50,10,5000", ",,50,10,5000"), Truth::Maybe);
  EXPECT_EQ(in_same_place(",,50,10,5000", ",,51,10,5000"), Truth::No);
  EXPECT_EQ(in_same_place(",,50,10,0", ",,,"), Truth::Maybe);
  EXPECT_EQ(in_same_place(",,,", ",,,"), Truth::Maybe);
}

TEST(Nearness, WithinADistanceCountsTheDoubtOfBoth) {
  // About 11.1 km apart.
  EXPECT_EQ(nearness(",,50,10,0", ",,50.1,10,0", "within 12 km"), Truth::Yes);
  EXPECT_EQ(nearness(",,50,10,0", ",,50.1,10,0", "within 11 km"), Truth::No);
  EXPECT_EQ(nearness(",,50,10,500", ",,50.1,10,500", "within 12 km"), Truth::Maybe);
  EXPECT_EQ(nearness("Old Town,,,", "Old Town,,,", "within 12 km"), Truth::Maybe);
}

TEST(Nearness, KeysAreTheSameAnotherOrPerhapsTheSame) {
  EXPECT_EQ(is_same_key(std::string("7"), "7"), Truth::Yes);
  EXPECT_EQ(is_same_key(std::string("7"), "8"), Truth::No);
  EXPECT_EQ(is_same_key(std::string("7"), ""), Truth::Maybe);
  EXPECT_EQ(is_same_key(std::string(), ""), Truth::Yes);
  EXPECT_EQ(is_same_key(std::vector<std::string>{"7", "8"}, "7"), Truth::Maybe);
}

}  // namespace
}  // namespace truce::facts
