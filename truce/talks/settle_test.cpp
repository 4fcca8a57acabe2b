// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/settle.h"

#include <gtest/gtest.h>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/language/format.h"
#include "truce/language/parse.h"
#include "truce/talks/position.h"

namespace truce::talks {
namespace {

const std::string kHead = R"(truce "Valley";
  of 2030-01-01;
  clock Local at UTC+02:00;
  days of 24 hours;
  languages en;
  vocabulary "truce/ceasefire-1".

parties
  North;
  South.

moments
  D = 2030-02-01 04:00.

)";

// The clauses of the draft with the options of a package, one for each bracket in order.
std::string settled(const std::string& clauses, const packages::Package& package) {
  diagnostics::Sink sink;
  const auto tree = language::parse(base::SourceText("draft", kHead + clauses), 0, sink);
  const auto draft = agreement::from_syntax(
      {&tree},
      {.vocabulary = *agreement::read_embedded_vocabulary(agreement::kCeasefire1), .annexes = {}},
      sink);
  EXPECT_FALSE(sink.has_errors());
  const auto text = settle(tree, draft, reading_of(issues_of(draft), package));
  if (!text) {
    return text.error().message;
  }
  EXPECT_TRUE(text->starts_with(kHead));
  return text->substr(std::min(text->size(), kHead.size()));
}

constexpr const char* kClauses = R"(-- Still open.
1.1 each Party shall not attack Civilians with Weapons;
  from D;
  for [North: 48 hours | South: 72 hours]; -- how long
  [North: monitored by South -- asked for in May
   | South: none]; consequence none stated.
)";

TEST(Settle, TakesTheWordsOfTheAlternativeAndKeepsComments) {
  EXPECT_EQ(settled(kClauses, {1, 0}), R"(-- Still open.
1.1 each Party shall not attack Civilians with Weapons;
      from D;
      for 72 hours; -- how long
      -- asked for in May
      monitored by South;
      consequence none stated.
)");
}

TEST(Settle, NoneLeavesTheParticularOutWithItsSemicolon) {
  const std::string text = settled(kClauses, {0, 1});
  EXPECT_NE(text.find("for 48 hours"), std::string::npos) << text;
  EXPECT_EQ(text.find("monitored"), std::string::npos) << text;
  EXPECT_NE(text.find("-- how long"), std::string::npos) << text;
  EXPECT_NE(text.find("-- asked for in May"), std::string::npos) << text;
  EXPECT_EQ(text.find('['), std::string::npos) << text;
  EXPECT_NE(text.find("consequence none stated.\n"), std::string::npos) << text;
}

TEST(Settle, SaysWhereNoneCannotStand) {
  const std::string text = settled(
      "1.1 each Party shall not attack [North: Civilians | South: none] with Weapons; from D; "
      "in [North: Valley | South: none]; consequence none stated.\n",
      {0, 1});
  EXPECT_NE(text.find("`none` cannot stand there"), std::string::npos) << text;
}

}  // namespace
}  // namespace truce::talks
