// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/test_support.h"

namespace truce::agreement {
namespace {

bool is_kind(const Vocabulary& vocabulary, std::string_view kind, std::string_view other) {
  return vocabulary.is_kind_of(vocabulary.find_kind(kind).value(),
                               vocabulary.find_kind(other).value());
}

TEST(Vocabulary, KindsAreReflexiveAndTransitive) {
  const Vocabulary vocabulary = ceasefire_1();
  EXPECT_TRUE(is_kind(vocabulary, "Tochka U", "Tochka U"));
  EXPECT_TRUE(is_kind(vocabulary, "Tochka U", "Weapons"));
  EXPECT_TRUE(is_kind(vocabulary, "Armed Drones", "Weapons"));
  EXPECT_TRUE(is_kind(vocabulary, "Armed Drones", "Observation"));
  EXPECT_FALSE(is_kind(vocabulary, "Weapons", "Tochka U"));
  EXPECT_FALSE(is_kind(vocabulary, "Tubes", "Artillery"));
  EXPECT_FALSE(is_kind(vocabulary, "Soldiers", "Protected"));
}

TEST(Vocabulary, FindsKindsByAnyNameInSingularAndPlural) {
  const Vocabulary vocabulary = ceasefire_1();
  EXPECT_EQ(vocabulary.find_kind("Convoy"), vocabulary.find_kind("Convoys"));
  EXPECT_EQ(vocabulary.find_kind("Center"), vocabulary.find_kind("Centre"));
  EXPECT_EQ(vocabulary.find_kind("Relief Convoys"), vocabulary.find_kind("Convoys"));
  EXPECT_TRUE(vocabulary.find_kind("Access").has_value());
  EXPECT_FALSE(vocabulary.find_kind("Acces").has_value());
  EXPECT_FALSE(vocabulary.find_kind("").has_value());
  EXPECT_FALSE(vocabulary.find_kind("s").has_value());
}

TEST(Vocabulary, FindsVerbsByAnyForm) {
  const Vocabulary vocabulary = ceasefire_1();
  EXPECT_EQ(vocabulary.find_verb("attacked"), vocabulary.find_verb("attack"));
  EXPECT_EQ(vocabulary.find_verb("handed over"), vocabulary.find_verb("hand over"));
  EXPECT_FALSE(vocabulary.find_verb("atack").has_value());
}

TEST(Vocabulary, DescendantsAreInOrderAndEndOnCircles) {
  Vocabulary vocabulary;
  const auto add = [&](std::string name, std::vector<KindId> parents) {
    Kind kind;
    kind.name = std::move(name);
    kind.parents = std::move(parents);
    return vocabulary.add_kind(std::move(kind));
  };
  const KindId a = add("A", {});
  const KindId b = add("B", {a});
  vocabulary.kinds[a.index].parents = {b};
  const KindId c = add("C", {b});
  EXPECT_EQ(vocabulary.with_descendants(b), (std::vector<KindId>{a, b, c}));
  EXPECT_TRUE(vocabulary.is_kind_of(a, b));
  EXPECT_TRUE(vocabulary.is_kind_of(c, a));
  EXPECT_FALSE(vocabulary.is_kind_of(a, c));
}

TEST(Vocabulary, ActsImplyActsOnTheRightNoun) {
  const Vocabulary vocabulary = ceasefire_1();
  const auto implication = [&](std::string_view verb) {
    return vocabulary.verbs[vocabulary.find_verb(verb)->index].implies.at(0);
  };
  EXPECT_EQ(implication("escort").verb, *vocabulary.find_verb("carry"));
  EXPECT_EQ(implication("escort").object_from, Preposition::With);
  EXPECT_EQ(implication("staff").verb, *vocabulary.find_verb("enter"));
  EXPECT_EQ(implication("staff").object_from, Preposition::In);
  EXPECT_EQ(implication("separate").verb, *vocabulary.find_verb("move"));
  EXPECT_EQ(implication("separate").object_from, Preposition::Object);
}

TEST(Vocabulary, EveryActHasFormsAndSaysWhatShowsIt) {
  for (const Verb& verb : ceasefire_1().verbs) {
    EXPECT_GE(verb.forms.size(), 3U) << verb.name;
    EXPECT_FALSE(verb.shown_by.empty()) << verb.name;
    EXPECT_FALSE(verb.roles.empty()) << verb.name;
  }
}

TEST(Vocabulary, MistakesInAVocabularyAreReported) {
  diagnostics::Sink sink;
  const auto tree = language::parse(
      base::SourceText("words",
                       "words of \"test\".\nkinds Arms; Guns, a kind of Arm; Arms; "
                       "Shot, a kind of Ball; Hen, a kind of Egg; Egg, a kind of Hen.\n"
                       "act fire; object Guns; implies reload.\nact fire; object Arms.\n"),
      0, sink);
  const Vocabulary vocabulary = read_vocabulary(tree, sink);
  std::vector<std::string> codes;
  for (const diagnostics::Diagnostic& diagnostic : sink.sorted()) {
    codes.emplace_back(diagnostics::info(diagnostic.kind).code);
  }
  EXPECT_EQ(codes, (std::vector<std::string>{"T0203", "T0201", "T0601", "T0301", "T0203"}));
  EXPECT_EQ(vocabulary.name, "test");
  EXPECT_EQ(vocabulary.verbs.size(), 1U);
}

}  // namespace
}  // namespace truce::agreement
