// SPDX-License-Identifier: Apache-2.0
#include "truce/language/parse.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "truce/diagnostics/render.h"

namespace truce::language {
namespace {

using diagnostics::Kind;

SyntaxTree parse_text(std::string text, diagnostics::Sink& sink) {
  return parse(base::SourceText("t", std::move(text)), 0, sink);
}

// The problems of a text, one line each.
std::string problems(std::string text) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text(std::move(text), sink);
  return diagnostics::to_lines(sink.sorted(), {&tree.source_text()});
}

std::vector<Kind> kinds(std::string text) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text(std::move(text), sink);
  std::vector<Kind> found;
  for (const diagnostics::Diagnostic& problem : sink.sorted()) {
    found.push_back(problem.kind);
  }
  return found;
}

using Kinds = std::vector<Kind>;

// The tree as nested names of productions, without those around a whole clause.
std::string shape(const NodeView& node) {
  std::string text(production_name(node.kind()));
  const std::vector<NodeView> children = node.children();
  if (children.empty()) {
    return text;
  }
  text += "(";
  for (std::size_t at = 0; at < children.size(); ++at) {
    text += (at == 0 ? "" : " ") + shape(children[at]);
  }
  return text + ")";
}

TEST(Parse, AClauseIsANormAndItsParticulars) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text(
      "1.1 each Party shall not attack Positions of another Party with Weapons; in Strip;"
      " not later than D + 2 days; consequence none stated.",
      sink);
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(shape(tree.root()),
            "document(clause(norm(subject(agents(agent)) modal act(verb nouns(noun(noun)) "
            "complement(preposition nouns(noun)))) in-place(nouns(noun)) "
            "deadline(moment(moment-base duration)) consequence))");
}

TEST(Parse, AMeasureBelongsToTheWholeNoun) {
  diagnostics::Sink sink;
  const SyntaxTree tree =
      parse_text("things Guns = Artillery of North with calibre at least 100 mm.", sink);
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(shape(tree.root()), "document(things(thing(nouns(noun(noun measure-test(measure))))))");
}

TEST(Parse, InASituationFromBeforeTheEndNamesAMoment) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text(
      "situations Quiet = no Party moves Guns from Strip with Trucks from D + 1 day.", sink);
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(shape(tree.root()),
            "document(situations(situation(occurrence(subject(no-party) act(verb nouns(noun) "
            "complement(preposition nouns(noun)) complement(preposition nouns(noun))) "
            "moment(moment-base duration)))))");
}

TEST(Parse, BracketsHoldWhatTheyStandFor) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text(
      "1.1 North shall open Center; within [North: 24 hours | South: none] of D;"
      " [North: from D | South: none]; upon report of [North: Guns | South: Tanks];"
      " consequence [North: 2.1 | South: 2.2].",
      sink);
  EXPECT_TRUE(sink.all().empty());
  const std::string text = shape(tree.root());
  EXPECT_NE(text.find("duration(bracket(alternative(agents(agent) duration) alternative(agents("
                      "agent))))"),
            std::string::npos);
  EXPECT_NE(text.find("bracket(alternative(agents(agent) from(moment(moment-base)))"),
            std::string::npos);
  EXPECT_NE(text.find("trigger(nouns(bracket"), std::string::npos);
  EXPECT_NE(text.find("consequence(clause-list(bracket"), std::string::npos);
}

TEST(Parse, ASlipIsMendedAndReadOn) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text("1.1 North shal attack South; untill D.", sink);
  EXPECT_EQ(diagnostics::to_lines(sink.sorted(), {&tree.source_text()}),
            "t:1:11: error[T0103]: `shal` is not a word that can stand here; did you mean `shall`\n"
            "t:1:30: error[T0103]: `untill` is not a word that can stand here; did you mean "
            "`until`\n");
  const NodeView clause = tree.root().children().front();
  const std::optional<NodeView> norm = clause.child(NodeKind::Norm);
  ASSERT_TRUE(norm.has_value());
  EXPECT_TRUE(norm->child(NodeKind::Modal)->has_word("shall"));
  EXPECT_TRUE(clause.child(NodeKind::Until).has_value());
  EXPECT_FALSE(clause.child(NodeKind::Error).has_value());
}

