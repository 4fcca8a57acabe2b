// SPDX-License-Identifier: Apache-2.0
#include "truce/server/route.h"

#include <set>

#include <gtest/gtest.h>

namespace truce::server {
namespace {

Target target_of(const std::string& text) {
  auto target = parse_target(text, 8);
  EXPECT_TRUE(target) << text;
  return std::move(target).value();
}

TEST(Routes, EachSchemaThatTheTableNamesIsThere) {
  for (const Route& route : all_routes()) {
    for (const std::string_view name : {route.takes, route.gives}) {
      if (!name.empty() && name.find('/') == std::string_view::npos) {
        EXPECT_NE(find_schema(name), nullptr) << route.path << " " << name;
      }
    }
  }
  for (const Schema& schema : all_schemas()) {
    for (const Field& field : schema.fields) {
      EXPECT_FALSE(field.what.empty()) << schema.name << "." << field.name;
      if (!field.of.empty()) {
        EXPECT_NE(find_schema(field.of), nullptr) << schema.name << "." << field.name;
      }
    }
  }
}

// What is taken has a limit for each text and each list: none is read without one.
TEST(Routes, EachFieldThatIsTakenHasALimit) {
  for (const Route& route : all_routes()) {
    const Schema* const schema = find_schema(route.takes);
    if (schema == nullptr) {
      continue;
    }
    EXPECT_FALSE(schema->is_open) << schema->name;
    for (const Field& field : schema->fields) {
      const bool has_length = field.type == FieldType::Text || field.type == FieldType::LongText ||
                              field.type == FieldType::Texts || field.type == FieldType::Objects;
      EXPECT_TRUE(!has_length || field.most > 0) << schema->name << "." << field.name;
    }
  }
}

TEST(Routes, EachLineOfTheTableIsFoundByItsOwnPath) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Route& route : all_routes()) {
    EXPECT_TRUE(seen.emplace(route.method, route.path).second) << route.path;
    std::string path;
    for (const char letter : route.path) {
      path += letter == '{' || letter == '}' ? 'x' : letter;
    }
    const Match match = find_route(route.method, target_of(path));
    ASSERT_NE(match.route, nullptr) << route.path;
    EXPECT_EQ(match.route->action, route.action) << route.path;
  }
}

TEST(Routes, AnotherMethodIsNotFoundButNamed) {
  const Match match = find_route("DELETE", target_of("/healthz"));
  EXPECT_EQ(match.route, nullptr);
  EXPECT_EQ(match.methods, std::vector<std::string_view>{"GET"});
  EXPECT_NE(find_route("HEAD", target_of("/healthz")).route, nullptr);
  EXPECT_TRUE(find_route("GET", target_of("/healthz/more")).methods.empty());
}

}  // namespace
}  // namespace truce::server
