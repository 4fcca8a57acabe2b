// SPDX-License-Identifier: Apache-2.0
#include "tests/support/workspace.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

namespace truce::test {
namespace {

using encoding::JsonValue;

// 1 February 2030, 12:00 UTC.
constexpr std::int64_t kBegin = 1896177600;

std::string whole(server::Response& response) {
  if (!response.stream) {
    return response.body;
  }
  std::string text;
  while (true) {
    const auto piece = response.stream->next();
    text += piece.bytes;
    if (piece.state != server::Stream::State::More) {
      return text;
    }
  }
}

}  // namespace

server::Response WorkspaceTest::expect(unsigned status, const std::string& user,
                                       const std::string& target, const JsonValue& body) {
  server::Response response = workspace_.ask(user, "POST", target, body);
  EXPECT_EQ(response.status, status) << user << ' ' << target << ": " << response.body;
  return response;
}

JsonValue object_of(const std::vector<std::pair<std::string, JsonValue>>& members) {
  JsonValue value = JsonValue::object();
  for (const auto& [name, member] : members) {
    value.set(name, member);
  }
  return value;
}

JsonValue attack(const std::string& incident, const std::string& account,
                 const std::string& actor) {
  JsonValue body = object_of({{"incident", incident},
                              {"from", "2030-01-30T10:00Z"},
                              {"to", "2030-01-30T10:10Z"},
                              {"kind", "attack"},
                              {"actor", actor},
                              {"target", "Civilians"},
                              {"weapon", "Artillery"}});
  if (!account.empty()) {
    body.set("account", account);
  }
  return body;
}

JsonValue shown_to(JsonValue account, JsonValue::Array audience) {
  account.set("audience", std::move(audience));
  return account;
}

Workspace::Workspace(bool has_ledger) : has_ledger_(has_ledger), seconds_(kBegin) {
  // In memory where there is such a folder: these tests are not about the disk.
  const std::filesystem::path memory = "/dev/shm";
  std::error_code error;
  const auto where = std::filesystem::is_directory(memory, error)
                         ? memory
                         : std::filesystem::temp_directory_path();
  std::string pattern = (where / "truce-workspace-XXXXXX").string();
  folder_ = mkdtemp(pattern.data());
  open();
}

Workspace::~Workspace() {
  server_.reset();
  std::filesystem::remove_all(folder_);
}

void Workspace::open() {
  server::Limits limits;
  limits.witness_time = witness_time_;
  auto opened = server::Server::open({.data = folder_,
                                      .has_ledger = has_ledger_,
                                      .port = 0,
                                      .witnesses = witnesses_,
                                      .limits = limits,
                                      .clock = [this] { return base::Instant{seconds_.load()}; },
                                      .on_log =
                                          [this](const std::string& line) {
                                            const std::scoped_lock locked(log_lock_);
                                            log_.push_back(line);
                                          },
                                      .password_cost = {.passes = 1, .memory_bytes = 8192}});
  if (!opened) {
    ADD_FAILURE() << opened.error().message;
    std::abort();
  }
  server_ = std::move(opened).value();
}

void Workspace::watch_small_agreement(encoding::JsonValue::Array audience) {
  const auto added =
      ask("mediator", "POST", "/api/v1/agreement/revisions",
          object_of({{"files", JsonValue::Array{object_of(
                                   {{"name", "agreement.truce"}, {"text", kSmallAgreement}})}},
                     {"audience", std::move(audience)}}));
  ASSERT_EQ(added.status, 201U) << added.body;
  const auto watched = ask("mediator", "POST", "/api/v1/agreement/revisions/1/watch");
  ASSERT_EQ(watched.status, 204U) << watched.body;
}

void Workspace::reopen() {
  sessions_.clear();
  server_.reset();
  open();
}

void Workspace::add_people() {
  const std::string first = server_->first_invitation();
  const auto accepted =
      ask("", "POST", "/api/v1/invitations",
          object_of({{"invitation", first}, {"password", "password of administrator"}}));
  ASSERT_EQ(accepted.status, 204U) << accepted.body;
  ASSERT_TRUE(sign_in("administrator"));
  for (const std::string role :
       {"mediator", "monitor", "verifier", "reporter", "convoy-officer", "auditor"}) {
    add_person(role, role, "");
  }
  add_person("second-verifier", "verifier", "");
  add_person("north", "delegate", "North");
  add_person("south", "delegate", "South");
}

void Workspace::add_person(const std::string& name, const std::string& role,
                           const std::string& party) {
  JsonValue user = object_of({{"name", name}, {"role", role}});
  if (!party.empty()) {
    user.set("party", party);
  }
  const auto added = ask("administrator", "POST", "/api/v1/users", user);
  ASSERT_EQ(added.status, 201U) << added.body;
  const auto link = encoding::parse_json("answer", added.body);
  ASSERT_TRUE(link);
  const auto accepted = ask(
      "", "POST", "/api/v1/invitations",
      object_of({{"invitation", *link->find("invitation")}, {"password", "password of " + name}}));
  ASSERT_EQ(accepted.status, 204U) << accepted.body;
  ASSERT_TRUE(sign_in(name));
}

bool Workspace::sign_in(const std::string& user) {
  const auto response = ask("", "POST", "/api/v1/session",
                            object_of({{"name", user}, {"password", "password of " + user}}));
  if (response.status != 201) {
    return false;
  }
  Session session;
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie") {
      session.cookie = value.substr(0, value.find(';'));
    }
  }
  const auto answer = encoding::parse_json("answer", response.body);
  session.csrf = answer->find("csrf")->text();
  sessions_[user] = session;
  return true;
}

server::Response Workspace::ask(const std::string& user, const std::string& method,
                                const std::string& target, const JsonValue& body) {
  return ask(user, method, target, body.is_null() ? "" : "application/json",
             body.is_null() ? std::string() : body.to_text());
}

server::Response Workspace::ask(const std::string& user, const std::string& method,
                                const std::string& target, const std::string& type,
                                const std::string& content) {
  server::Request request{.method = method,
                          .target = target,
                          .headers = {{"host", "127.0.0.1"}},
                          .body = content,
                          .peer = "127.0.0.1"};
  if (!type.empty()) {
    request.headers.emplace_back("content-type", type);
  }
  if (!user.empty()) {
    const Session& session = sessions_[user];
    request.headers.emplace_back("cookie", session.cookie);
    request.headers.emplace_back("x-csrf-token", session.csrf);
  }
  return server_->handle(request);
}

std::string Workspace::text(const std::string& user, const std::string& target) {
  auto response = ask(user, "GET", target);
  return std::to_string(response.status) + ' ' + whole(response);
}

JsonValue Workspace::get(const std::string& user, const std::string& target) {
  auto response = ask(user, "GET", target);
  EXPECT_EQ(response.status, 200U) << target << ": " << response.body;
  auto value = encoding::parse_json("answer", whole(response));
  return value ? std::move(value).value() : JsonValue();
}

}  // namespace truce::test
