// SPDX-License-Identifier: Apache-2.0
#include "tests/support/workspace.h"
#include <gtest/gtest.h>

namespace truce::server {
namespace {

using encoding::JsonValue;
using test::object_of;

Request write_of(const std::string& cookie, const std::string& csrf) {
  Request request{.method = "DELETE",
                  .target = "/api/v1/session",
                  .headers = {{"host", "localhost:1"}, {"cookie", "a=b; " + cookie}},
                  .body = {},
                  .peer = "127.0.0.1"};
  if (!csrf.empty()) {
    request.headers.emplace_back("x-csrf-token", csrf);
  }
  return request;
}

std::string cookie_of(const Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie") {
      return value;
    }
  }
  return {};
}

JsonValue sign_in_as(const std::string& name, const std::string& password) {
  return object_of({{"name", name}, {"password", password}});
}

TEST(People, TheFirstLinkIsUsedOnceAndThenThereIsNone) {
  test::Workspace workspace;
  const std::string link = workspace.server().first_invitation();
  ASSERT_EQ(link.size(), 64U);
  const JsonValue acceptance = object_of({{"invitation", link}, {"password", "twelve letters"}});
  EXPECT_EQ(workspace
                .ask("", "POST", "/api/v1/invitations",
                     object_of({{"invitation", link}, {"password", "too short"}}))
                .status,
            400U);
  EXPECT_EQ(workspace.ask("", "POST", "/api/v1/invitations", acceptance).status, 204U);
  EXPECT_EQ(workspace.ask("", "POST", "/api/v1/invitations", acceptance).status, 403U);
  workspace.reopen();
  EXPECT_EQ(workspace.server().first_invitation(), "");
}

TEST(People, ALinkThatWasNotUsedIsReplacedAtTheNextStart) {
  test::Workspace workspace;
  const std::string link = workspace.server().first_invitation();
  workspace.reopen();
  EXPECT_NE(workspace.server().first_invitation(), link);
  EXPECT_EQ(workspace
                .ask("", "POST", "/api/v1/invitations",
                     object_of({{"invitation", link}, {"password", "twelve letters"}}))
                .status,
            403U);
}

TEST(People, ALinkEnds) {
  test::Workspace workspace;
  const std::string link = workspace.server().first_invitation();
  workspace.move_clock(base::Duration{72 * 3600});
  EXPECT_EQ(workspace
                .ask("", "POST", "/api/v1/invitations",
                     object_of({{"invitation", link}, {"password", "twelve letters"}}))
                .status,
            403U);
}

TEST(People, ASessionIsACookieThatNoScriptReadsAndNoOtherPageSends) {
  test::Workspace workspace;
  workspace.add_people();
  const Response response =
      workspace.ask("", "POST", "/api/v1/session", sign_in_as("monitor", "password of monitor"));
  ASSERT_EQ(response.status, 201U);
  EXPECT_NE(cookie_of(response).find("; HttpOnly; SameSite=Strict"), std::string::npos);
  const JsonValue session = workspace.get("monitor", "/api/v1/session");
  EXPECT_EQ(session.find("role")->text(), "monitor");
  EXPECT_EQ(workspace.get("north", "/api/v1/session").find("party")->text(), "North");
}

TEST(People, AWriteShowsTheTokenOfItsSession) {
  test::Workspace workspace;
  workspace.add_people();
  const Response response =
      workspace.ask("", "POST", "/api/v1/session", sign_in_as("monitor", "password of monitor"));
  const std::string cookie = cookie_of(response).substr(0, cookie_of(response).find(';'));
  const auto answer = encoding::parse_json("answer", response.body);
  Server& server = workspace.server();
  EXPECT_EQ(server.handle(write_of(cookie, "")).status, 403U);
  EXPECT_EQ(server.handle(write_of(cookie, std::string(64, '0'))).status, 403U);
  Request elsewhere = write_of(cookie, answer->find("csrf")->text());
  elsewhere.headers.emplace_back("sec-fetch-site", "cross-site");
  EXPECT_EQ(server.handle(elsewhere).status, 403U);
  EXPECT_EQ(server.handle(write_of(cookie, answer->find("csrf")->text())).status, 204U);
  // It is over now.
  EXPECT_EQ(server.handle(write_of(cookie, answer->find("csrf")->text())).status, 401U);
}

TEST(People, ASessionEndsAfterIdlingAndInAnyCase) {
  test::Workspace workspace;
  workspace.add_people();
  workspace.move_clock(base::Duration{30 * 60});
  EXPECT_EQ(workspace.ask("monitor", "GET", "/api/v1/session").status, 200U);
  workspace.move_clock(base::Duration{30 * 60 + 1});
  EXPECT_EQ(workspace.ask("monitor", "GET", "/api/v1/session").status, 401U);
  ASSERT_TRUE(workspace.sign_in("north"));
  for (int step = 0; step < 25; ++step) {
    workspace.move_clock(base::Duration{29 * 60});
    const unsigned status = workspace.ask("north", "GET", "/api/v1/session").status;
    EXPECT_EQ(status, (step + 1) * 29 <= 12 * 60 ? 200U : 401U) << step;
  }
}

