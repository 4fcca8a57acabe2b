// SPDX-License-Identifier: Apache-2.0
// Who may ask for what: every line of the table for everybody, and what each side can see of the
// other.
#include "tests/support/workspace.h"
#include <gtest/gtest.h>

#include "truce/server/route.h"

namespace truce::server {
namespace {

struct Asker {
  std::string user;
  Role role = Role::Public;
};

const std::vector<Asker>& askers() {
  static const std::vector<Asker> kAskers = {{"", Role::Public},
                                             {"mediator", Role::Mediator},
                                             {"monitor", Role::Monitor},
                                             {"verifier", Role::Verifier},
                                             {"reporter", Role::Reporter},
                                             {"north", Role::Delegate},
                                             {"convoy-officer", Role::ConvoyOfficer},
                                             {"auditor", Role::Auditor},
                                             {"administrator", Role::Administrator}};
  return kAskers;
}

std::string address_of(const Route& route) {
  std::string path;
  bool is_name = false;
  for (const char letter : route.path) {
    is_name = letter == '{' || (is_name && letter != '}');
    if (letter == '}') {
      path += "nothing-here";
    } else if (!is_name) {
      path += letter;
    }
  }
  return path;
}

TEST(Matrix, EveryRouteLetsInTheRolesOfItsLineAndNobodyElse) {
  test::Workspace workspace;
  workspace.add_people();
  for (const Asker& asker : askers()) {
    for (const Route& route : all_routes()) {
      const encoding::JsonValue body =
          route.takes.empty() ? encoding::JsonValue() : encoding::JsonValue::object();
      // The counters are for who asks from this machine, too; a proxy says for whom it asks.
      if (route.action == Action::GetMetrics) {
        continue;
      }
      const Response response =
          workspace.ask(asker.user, std::string(route.method), address_of(route), body);
      const std::string where = asker.user + " " + std::string(route.method) + " " +
                                std::string(route.path) + ": " + response.body.substr(0, 200);
      if (!route.roles.has(asker.role)) {
        EXPECT_EQ(response.status, asker.user.empty() ? 401U : 403U) << where;
      } else {
        EXPECT_TRUE(response.status == route.status || response.status == 400U ||
                    response.status == 404U || response.status == 415U)
            << where << response.status;
      }
      if (route.action == Action::SignOut && !asker.user.empty()) {
        ASSERT_TRUE(workspace.sign_in(asker.user));
      }
    }
  }
}

TEST(Matrix, WithoutASessionNothingButThePublicPartIsThere) {
  test::Workspace workspace;
  for (const Route& route : all_routes()) {
    if (route.roles.has(Role::Public) || route.action == Action::GetMetrics) {
      continue;
    }
    EXPECT_EQ(workspace.ask("", std::string(route.method), address_of(route)).status, 401U)
        << route.path;
  }
}

TEST(Matrix, WhatIsGivenIsAsTheSchemaSays) {
  test::Workspace workspace;
  workspace.add_people();
  std::size_t checked = 0;
  for (const Asker& asker : askers()) {
    for (const Route& route : all_routes()) {
      const Schema* const schema = find_schema(route.gives);
      if (schema == nullptr || route.method != "GET" || !route.roles.has(asker.role)) {
        continue;
      }
      const Response response = workspace.ask(asker.user, "GET", address_of(route));
      if (response.status != 200) {
        continue;
      }
      const auto value = encoding::parse_json("answer", response.body);
      ASSERT_TRUE(value) << route.path;
      const auto fits = check_against(*schema, *value);
      EXPECT_TRUE(fits) << route.path << ": " << (fits ? "" : fits.error().message);
      ++checked;
    }
  }
  EXPECT_GT(checked, 9U);
}

}  // namespace
}  // namespace truce::server
