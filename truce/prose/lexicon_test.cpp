// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/lexicon.h"

#include <optional>
#include <string>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/agreement/embedded.h"
#include "truce/prose/internal/parts.h"
#include "truce/prose/internal/words.h"

namespace truce::prose {
namespace {

using internal::Maker;

std::string mistake(std::string_view text) {
  const auto read = Lexicon::read("x.lexicon", text);
  return read.has_value() ? "" : read.error().message;
}

Lexicon lexicon(std::string_view text) {
  auto read = Lexicon::read("x.lexicon", text);
  EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().message);
  return read ? std::move(read).value() : Lexicon();
}

std::string told(const internal::Part& part, const Lexicon& lexicon, const Features& request = {}) {
  return to_plain(internal::realise(part.make(request, {}), lexicon, false));
}

TEST(Lexicon, EveryLanguageOfTheProgramHasEveryEntry) {
  const auto vocabulary = agreement::read_embedded_vocabulary(agreement::kCeasefire1);
  ASSERT_TRUE(vocabulary.has_value());
  for (const std::string& language : embedded_languages()) {
    const Lexicon read = lexicon(embedded_lexicon(language));
    EXPECT_EQ(read.language(), language);
    EXPECT_EQ(read.missing(*vocabulary), std::vector<std::string>()) << language;
  }
}

TEST(Lexicon, SaysWhatIsMissing) {
  const agreement::Vocabulary empty;
  const std::vector<std::string> missing = lexicon("set language = xx\n").missing(empty);
  EXPECT_NE(std::find(missing.begin(), missing.end(), "phrase clause.duty"), missing.end());
  EXPECT_NE(std::find(missing.begin(), missing.end(), "unit hour"), missing.end());
  EXPECT_EQ(std::find(missing.begin(), missing.end(), "set language"), missing.end());
}

TEST(Lexicon, AnAgreementNeedsTheWordsItUses) {
  const agreement::Agreement text =
      testing::agreement_of(testing::northland("situations Storm = South keeps Tanks.\n",
                                               "1.1 North shall hand over Maps to South; upon "
                                               "report of Attacks; consequence none stated.\n"));
  const std::vector<std::string> missing = Lexicon().missing(text);
  for (const char* needed :
       {"verb hand over", "verb keep", "kind Maps", "kind Attacks", "kind Tanks"}) {
    EXPECT_NE(std::find(missing.begin(), missing.end(), needed), missing.end()) << needed;
  }
  EXPECT_EQ(std::find(missing.begin(), missing.end(), "kind Hostages"), missing.end());
}

TEST(Lexicon, MistakesNameTheirLine) {
  EXPECT_EQ(mistake("\nnonsense\n"), "x.lexicon:2: an entry is written `section key = value`");
  EXPECT_EQ(mistake("colour red = rouge"), "x.lexicon:1: there is no section `colour`");
  EXPECT_EQ(mistake("phrase clause.dutty = x"), "x.lexicon:1: there is no phrase `clause.dutty`");
  EXPECT_EQ(mistake("phrase clause.duty = {subjekt}"),
            "x.lexicon:1: `phrase clause.duty` has no slot `subjekt`");
  EXPECT_EQ(mistake("phrase clause.duty = {act} {act}"),
            "x.lexicon:1: `act` stands twice in one form");
  EXPECT_EQ(mistake("phrase clause.duty = {subject?{act}|pl: {act} x}"), "");
  EXPECT_EQ(mistake("phrase clause.duty = {subject"), "x.lexicon:1: `{` is not closed");
  EXPECT_EQ(mistake("phrase clause.duty = subject}"), "x.lexicon:1: `}` closes nothing");
  EXPECT_EQ(mistake("kind Tanks = chars | char"),
            "x.lexicon:1: a form behind `|` begins with when it stands, such as `pl:`");
  EXPECT_EQ(mistake("join de = du"), "x.lexicon:1: `join` is of two words");
  EXPECT_EQ(mistake("kind A = \xFF"), "x.lexicon is not UTF-8; save it in that encoding");
}

TEST(Lexicon, PluralRulesOfManyLanguages) {
  const Lexicon russian = lexicon(
      "plural one = n%10 is 1 and n%100 not is 11\n"
      "plural few = n%10 from 2 to 4 and n%100 not from 12 to 14\n"
      "plural many = n%10 is 0 or n%10 from 5 to 9 or n%100 from 11 to 14\n");
  EXPECT_EQ(russian.plural_of(1), "one");
  EXPECT_EQ(russian.plural_of(11), "many");
  EXPECT_EQ(russian.plural_of(21), "one");
  EXPECT_EQ(russian.plural_of(3), "few");
  EXPECT_EQ(russian.plural_of(13), "many");
  EXPECT_EQ(russian.plural_of(48), "many");
  EXPECT_EQ(russian.plural_of(3.5), "other");
  const Lexicon french = lexicon("plural one = i from 0 to 1\n");
  EXPECT_EQ(french.plural_of(1.5), "one");
  EXPECT_EQ(french.plural_of(2), "other");
}

TEST(Lexicon, WordsAgreeByFeaturesAlone) {
  // A case of a noun and a dual without its number: nothing but data.
  const Lexicon arabic = lexicon(
      "set group = ,\nset decimal = .\nplural one = n is 1\nplural two = n is 2\n"
      "plural few = n%100 from 3 to 10\n"
      "unit hour (f) = {n} ساعة | one: ساعة واحدة | two: ساعتان | two gen: ساعتين | few: {n} "
      "ساعات\n"
      "phrase for = لمدة {period|gen}\n");
  const Maker maker(arabic);
  EXPECT_EQ(told(maker.count("hour", 1), arabic), "ساعة واحدة");
  EXPECT_EQ(told(maker.count("hour", 2), arabic), "ساعتان");
  EXPECT_EQ(told(maker.count("hour", 6), arabic), "6 ساعات");
  EXPECT_EQ(told(maker.count("hour", 48), arabic), "48 ساعة");
  EXPECT_EQ(told(maker.phrase("for", {{"period", maker.count("hour", 2)}}), arabic), "لمدة ساعتين");
}

TEST(Lexicon, CasesAndGendersAreFeatures) {
  const Lexicon russian = lexicon(
      "phrase upon.notice = по уведомлению {agents|gen}\n"
      "phrase list.and = {a} и {b}\n"
      "phrase ensured = {agents} {agents?обеспечило|m: обеспечил|f: обеспечила|pl: обеспечили} "
      "это\n"
      "name Government (n sg) = Правительство | gen: Правительства\n"
      "name Opposition (f sg) = Оппозиция | gen: Оппозиции\n");
  Maker maker(russian);
  const auto government = maker.name("Government", {"name"});
  const auto opposition = maker.name("Opposition", {"name"});
  const auto both = maker.list({government, opposition}, "list.and");
  EXPECT_EQ(told(maker.phrase("upon.notice", {{"agents", both}}), russian),
            "по уведомлению Правительства и Оппозиции");
  EXPECT_EQ(told(maker.phrase("ensured", {{"agents", government}}), russian),
            "Правительство обеспечило это");
  EXPECT_EQ(told(maker.phrase("ensured", {{"agents", opposition}}), russian),
            "Оппозиция обеспечила это");
  EXPECT_EQ(told(maker.phrase("ensured", {{"agents", both}}), russian),
            "Правительство и Оппозиция обеспечили это");
}

TEST(Lexicon, FrenchContractsAndCutsItsOwnWordsOnly) {
  const Lexicon french = lexicon(embedded_lexicon("fr"));
  Lexicon terms = french;
  ASSERT_TRUE(terms
                  .add("t",
                       "name G (m sg art) = Gouvernement\nname O (f sg art) = Opposition\n"
                       "name U (m pl art) = États-Unis\nname H (f sg art) = *Haute Autorité\n"
                       "name S (f sg art) = Syrie | loc!: en Syrie\n")
                  .has_value());
  Maker maker(terms);
  const auto of = [&](const char* name) {
    return told(maker.phrase("upon.notice", {{"agents", maker.name(name, {"name"})}}), terms);
  };
  EXPECT_EQ(of("G"), "sur notification du Gouvernement");
  EXPECT_EQ(of("O"), "sur notification de l’Opposition");
  EXPECT_EQ(of("U"), "sur notification des États-Unis");
  EXPECT_EQ(of("H"), "sur notification de la Haute Autorité");
  EXPECT_EQ(of("les Autres"), "sur notification de les Autres");
  const auto both = maker.list({maker.name("G", {"name"}), maker.name("U", {"name"})}, "list.and");
  EXPECT_EQ(told(maker.phrase("upon.notice", {{"agents", both}}), terms),
            "sur notification du Gouvernement et des États-Unis");
  EXPECT_EQ(told(maker.phrase("in", {{"places", maker.name("S", {"name"})}}), terms), "en Syrie");
  EXPECT_EQ(told(maker.phrase("monitored", {{"agents", both}}), terms),
            "le Gouvernement et les États-Unis contrôlent le respect de ces dispositions");
  EXPECT_EQ(maker.untranslated(), std::set<std::string>{"les Autres"});
}

TEST(Lexicon, NumbersAreWrittenAsTheLanguageDoes) {
  const Lexicon english = lexicon(embedded_lexicon("en"));
  const Lexicon french = lexicon(embedded_lexicon("fr"));
  EXPECT_EQ(Maker(english).digits(3500), "3,500");
  EXPECT_EQ(Maker(french).digits(3500), "3\u202f500");
  EXPECT_EQ(Maker(french).digits(1234567.25), "1\u202f234\u202f567,25");
  EXPECT_EQ(told(Maker(english).distance({3500}), english), "3,500 metres");
  EXPECT_EQ(told(Maker(english).distance({25000}), english), "25 kilometres");
  EXPECT_EQ(told(Maker(french).distance({1000}), french), "un kilomètre");
  EXPECT_EQ(told(Maker(french).period({.seconds = 5400}), french), "une heure et 30 minutes");
  EXPECT_EQ(told(Maker(english).date({2016, 9, 1}), english), "1 September 2016");
  EXPECT_EQ(told(Maker(french).date({2016, 9, 1}), french), "1er septembre 2016");
}

TEST(Lexicon, AlternativesShareWhatTheyBeginAndEndWith) {
  const auto words = [](std::initializer_list<const char*> all) {
    internal::Words made;
    for (const char* word : all) {
      made.push_back(internal::name_word(word));
    }
    return made;
  };
  const Lexicon empty;
  const auto text = [&](const internal::Words& made) {
    return to_plain(internal::realise(made, empty, false));
  };
  const internal::Words none = words({"no", "text"});
  EXPECT_EQ(
      text(internal::disputed(
          {{"A", words({"for", "24", "hours"})}, {"B", words({"for", "48", "hours"})}}, none)),
      "for [24]^A [48]^B hours");
  EXPECT_EQ(text(internal::disputed({{"A", words({"x", "x"})}, {"B", words({"x"})}}, none)),
            "x [x]^A [no text]^B");
  EXPECT_EQ(text(internal::disputed({{"A", {}}, {"B", words({"x"})}}, none)), "[no text]^A [x]^B");
}

}  // namespace
}  // namespace truce::prose