TEST(People, WrongPasswordsHaveToWaitAndSayNothingOfNames) {
  test::Workspace workspace;
  workspace.add_people();
  const Response known =
      workspace.ask("", "POST", "/api/v1/session", sign_in_as("monitor", "wrong password"));
  const Response unknown =
      workspace.ask("", "POST", "/api/v1/session", sign_in_as("nobody", "wrong password"));
  EXPECT_EQ(known.status, 401U);
  EXPECT_EQ(known.body, unknown.body);
  for (int tries = 1; tries < 10; ++tries) {
    workspace.ask("", "POST", "/api/v1/session", sign_in_as("monitor", "wrong password"));
  }
  EXPECT_FALSE(workspace.sign_in("monitor"));
  workspace.move_clock(base::Duration{15 * 60});
  EXPECT_TRUE(workspace.sign_in("monitor"));
}

TEST(People, ANewLinkANewPasswordAndTheEndOfSomebodyEndTheirSessions) {
  test::Workspace workspace;
  workspace.add_people();
  EXPECT_EQ(workspace
                .ask("monitor", "POST", "/api/v1/session/password",
                     object_of({{"password", "password of monitor"},
                                {"new_password", "another password"}}))
                .status,
            204U);
  EXPECT_EQ(workspace.ask("monitor", "GET", "/api/v1/session").status, 401U);
  EXPECT_FALSE(workspace.sign_in("monitor"));
  EXPECT_EQ(workspace.ask("administrator", "POST", "/api/v1/users/verifier/invitation").status,
            201U);
  EXPECT_EQ(workspace.ask("verifier", "GET", "/api/v1/session").status, 401U);
  EXPECT_FALSE(workspace.sign_in("verifier"));
  EXPECT_EQ(workspace.ask("administrator", "DELETE", "/api/v1/users/north").status, 204U);
  EXPECT_EQ(workspace.ask("north", "GET", "/api/v1/session").status, 401U);
  EXPECT_FALSE(workspace.sign_in("north"));
  EXPECT_EQ(workspace.ask("administrator", "DELETE", "/api/v1/users/administrator").status, 409U);
  // The name of somebody who left is not given to another.
  EXPECT_EQ(workspace
                .ask("administrator", "POST", "/api/v1/users",
                     object_of({{"name", "north"}, {"role", "monitor"}}))
                .status,
            409U);
}

TEST(People, ADelegateHasAPartyAndNobodyElseHas) {
  test::Workspace workspace;
  workspace.add_people();
  const auto add = [&](const JsonValue& user) {
    return workspace.ask("administrator", "POST", "/api/v1/users", user).status;
  };
  EXPECT_EQ(add(object_of({{"name", "a"}, {"role", "delegate"}})), 400U);
  EXPECT_EQ(add(object_of({{"name", "a"}, {"role", "monitor"}, {"party", "North"}})), 400U);
  EXPECT_EQ(add(object_of({{"name", "a"}, {"role", "public"}})), 400U);
  EXPECT_EQ(add(object_of({{"name", "A b"}, {"role", "monitor"}})), 400U);
  EXPECT_EQ(add(object_of({{"name", "a"}, {"role", "monitor"}, {"is_admin", true}})), 400U);
}

TEST(People, EverythingIsThereAfterARestartButTheSessions) {
  test::Workspace workspace;
  workspace.add_people();
  const std::string before = workspace.text("administrator", "/api/v1/users");
  workspace.reopen();
  EXPECT_EQ(workspace.ask("administrator", "GET", "/api/v1/users").status, 401U);
  ASSERT_TRUE(workspace.sign_in("administrator"));
  EXPECT_EQ(workspace.text("administrator", "/api/v1/users"), before);
}

TEST(People, NoSecretIsInTheLog) {
  test::Workspace workspace;
  const std::string link = workspace.server().first_invitation();
  workspace.add_people();
  for (const std::string& line : workspace.log()) {
    EXPECT_EQ(line.find("password of"), std::string::npos) << line;
    EXPECT_EQ(line.find(link), std::string::npos) << line;
  }
}

TEST(People, APasswordThatEverybodyWouldTryIsRefused) {
  test::Workspace workspace;
  workspace.add_people();
  const auto change = [&](const std::string& password) {
    return workspace
        .ask("monitor", "POST", "/api/v1/session/password",
             object_of({{"password", "password of monitor"}, {"new_password", password}}))
        .status;
  };
  for (const char* easy : {"aaaaaaaaaaaaaaaa", "abababababababab", "123456789012", "QWERTYUIOPAS",
                           "monitormonitor", "Truce-monitor-1", "truce.truce.truce"}) {
    EXPECT_EQ(change(easy), 400U) << easy;
  }
  EXPECT_EQ(change("seven herons stand in the reeds"), 204U);
}

}  // namespace
}  // namespace truce::server
