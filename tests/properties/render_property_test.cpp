// SPDX-License-Identifier: Apache-2.0
// Rendering never fails and drops nothing on random agreements, in every language of the program.
#include <string>
#include <vector>

#include "tests/support/effort.h"
#include "tests/support/random_agreements.h"
#include <gtest/gtest.h>

#include "truce/base/utf8.h"
#include "truce/document/treaty.h"
#include "truce/prose/lexicon.h"
#include "truce/prose/prose.h"

namespace truce {
namespace {

constexpr std::uint64_t kSeeds = testing::cases(400);

std::vector<prose::Lexicon> lexicons() {
  std::vector<prose::Lexicon> all;
  for (const std::string& language : prose::embedded_languages()) {
    all.push_back(prose::Lexicon::read(language, prose::embedded_lexicon(language)).value());
  }
  return all;
}

document::Treaty treaty(const testing::RandomTruce& random,
                        const std::vector<const prose::Lexicon*>& languages) {
  document::Treaty made;
  made.agreement = &random.agreement;
  made.lexicons = languages;
  made.texts = {random.text};
  return made;
}

// How often `word` stands in `text`.
std::size_t count(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++found;
  }
  return found;
}

TEST(RenderProperty, EveryClauseIsToldInEveryLanguage) {
  const std::vector<prose::Lexicon> languages = lexicons();
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const testing::RandomTruce random = testing::random_truce(seed);
    for (const prose::Lexicon& language : languages) {
      const document::Treaty made = treaty(random, {&language});
      const std::string text = document::treaty_text(made);
      ASSERT_EQ(base::first_invalid_utf8(text), text.size()) << random.text;
      // Nothing of a template is left.
      ASSERT_EQ(text.find_first_of("{}"), std::string::npos) << text;
      for (const agreement::Clause& clause : random.agreement.clauses) {
        ASSERT_NE(text.find("\n" + clause.number + "  "), std::string::npos)
            << clause.number << " is lost\n"
            << random.text;
      }
      ASSERT_EQ(document::treaty_text(made), text);
    }
  }
}

// What is counted is in the text once for each particular of that kind.
TEST(RenderProperty, NoParticularIsDropped) {
  const std::vector<prose::Lexicon> languages = lexicons();
  const prose::Lexicon& english = languages.front();
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const testing::RandomTruce random = testing::random_truce(seed);
    prose::Prose prose(random.agreement, english, {random.text});
    for (std::uint32_t i = 0; i < random.agreement.clauses.size(); ++i) {
      const agreement::Clause& clause = random.agreement.clauses[i];
      const prose::Paragraph paragraph = prose.clause(agreement::ClauseId{i});
      const std::string own = prose::to_plain(paragraph.sentence);
      std::string text = own;
      for (const auto* parts : {&paragraph.items, &paragraph.more}) {
        for (const prose::Text& part : *parts) {
          text += " " + prose::to_plain(part);
        }
      }
      const std::string all = text + "\n" + random.text;
      ASSERT_EQ(count(text, "shall ensure"), clause.find_all<agreement::Ensured>().size()) << all;
      ASSERT_EQ(count(text, "determine any breach"),
                clause.find_all<agreement::Determined>().size())
          << all;
      ASSERT_EQ(count(text, "may be renewed"), clause.find_all<agreement::Renewable>().size())
          << all;
      ASSERT_EQ(count(own, ", until "), clause.find_all<agreement::Until>().size()) << all;
      ASSERT_EQ(count(own, ", for "), clause.find_all<agreement::For>().size()) << all;
      ASSERT_EQ(count(text, "arise together"), clause.find_all<agreement::Reciprocally>().size())
          << all;
      ASSERT_EQ(paragraph.items.size() > 0, clause.form == agreement::Form::Phases ||
                                                clause.find_all<agreement::Exception>().size() > 1)
          << all;
    }
  }
}

TEST(RenderProperty, TwoLanguagesStandSideBySide) {
  const std::vector<prose::Lexicon> languages = lexicons();
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const testing::RandomTruce random = testing::random_truce(seed);
    const std::string page = document::treaty_html(treaty(random, {&languages[0], &languages[1]}));
    ASSERT_EQ(count(page, "<div lang=\"en\""), count(page, "<div lang=\"fr\"")) << random.text;
  }
}

}  // namespace
}  // namespace truce
