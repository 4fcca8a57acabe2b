// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/verdict.h"

#include <string>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/crypto/sha256.h"
#include "truce/facts/match.h"
#include "truce/semantics/evaluate.h"

namespace truce::facts {
namespace {

TEST(Combine, FollowsTheRuleAcrossAccounts) {
  EXPECT_EQ(combine({Opinion::Broken}), Outcome::Broken);
  EXPECT_EQ(combine({Opinion::Broken, Opinion::Kept}), Outcome::Contested);
  EXPECT_EQ(combine({Opinion::Unknown, Opinion::Broken, Opinion::Kept}), Outcome::Contested);
  EXPECT_EQ(combine({Opinion::Broken, Opinion::Unknown}), Outcome::Unknown);
  EXPECT_EQ(combine({Opinion::Kept, Opinion::Unknown}), Outcome::Unknown);
  EXPECT_EQ(combine({Opinion::Kept, Opinion::Kept}), Outcome::Kept);
}

TEST(Truth, IsKleenes) {
  EXPECT_EQ(Truth::Yes && Truth::Maybe, Truth::Maybe);
  EXPECT_EQ(Truth::No && Truth::Maybe, Truth::No);
  EXPECT_EQ(Truth::Yes || Truth::Maybe, Truth::Yes);
  EXPECT_EQ(Truth::No || Truth::Maybe, Truth::Maybe);
  EXPECT_EQ(!Truth::Maybe, Truth::Maybe);
  EXPECT_EQ(!Truth::Yes, Truth::No);
}

TEST(CanonicalLines, NameClauseBearerIncidentTimeVerdictAccountsAndBlame) {
  const agreement::Agreement agreement =
      testing::agreement_of(testing::northland("",
                                               "1.1 each Party shall not attack Civilians; ensured "
                                               "by its Guarantor; consequence none stated."));
  const testing::Record record(
      "e,B,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,North,Civilians,,,\n"
      "e,A,2030-01-01T09:00Z,2030-01-01T11:00Z,attack,North,Civilians,,,\n");
  const Evidence evidence = record.on(agreement);
  const Verdicts verdicts = semantics::evaluate(agreement, evidence);
  const std::string line =
      "1.1\tNorth\te\t2030-01-01T09:00:00Z\tbroken\tA=broken,B=broken\tAland,North";
  EXPECT_EQ(canonical_lines(agreement, evidence, verdicts), std::vector{line});
  EXPECT_EQ(digest(agreement, evidence, verdicts), crypto::sha256_hex(line + "\n"));
}

TEST(CanonicalLines, LeaveOutATimeThatIsNoMoment) {
  const agreement::Agreement agreement = testing::agreement_of(testing::northland(
      "", "1.1 each Party shall not attack Civilians; consequence none stated."));
  Verdicts verdicts;
  verdicts.verdicts.resize(1);
  verdicts.verdicts[0].clause = *agreement.find_clause("1.1");
  for (const base::Instant end : {base::kBeforeTime, base::kAfterTime}) {
    verdicts.verdicts[0].at = end;
    EXPECT_EQ(canonical_lines(agreement, {}, verdicts),
              std::vector<std::string>{"1.1\t\t\t\tunknown\t\t"});
  }
}

TEST(MatchKind, LooksUpDownAndAcrossTests) {
  const agreement::Agreement agreement = testing::agreement_of(
      testing::northland("things Big Guns = Artillery with calibre at least 100 mm;\n"
                         "  Great Guns = Artillery with calibre above 150 mm;\n"
                         "  Small Guns = Artillery with calibre below 100 mm;\n"
                         "  Arsenal = Tanks, Big Guns.",
                         "1.1 each Party shall not attack Civilians; consequence none stated."));
  const auto kind = [&](std::string_view name) { return *agreement.vocabulary.find_kind(name); };
  const auto is = [&](std::string_view one, std::string_view other) {
    return match_kind(agreement, kind(one), kind(other));
  };
  EXPECT_EQ(is("Tanks", "Weapons"), Truth::Yes);
  EXPECT_EQ(is("Weapons", "Tanks"), Truth::Maybe);
  EXPECT_EQ(is("Tanks", "Civilians"), Truth::No);
  EXPECT_EQ(is("Artillery", "Big Guns"), Truth::Maybe);
  EXPECT_EQ(is("Great Guns", "Big Guns"), Truth::Yes);
  EXPECT_EQ(is("Small Guns", "Big Guns"), Truth::No);
  EXPECT_EQ(is("Great Guns", "Arsenal"), Truth::Yes);
  EXPECT_EQ(is("Small Guns", "Arsenal"), Truth::No);
  EXPECT_EQ(is("Artillery", "Arsenal"), Truth::Maybe);
}

}  // namespace
}  // namespace truce::facts
