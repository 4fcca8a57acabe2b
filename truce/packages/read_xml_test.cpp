// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/read_xml.h"

#include <gtest/gtest.h>

namespace truce::packages {
namespace {

const NamedText kDomain = {"d/pond-domain.xml", R"(<!-- comment before the declaration -->
<?xml version="1.0"?>
<negotiation_template><utility_space><objective>
<issue index="1" name="Depth" vtype="integer" lowerbound="2" upperbound="4"/>
<issue index="2" name="Fish" vtype="discrete"><item index="1" value="few"/><item index="2" value="many"/></issue>
</objective></utility_space></negotiation_template>)"};

NamedText profile(const std::string& evaluation = "4.9") {
  return {"d/heron.xml",
          "<utility_space><objective>\n<weight index=\"1\" value=\"0.25\"/><weight index=\"2\" "
          "value=\"0.75\"/>\n"
          "<issue index=\"1\" name=\"Depth\" vtype=\"integer\" lowerbound=\"2\" upperbound=\"4\">"
          "<evaluator ftype=\"linear\" offset=\"0.5\" slope=\"0.4\"/></issue>\n"
          "<issue index=\"2\" name=\"Fish\" vtype=\"discrete\"><item index=\"1\" value=\"few\" "
          "evaluation=\"1\"/><item index=\"2\" value=\"many\" evaluation=\"" +
              evaluation +
              "\"/></issue>\n</objective><reservation value=\"0.3\"/></utility_space>"};
}

std::string utility(const GameReading& reading, const Package& package) {
  const Party& party = reading.game.parties[0];
  return Fraction{worth(party, package), party.denominator}.to_text();
}

TEST(GeniusXml, IsReadExactly) {
  const auto read = read_genius_xml(kDomain, {profile()});
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->game.parties[0].name, "heron");
  EXPECT_EQ(read->game.issues[0].options, (std::vector<std::string>{"2", "3", "4"}));
  // 0.25 * 0.5 + 0.75 * 1 / 4, evaluations cut to whole numbers.
  EXPECT_EQ(utility(*read, {0, 0}), "5/16");
  // 0.5 + 2 * 0.4 is held at 1.
  EXPECT_EQ(utility(*read, {2, 1}), "1");
  EXPECT_FALSE(read->notes.empty());
  EXPECT_TRUE(is_accepted(read->game.parties[0], {0, 0}));
  const auto written = read_genius_xml(kDomain, {profile()}, XmlDialect::Written);
  ASSERT_TRUE(written.has_value());
  EXPECT_EQ(utility(*written, {0, 0}), "109/392");
  EXPECT_FALSE(is_accepted(written->game.parties[0], {0, 0}));
}

TEST(GeniusXml, SumsHyperRectanglesAsWritten) {
  const NamedText boxes = {
      "box.xml",
      "<utility_space type=\"nonlinear\"><objective><utility maxutility=\"50\"><ufun "
      "type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\"><hyperRectangle utility=\"30\">"
      "<INCLUDES index=\"1\" min=\"3\" max=\"9\"/></hyperRectangle><hyperRectangle utility=\"20\">"
      "<INCLUDES index=\"1\" min=\"0\" max=\"3\"/></hyperRectangle></ufun></utility></objective>"
      "<reservation value=\"0.6\"/></utility_space>"};
  const auto read = read_genius_xml(kDomain, {boxes});
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(utility(*read, {1, 0}), "50");
  EXPECT_EQ(utility(*read, {0, 0}), "20");
  EXPECT_EQ(read->game.parties[0].walk_away, Integer(30));
}

TEST(GeniusXml, RealNumbersAreReadInTheStepsThatAreAskedFor) {
  const NamedText domain = {"pond.xml", R"(<negotiation_template><utility_space><objective>
<issue index="1" name="Depth" vtype="real"><range lowerbound="1" upperbound="2"/></issue>
</objective></utility_space></negotiation_template>)"};
  const auto profile_of = [](const std::string& evaluator) {
    return NamedText{"heron.xml",
                     "<utility_space><objective><weight index=\"1\" value=\"0.5\"/><issue "
                     "index=\"1\" name=\"Depth\" vtype=\"real\"><range lowerbound=\"1\" "
                     "upperbound=\"2\"/><evaluator " +
                         evaluator + "/></issue></objective></utility_space>"};
  };
  const NamedText linear = profile_of(R"(ftype="linear" parameter0="-0.5" parameter1="0.8")");
  const auto refused = read_genius_xml(domain, {linear});
  EXPECT_EQ(refused.error().message,
            "pond.xml:2: issue `Depth` is of real numbers; say in how many steps to read it, with "
            "--steps");
  const auto read = read_genius_xml(domain, {linear}, XmlDialect::Genius, 4);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->game.issues[0].options,
            (std::vector<std::string>{"1", "1.25", "1.5", "1.75", "2"}));
  // (0.8 * 1.25 - 0.5) / 2; at 2 it is held at 1.
  EXPECT_EQ(utility(*read, {1}), "1/4");
  EXPECT_EQ(utility(*read, {4}), "1/2");
  EXPECT_EQ(read->notes.size(), 2U);
  const auto thirds = read_genius_xml(domain, {profile_of(R"(ftype="constant" parameter0="0.5")")},
                                      XmlDialect::Genius, 3);
  ASSERT_TRUE(thirds.has_value());
  EXPECT_EQ(thirds->game.issues[0].options, (std::vector<std::string>{"1", "4/3", "5/3", "2"}));
  EXPECT_EQ(utility(*thirds, {1}), "1/4");
  EXPECT_EQ(read_genius_xml(domain, {profile_of(R"(ftype="triangular")")}, XmlDialect::Genius, 2)
                .error()
                .code,
            base::ErrorCode::Unsupported);
}

TEST(GeniusXml, NamesThePlaceOfAMistake) {
  const auto word = read_genius_xml(kDomain, {profile("much")});
  ASSERT_FALSE(word.has_value());
  EXPECT_EQ(word.error().message, "d/heron.xml:4: `evaluation` of `item` is no number: `much`");
  NamedText other = profile();
  other.text.replace(other.text.find("value=\"few\""), 11, "value=\"one\"");
  EXPECT_EQ(read_genius_xml(kDomain, {other}).error().message,
            "d/heron.xml:4: the options of issue `Fish` are not those of the domain");
  NamedText unweighted = profile();
  unweighted.text.replace(unweighted.text.find("index=\"2\""), 9, "index=\"7\"");
  EXPECT_EQ(read_genius_xml(kDomain, {unweighted}).error().message,
            "d/heron.xml:4: issue `Fish` has no weight; add `<weight index=\"2\" value=\"…\"/>`");
  NamedText real = kDomain;
  real.text.replace(real.text.find("\"integer\""), 9, "\"real\"");
  EXPECT_EQ(read_genius_xml(real, {profile()}).error().code, base::ErrorCode::Unsupported);
  EXPECT_EQ(role_of_xml(kDomain.text), XmlRole::Domain);
  EXPECT_EQ(role_of_xml(profile().text), XmlRole::Profile);
  EXPECT_EQ(role_of_xml("<a/>"), XmlRole::Other);
}

}  // namespace
}  // namespace truce::packages