TEST(Parse, ANameInLowerCaseIsReadAsTheName) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text("1.1 North shall not attack civilians.", sink);
  ASSERT_EQ(sink.all().size(), 1U);
  EXPECT_EQ(sink.all().front().kind, Kind::UncapitalisedName);
  const NodeView norm = *tree.root().children().front().child(NodeKind::Norm);
  const NodeView nouns = *norm.child(NodeKind::Act)->child(NodeKind::Nouns);
  EXPECT_EQ(nouns.child(NodeKind::Noun)->name(), "Civilians");
}

TEST(Parse, EachSlipGivesOneMessage) {
  EXPECT_EQ(kinds("1.1 A and B shall open Center."), Kinds{Kind::JointlyOrEach});
  EXPECT_EQ(kinds("1.1 A must open Center."), Kinds{Kind::ModalWord});
  EXPECT_EQ(kinds("1.1 A may not open Center."), Kinds{Kind::MayNot});
  EXPECT_EQ(kinds("1.1 A Shall open Center."), Kinds{Kind::KeywordCase});
  EXPECT_EQ(kinds("1.1 A shall nto attack B."), Kinds{Kind::MisspelledWord});
  EXPECT_EQ(kinds("1.1 A shall attack B; by D; in C."), Kinds{Kind::ByAsTime});
  EXPECT_EQ(kinds("1.1 A shall attack B by 2030-01-01; in C."), Kinds{Kind::ByAsTime});
  EXPECT_EQ(kinds("1.1 A shall withdraw and destroy Guns; in C."), Kinds{Kind::ConjoinedActs});
  EXPECT_EQ(kinds("1.1 A shall withdraw Guns and destroy Tanks; in C."),
            Kinds{Kind::ConjoinedActs});
  EXPECT_EQ(kinds("1.1 A shall attack B, in C; from D."), Kinds{Kind::CommaForSemicolon});
  EXPECT_EQ(kinds("1.1 A shall attack B until D; in C."), Kinds{Kind::MissingSemicolon});
  EXPECT_EQ(kinds("1.1 A shall attack B; in C\n1.2 A shall attack D."), Kinds{Kind::MissingStop});
  EXPECT_EQ(kinds("1.1 A shall attack B; in C"), Kinds{Kind::MissingStop});
  EXPECT_EQ(kinds("1.1 A shall attack B;\n1.2 A shall attack D."), Kinds{Kind::SemicolonAtEnd});
  EXPECT_EQ(kinds("1.1 A shall attack B;; in C."), Kinds{Kind::EmptyPart});
  EXPECT_EQ(kinds("1.1 A shall attack B;."), Kinds{Kind::EmptyPart});
  EXPECT_EQ(kinds("1.1 A shall attack B.."), Kinds{Kind::ExtraSign});
  EXPECT_EQ(kinds("1.1 A shall attack B, C, and D."), Kinds{Kind::CommaBeforeAnd});
  EXPECT_EQ(kinds("1.1 A shall attack B and C and D; in E."), Kinds{Kind::RepeatedAnd});
  EXPECT_EQ(kinds("1.1 A shall attack the B."), Kinds{Kind::NeedlessArticle});
  EXPECT_EQ(kinds("1.1 A shall open B; within 2,000 hours."), Kinds{Kind::ThousandsSeparator});
  EXPECT_EQ(kinds("1.1 A shall open B; within 24."), Kinds{Kind::MissingUnit});
  EXPECT_EQ(kinds("1.1 A shall open B; within 24 h of D."), Kinds{Kind::UnknownUnit});
  EXPECT_EQ(kinds("1.1 A shall open B; within 24 fathoms of D."), Kinds{Kind::UnknownUnit});
  EXPECT_EQ(kinds("1.1 A shall open B; within 3.5.1 days."), Kinds{Kind::NumberForm});
  EXPECT_EQ(kinds("1.1 A shall open B; consequence 5."), Kinds{Kind::ClauseNumberForm});
  EXPECT_EQ(kinds("1 A shall open B."), Kinds{Kind::ClauseNumberForm});
  EXPECT_EQ(kinds("1. A shall open B."), Kinds{Kind::ClauseNumberForm});
  EXPECT_EQ(kinds("each Party shall open B."), Kinds{Kind::MissingClauseNumber});
  EXPECT_EQ(kinds("1.1 A shall open B; [A: from D | B: until E; in C."),
            Kinds{Kind::UnclosedBracket});
  EXPECT_EQ(kinds("partys A; B."), Kinds{Kind::UnknownSection});
  EXPECT_EQ(kinds("Parties A; B."), Kinds{Kind::KeywordCase});
  EXPECT_EQ(kinds("parties A, B."), Kinds{Kind::CommaForSemicolon});
  EXPECT_EQ(kinds("parties A \"x\" B."), Kinds{Kind::MissingSemicolon});
  EXPECT_EQ(kinds("moments D = 2030-01-01 7:00."), Kinds{Kind::TimeForm});
  EXPECT_EQ(kinds("= 3."), Kinds{Kind::UnknownSection});
  EXPECT_EQ(kinds("article 1 \"x\"."), Kinds{Kind::ExtraSign});
  EXPECT_EQ(kinds("1.1 A shall open B; consequence none; in C."), Kinds{Kind::UnexpectedToken});
  EXPECT_EQ(kinds("1.1 A shall"), Kinds{Kind::UnexpectedEnd});
}

