// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/xml.h"

#include <gtest/gtest.h>

namespace truce::encoding {
namespace {

std::string error_of(std::string_view text) {
  const auto root = parse_xml("a.xml", text);
  return root ? "no error" : root.error().message;
}

TEST(Xml, ReadsATreeWithItsLines) {
  const auto root = parse_xml("a.xml",
                              "<?xml version='1.0'?>\n<a xmlns:x='u' x:k='1&amp;2'>one\n"
                              "<x:b> two <![CDATA[<3>]]></x:b>four<b/></a>");
  ASSERT_TRUE(root) << root.error().message;
  EXPECT_EQ(root->name, "a");
  EXPECT_EQ(root->attribute("k"), "1&2");
  EXPECT_EQ(root->text, "one\nfour");
  ASSERT_EQ(root->children.size(), 2U);
  EXPECT_EQ(root->children[0].text, " two <3>");
  EXPECT_EQ(root->child_text("b"), "two <3>");
  EXPECT_EQ(root->children[0].line, 3U);
  EXPECT_EQ(root->child("c"), nullptr);
  EXPECT_EQ(root->attribute("none"), "");
}

TEST(Xml, ReadsTheEncodingThatTheTextDeclares) {
  const auto latin = parse_xml("a.xml", "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>");
  ASSERT_TRUE(latin);
  EXPECT_EQ(latin->text, "\u00E9");
  const auto windows =
      parse_xml("a.xml", "<?xml version='1.0' encoding='Windows-1252'?><a>\x80</a>");
  ASSERT_TRUE(windows) << windows.error().message;
  EXPECT_EQ(windows->text, "\u20AC");
  const auto decoded = parse_xml(
      "a.xml", "<?xml version='1.0' encoding='windows-1252'?><a>\u20AC</a>", {.is_utf8 = true});
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->text, "\u20AC");
  const std::string_view wide("\xFF\xFE<\0a\0/\0>\0", 10);
  EXPECT_EQ(parse_xml("a.xml", wide).value().name, "a");
}

TEST(Xml, ExpandsNoEntity) {
  EXPECT_EQ(error_of("<!DOCTYPE a [<!ENTITY e 'x'>]>\n<a>&e;</a>"),
            "a.xml:1:25: the document type defines the entity `e`; write its text out");
  EXPECT_EQ(error_of("<!DOCTYPE a [<!ENTITY e SYSTEM '/etc/passwd'>]><a>&e;</a>"),
            "a.xml:1:45: the document type defines the entity `e`; write its text out");
  EXPECT_NE(error_of("<!DOCTYPE a SYSTEM 'http://x/y.dtd'><a>&e;</a>").find("`e`"),
            std::string::npos);
  EXPECT_EQ(error_of("<!DOCTYPE a><a/>"), "no error");
}

TEST(Xml, SaysWhereATextIsNotXml) {
  EXPECT_EQ(error_of("<a>\n<b></a>").find("a.xml:2:6: this is not XML: "), 0U)
      << error_of("<a>\n<b></a>");
  EXPECT_NE(error_of("").find("not XML"), std::string::npos);
  EXPECT_NE(error_of("<a>\xFF</a>").find("not XML"), std::string::npos);
}

TEST(Xml, LimitsTheDepth) {
  std::string deep;
  for (std::size_t at = 0; at < kMaxXmlDepth; ++at) {
    deep += "<a>";
  }
  std::string deeper = deep + "<a>";
  for (std::size_t at = 0; at < kMaxXmlDepth; ++at) {
    deep += "</a>";
  }
  EXPECT_EQ(error_of(deep), "no error");
  EXPECT_NE(error_of(deeper).find("deeper than 64"), std::string::npos);
}

TEST(Xml, ReadsALongText) {
  const std::string text(3 << 20, 'x');
  EXPECT_EQ(parse_xml("a.xml", "<a>" + text + "</a>").value().text, text);
}

TEST(Xml, WhatIsWrittenIsReadBack) {
  const std::string text = "a<b> & \"c\"\r\n\t\u00E9\U0001F600";
  EXPECT_EQ(parse_xml("a.xml", "<a k=\"x\">" + to_xml_text(text) + "</a>").value().text, text);
  EXPECT_EQ(to_xml_text("\x01|\xFF|\x7F"), "\uFFFD|\uFFFD|\x7F");
}

}  // namespace
}  // namespace truce::encoding
