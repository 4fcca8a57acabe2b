// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/prose.h"

#include <map>
#include <string>
#include <vector>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/language/syntax_tree.h"

namespace truce::prose {
namespace {

Lexicon lexicon(std::string_view language) {
  return Lexicon::read(language, embedded_lexicon(language)).value();
}

std::string joined(const Paragraph& paragraph) {
  std::string all = to_plain(paragraph.sentence);
  for (const Text& item : paragraph.items) {
    all += " (" + to_plain(item) + ")";
  }
  for (const Text& sentence : paragraph.more) {
    all += " " + to_plain(sentence);
  }
  return all;
}

std::string told(const std::string& definitions, const std::string& clause,
                 std::string_view language = "en") {
  std::string complaints;
  const agreement::Agreement text =
      testing::agreement_of(testing::northland(definitions, clause), &complaints);
  EXPECT_EQ(complaints, "");
  const Lexicon words = lexicon(language);
  Prose prose(text, words);
  return joined(prose.clause(text.find_clause("1.1").value()));
}

// One clause for each particular of the grammar, and a word of it that must come out. `note` and
// `text` are the document's to decide on; a bracket holds the others.
TEST(Prose, NoParticularIsDropped) {
  const std::map<std::string, std::pair<std::string, std::string>> samples = {
      {"in-place", {"in Strip", "in Strip"}},
      {"from", {"from 2031-05-07", "from 7 May 2031"}},
      {"until", {"until 2031-05-07", "until 7 May 2031"}},
      {"for", {"for 77 hours", "for 77 hours"}},
      {"deadline", {"not later than 2031-05-07", "not later than 7 May 2031"}},
      {"start", {"start not later than 2031-05-07", "beginning not later than 7 May 2031"}},
      {"finish", {"finish not later than 2031-05-07", "ending not later than 7 May 2031"}},
      {"interval", {"every 77 hours", "at intervals of 77 hours"}},
      {"if", {"if Storm holds", "If Storm holds"}},
      {"while", {"while Storm holds", "While Storm holds"}},
      {"unless", {"unless Storm holds", "Unless Storm holds"}},
      {"upon", {"upon breach of 1.2", "Upon breach of Article 1.2"}},
      {"whenever", {"whenever South requests Access", "Whenever South requests access"}},
      {"reciprocally", {"reciprocally with 1.2", "that under Article 1.2"}},
      {"despite", {"despite 1.2", "Notwithstanding Article 1.2"}},
      {"subject-to", {"subject to 1.2", "Subject to Article 1.2"}},
      {"exception", {"except for Checkpoints", "except for checkpoints"}},
      {"renewable", {"renewable for 77 hours by agreement of Aland and Borland", "renewed"}},
      {"monitored", {"monitored by Watch", "Watch shall monitor"}},
      {"determined", {"determined by Court", "Court shall determine"}},
      {"ensured", {"ensured by Aland", "Aland shall ensure"}},
      {"consequence", {"consequence 1.2", "Article 1.2 applies"}},
      {"surviving", {"surviving 1.2", "Article 1.2 survives"}},
      {"amending", {"amending 1.2", "takes the place of Article 1.2"}},
      {"notice", {"by notice of 77 hours", "notice of 77 hours"}},
      {"phase", {"phase North shall release Hostages", "release hostages"}},
  };
  for (int kind = static_cast<int>(language::NodeKind::InPlace);
       kind <= static_cast<int>(language::NodeKind::Phase); ++kind) {
    const std::string name(language::production_name(static_cast<language::NodeKind>(kind)));
    if (name == "condition" || name == "trigger" || name == "note" || name == "text") {
      continue;
    }
    const auto sample = samples.find(name);
    ASSERT_NE(sample, samples.end()) << "a particular without a sample: " << name;
    const auto& [written, wanted] = sample->second;
    const bool is_of_power = name == "surviving" || name == "notice";
    const std::string head = name == "phase" ? "1.1 reciprocal phases between North and South; "
                             : is_of_power   ? "1.1 North may terminate 1.3; "
                                             : "1.1 North shall release Prisoners; ";
    const std::string ending =
        name == "consequence" || is_of_power ? "" : "; consequence none stated";
    const std::string clause =
        head + written + ending +
        ".\n1.2 each Party shall not attack Civilians; consequence none stated.\n"
        "1.3 each Party shall not attack Markets; consequence none stated.\n";
    const std::string text = told("situations Storm = South keeps Weapons.\n", clause);
    EXPECT_NE(text.find(wanted), std::string::npos) << name << ": " << text;
    EXPECT_NE(told("situations Storm = South keeps Weapons.\n", clause, "fr"), "") << name;
  }
}

TEST(Prose, NobodyIsNotAnybody) {
  const agreement::Agreement text = testing::agreement_of(testing::northland(
      "situations Peace = no one attacks Civilians; War = anyone attacks Civilians.\n", ""));
  for (const auto& [language, nobody, anybody] :
       {std::tuple("en", "that no one attacks", "that anyone attacks"),
        std::tuple("fr", "où nul n’attaque", "où quiconque attaque")}) {
    const Lexicon words = lexicon(language);
    Prose prose(text, words);
    EXPECT_NE(to_plain(prose.situation(agreement::SituationId{0})).find(nobody), std::string::npos);
    EXPECT_NE(to_plain(prose.situation(agreement::SituationId{1})).find(anybody),
              std::string::npos);
  }
}

TEST(Prose, AndOrBetweenAgentsIsReadFromTheText) {
  const std::string source = testing::northland(
      "",
      "1.1 North shall release Prisoners; determined by Aland or Borland; consequence none "
      "stated.\n");
  const agreement::Agreement text = testing::agreement_of(source);
  const Lexicon words = lexicon("en");
  Prose prose(text, words, {source});
  EXPECT_NE(joined(prose.clause(text.find_clause("1.1").value())).find("Aland or Borland shall"),
            std::string::npos);
}

TEST(Prose, ProposersInHiddenClausesAreNotNamed) {
  const agreement::Agreement text = testing::agreement_of(testing::northland(
      "",
      "1.1 North shall release Prisoners; [North: within 1 day | South: within 2 days]; "
      "consequence none stated.\n"));
  const Lexicon words = lexicon("en");
  Prose prose(text, words);
  EXPECT_EQ(prose.proposers({}).size(), 2U);
  EXPECT_EQ(prose.proposers({text.find_clause("1.1").value()}).size(), 0U);
}

}  // namespace
}  // namespace truce::prose