TEST(Parse, AfterAFailureReadingResumesAtTheNextPart) {
  EXPECT_EQ(problems("1.1 A shall attack B; upon = ; from D.\n1.2 A shall = B; in = .\n"),
            "t:1:28: error[T0101]: `=` stands where a name, `signature`, `notice`, `fulfilment`, "
            "`breach` or `determination` is expected\n"
            "t:2:13: error[T0101]: `=` stands where a verb, `not` or `endeavour` is expected\n"
            "t:2:21: error[T0101]: `=` stands where a name or `[` is expected\n");
}

TEST(Parse, DeepNestingIsReportedOnce) {
  std::string brackets = "1.1 A shall open B; ";
  std::string names = "1.2 A shall open B";
  for (int depth = 0; depth < 20'000; ++depth) {
    brackets += "[A: ";
    names += " of B";
  }
  EXPECT_EQ(kinds(brackets), Kinds{Kind::TooDeep});
  EXPECT_EQ(kinds(names + "."), Kinds{Kind::TooDeep});
}

TEST(Parse, ManyProblemsAreCounted) {
  std::string text;
  for (int count = 0; count < 20'000; ++count) {
    text += "= .\n";
  }
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text(std::move(text), sink);
  EXPECT_EQ(sink.omitted(), 10'000U);
  const std::vector<diagnostics::Diagnostic> sorted = sink.sorted();
  EXPECT_EQ(sorted.size(), diagnostics::Sink::kCapacity + 1);
  EXPECT_EQ(sorted.back().kind, Kind::TooManyProblems);
}

TEST(Parse, NothingIsADocument) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text("", sink);
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(tree.root().kind(), NodeKind::Document);
  EXPECT_TRUE(tree.root().children().empty());
  EXPECT_EQ(tree.root().span(), (base::Span{0, 0, 0}));
}

TEST(SyntaxTree, NamesAndTextAreReadWithoutTheirSigns) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text(
      "parties Free\n  Army \"the \"\"army\"\"\"; «قوات الجنوب», open by notice to B.", sink);
  EXPECT_TRUE(sink.all().empty());
  const std::vector<NodeView> parties = tree.root().children().front().children(NodeKind::Party);
  ASSERT_EQ(parties.size(), 2U);
  base::Span span;
  EXPECT_EQ(parties[0].name(&span), "Free Army");
  EXPECT_EQ(tree.source_text().slice(span), "Free\n  Army");
  EXPECT_EQ(parties[0].string(), "the \"army\"");
  EXPECT_EQ(parties[1].name(), "قوات الجنوب");
  EXPECT_EQ(parties[1].string(), std::nullopt);
  EXPECT_TRUE(parties[1].has_word("open"));
  EXPECT_EQ(parties[1].token_text(TokenKind::Comma), ",");
}

TEST(SyntaxTree, StructureIsTheSameWithoutSpacingAndComments) {
  diagnostics::Sink sink;
  const SyntaxTree tree = parse_text("parties A; B.", sink);
  EXPECT_TRUE(same_structure(tree, parse_text("parties -- who\n  A ;\n B .\n", sink)));
  EXPECT_FALSE(same_structure(tree, parse_text("parties A; C.", sink)));
  EXPECT_FALSE(same_structure(tree, parse_text("others A; B.", sink)));
  EXPECT_FALSE(same_structure(tree, parse_text("parties A B.", sink)));
}

}  // namespace
}  // namespace truce::language
