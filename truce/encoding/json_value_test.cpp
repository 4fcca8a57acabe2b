// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/json_value.h"

#include <limits>

#include <gtest/gtest.h>

namespace truce::encoding {
namespace {

std::string error_of(std::string_view text) {
  const auto value = parse_json("f.json", text);
  return value ? "no error" : value.error().message;
}

TEST(JsonValue, KeepsTheOrderOfKeys) {
  JsonValue value;
  value.set("zeta", 1).set("alpha", true).set("list", JsonValue::array().push_back("x"));
  value.set("zeta", 2);
  EXPECT_EQ(value.to_text(), R"({"zeta":2,"alpha":true,"list":["x"]})");
}

TEST(JsonValue, WritesReadably) {
  JsonValue value;
  value.set("pair", JsonValue::array().push_back(1.5).push_back(2));
  value.set("empty", JsonValue::object());
  value.set("nested", JsonValue::array().push_back(JsonValue::object().set("a", JsonValue())));
  EXPECT_EQ(
      value.to_pretty_text(),
      "{\n  \"pair\": [1.5, 2],\n  \"empty\": {},\n  \"nested\": [\n    {\n      \"a\": null\n"
      "    }\n  ]\n}\n");
}

TEST(JsonValue, EscapesWhatJsonAndPagesNeed) {
  EXPECT_EQ(JsonValue("a\"b\\c\n\x01").to_text(), R"("a\"b\\c\n\u0001")");
  EXPECT_EQ(JsonValue("</script>&").to_text({.is_safe_in_html = true}),
            R"("\u003c/script\u003e\u0026")");
  EXPECT_EQ(JsonValue("bad \xE9 byte").to_text(), "\"bad \xEF\xBF\xBD byte\"");
}

TEST(JsonValue, WritesNumbersThatReadBackTheSame) {
  for (const double number : {0.1, 1e300, -2.5, 36.707602, 1.0 / 3}) {
    const auto read = parse_json("", JsonValue(number).to_text());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->number(), number);
  }
  EXPECT_EQ(JsonValue(std::numeric_limits<double>::quiet_NaN()).to_text(), "null");
  EXPECT_EQ(JsonValue(std::numeric_limits<std::int64_t>::min()).to_text(), "-9223372036854775808");
}

TEST(JsonValue, ReadsWhatItWrites) {
  const std::string text = R"({"b":[1,-2,0.5,true,false,null,"é"],"a":{"x":{}},"e":[]})";
  const auto value = parse_json("", text);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->to_text(), text);
  const auto again = parse_json("", value->to_pretty_text());
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *value);
}

TEST(JsonValue, GivesTheEmptyValueOfAnotherKind) {
  const JsonValue value("text");
  EXPECT_EQ(value.integer(), 0);
  EXPECT_TRUE(value.elements().empty());
  EXPECT_EQ(value.find("key"), nullptr);
}

TEST(JsonValue, SaysWhereTextIsNotJson) {
  EXPECT_EQ(error_of("{\n  \"a\": 1,\n  oops\n}"), "f.json:3:3: this is not JSON");
  EXPECT_NE(error_of(""), "no error");
  EXPECT_NE(error_of("[1,2"), "no error");
  EXPECT_NE(error_of("\"\xE9\""), "no error");
  EXPECT_NE(error_of("1e999").find("too large"), std::string::npos);
}

TEST(JsonValue, RefusesDeepText) {
  const std::string deep = std::string(100000, '[');
  EXPECT_EQ(error_of(deep), "f.json: nested deeper than 64 levels");
  const std::string allowed = std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']');
  EXPECT_EQ(error_of(allowed), "no error");
}

}  // namespace
}  // namespace truce::encoding
