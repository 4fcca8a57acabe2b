// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "truce/server/route.h"

namespace truce::server {
namespace {

using enum FieldType;

constexpr std::array kHealth = {
    Field{.name = "status",
          .type = Text,
          .what = "`ok`, or `read-only` where nothing can be written"},
};
constexpr std::array kOpenApi = {
    Field{.name = "openapi", .type = Text, .what = "The version of OpenAPI"},
};
constexpr std::array kProblem = {
    Field{.name = "status", .type = Integer, .what = "The status of HTTP"},
    Field{.name = "title", .type = Text, .what = "Its words"},
    Field{.name = "detail", .type = Text, .what = "What is wrong and how to mend it"},
};

constexpr std::size_t kName = 64;
constexpr std::size_t kPassword = 256;
constexpr std::size_t kLine = 256;

constexpr std::array kSignIn = {
    Field{.name = "name", .most = kName, .what = "Of the user"},
    Field{.name = "password", .most = kPassword, .what = "Of the user"},
};
constexpr std::array kSession = {
    Field{.name = "name", .what = "Of the user"},
    Field{.name = "role", .what = "What the user is here for"},
    Field{.name = "party", .is_required = false, .what = "Of a delegate"},
    Field{.name = "csrf", .what = "Goes with each write, in the header X-CSRF-Token"},
};
constexpr std::array kNewPassword = {
    Field{.name = "password", .most = kPassword, .what = "The one that holds"},
    Field{.name = "new_password", .most = kPassword, .what = "12 characters or more"},
};
constexpr std::array kAcceptance = {
    Field{.name = "invitation",
          .most = kName,
          .what = "What stands behind `invitation=` in the link"},
    Field{.name = "password", .most = kPassword, .what = "12 characters or more"},
};
constexpr std::array kNewUser = {
    Field{.name = "name",
          .most = kName,
          .what = "Lower-case letters, digits, `.`, `-` and `_`, a letter first"},
    Field{.name = "role", .most = kName, .what = "One of those under x-roles but public"},
    Field{.name = "party",
          .is_required = false,
          .most = kLine,
          .what = "Of a delegate, and only of one: the party by its name in the agreement"},
};
constexpr std::array kUser = {
    Field{.name = "name", .what = "By which the user signs in"},
    Field{.name = "role", .what = "What the user is here for"},
    Field{.name = "party", .is_required = false, .what = "Of a delegate"},
    Field{.name = "state", .what = "`invited`, `active` or `ended`"},
};
constexpr std::array kUsers = {
    Field{.name = "users", .type = Objects, .what = "In order of name", .of = "User"},
};
constexpr std::array kInvitation = {
    Field{.name = "name", .what = "Of the user"},
    Field{.name = "invitation", .what = "What the link holds, shown this once"},
    Field{.name = "until", .type = Moment, .what = "When the link ends"},
};

}  // namespace

std::span<const Schema> all_schemas() {
  static constexpr std::array kSchemas = {
      Schema{.name = "Health", .what = "Whether the server is alive", .fields = kHealth},
      Schema{.name = "OpenApi",
             .what = "A description in OpenAPI 3.1",
             .fields = kOpenApi,
             .is_open = true},
      Schema{.name = "SignIn", .what = "A name and its password", .fields = kSignIn},
      Schema{.name = "Session", .what = "Who is signed in", .fields = kSession},
      Schema{
          .name = "NewPassword", .what = "A password in place of another", .fields = kNewPassword},
      Schema{.name = "Acceptance", .what = "The first password", .fields = kAcceptance},
      Schema{.name = "NewUser", .what = "Somebody new", .fields = kNewUser},
      Schema{.name = "User", .what = "Somebody who may sign in, or might", .fields = kUser},
      Schema{.name = "Users", .what = "Everybody", .fields = kUsers},
      Schema{.name = "Invitation", .what = "A one-time link", .fields = kInvitation},
      Schema{.name = "Problem", .what = "Why a request was refused (RFC 9457)", .fields = kProblem},
  };
  return kSchemas;
}

const Schema* find_schema(std::string_view name) {
  const auto schemas = all_schemas();
  const auto found = std::find_if(schemas.begin(), schemas.end(),
                                  [&](const Schema& schema) { return schema.name == name; });
  return found == schemas.end() ? nullptr : &*found;
}

}  // namespace truce::server
