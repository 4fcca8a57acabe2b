// SPDX-License-Identifier: Apache-2.0
// Plans for positions that are given with the question: to whom they come, and that nothing of them
// stays.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/workspace.h"
#include <gtest/gtest.h>

namespace truce::server {
namespace {

using encoding::JsonValue;
using test::object_of;

constexpr const char* kPath = "/api/v1/separation/plans";
constexpr const char* kPresence =
    "id,actor,at,latitude,longitude\n"
    "secret-one,South,2030-01-25,36.2,37.13\n"
    "secret-two,North,2030-01-25,36.21,37.1\n"
    "secret-three,North,2030-01-25,36.19,37.1\n";

class SeparationTest : public test::WorkspaceTest {
 protected:
  void SetUp() override {
    workspace_.add_people();
    workspace_.watch_small_agreement({"public"});
  }

  static JsonValue question() {
    return object_of({{"between", "North"}, {"and", "South"}, {"presence", kPresence}});
  }
};

TEST_F(SeparationTest, ThePlanIsThatOfTheProgram) {
  const Response answer = expect(200, "mediator", kPath, question());
  const auto value = encoding::parse_json("answer", answer.body);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->find("plan")->find("schema")->text(), "truce.separation/1");
  EXPECT_EQ(value->find("plan")->find("positions")->elements().size(), 3U);
  EXPECT_EQ(value->find("map")->find("type")->text(), "FeatureCollection");
  JsonValue tried = question();
  tried.set("moved", JsonValue::Array{JsonValue("secret-one=36.2,37.2")});
  const auto moved = encoding::parse_json("answer", expect(200, "mediator", kPath, tried).body);
  ASSERT_TRUE(moved);
  EXPECT_NE(moved->find("plan")->find("what_if"), nullptr);
}

TEST_F(SeparationTest, NobodyElseAsksAndNobodyHears) {
  expect(200, "mediator", kPath, question());
  for (const std::string user : {"monitor", "verifier", "reporter", "north", "south",
                                 "convoy-officer", "auditor", "administrator"}) {
    EXPECT_EQ(workspace_.ask(user, "POST", kPath, question()).status, 403U) << user;
  }
  EXPECT_EQ(workspace_.ask("", "POST", kPath, question()).status, 401U);
  // Nothing that anybody can fetch has a position, its name or its place.
  for (const std::string user : {"", "mediator", "monitor", "north", "auditor"}) {
    for (const char* path :
         {"/api/v1/events", "/api/v1/board", "/api/v1/incidents", "/api/v1/verdicts",
          "/ogc/collections/places/items", "/api/v1/export/incidents.csv"}) {
      const std::string text = workspace_.text(user, path);
      EXPECT_EQ(text.find("secret"), std::string::npos) << user << path;
      EXPECT_EQ(text.find("37.13"), std::string::npos) << user << path;
    }
  }
}

TEST_F(SeparationTest, NoEndpointTellsOfWhatWasAsked) {
  expect(200, "mediator", kPath, question());
  const encoding::JsonValue described = workspace_.get("", "/openapi.json");
  const JsonValue* paths = described.find("paths");
  ASSERT_NE(paths, nullptr);
  std::size_t asked = 0;
  for (const auto& [written, methods] : paths->members()) {
    if (methods.find("get") == nullptr) {
      continue;
    }
    std::string path = written;
    for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{')) {
      path.replace(open, path.find('}') - open + 1, "1");
    }
    for (const std::string user :
         {"", "mediator", "monitor", "north", "convoy-officer", "auditor", "administrator"}) {
      ++asked;
      const std::string text = workspace_.text(user, path);
      EXPECT_EQ(text.find("secret-"), std::string::npos) << user << path;
      EXPECT_EQ(text.find("37.13"), std::string::npos) << user << path;
    }
  }
  EXPECT_GT(asked, 200U);
}

TEST_F(SeparationTest, WhatItGivesIsInTheOrderOfTheFile) {
  JsonValue wide = question();
  wide.set("belt_m", 5000);
  const auto answer = encoding::parse_json("answer", expect(200, "mediator", kPath, wide).body);
  ASSERT_TRUE(answer);
  std::vector<std::string> order;
  for (const JsonValue& position : answer->find("plan")->find("positions")->elements()) {
    order.push_back(position.find("id")->text());
  }
  EXPECT_EQ(order, (std::vector<std::string>{"secret-one", "secret-two", "secret-three"}));
  std::vector<std::string> moved;
  for (const JsonValue& feature : answer->find("map")->find("features")->elements()) {
    if (const JsonValue* id = feature.find("properties")->find("id")) {
      moved.push_back(id->text());
    }
  }
  EXPECT_EQ(moved, order);
}

TEST_F(SeparationTest, NoPositionIsKeptOnTheDisk) {
  expect(200, "mediator", kPath, question());
  workspace_.close();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(workspace_.folder())) {
    if (!entry.is_regular_file()) {
      continue;
    }
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(bytes.find("secret-"), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("37.13"), std::string::npos) << entry.path();
  }
}

TEST_F(SeparationTest, WhatCannotBePlannedIsSaid) {
  JsonValue asked = question();
  asked.set("between", "Nobody");
  EXPECT_NE(expect(400, "mediator", kPath, asked).body.find("Nobody"), std::string::npos);
  asked = question();
  asked.set("distance_m", 0);
  expect(400, "mediator", kPath, asked);
  asked = question();
  asked.set("presence", "nonsense");
  const std::string said = expect(400, "mediator", kPath, asked).body;
  EXPECT_EQ(said.find(workspace_.folder()), std::string::npos);
  asked = question();
  asked.set("moved", JsonValue::Array{JsonValue("nobody=1,2")});
  expect(400, "mediator", kPath, asked);
}

TEST(SeparationWithoutText, IsRefused) {
  test::Workspace workspace;
  workspace.add_people();
  EXPECT_EQ(workspace
                .ask("mediator", "POST", kPath,
                     object_of({{"between", "North"}, {"and", "South"}, {"presence", kPresence}}))
                .status,
            409U);
}

}  // namespace
}  // namespace truce::server
