// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "truce/encoding/json_value.h"
#include "truce/ledger/witness_list.h"
#include "truce/server/server.h"

namespace truce::test {

/// One prohibition of attacks, for North and South, from 20 January 2030 on.
constexpr const char* kSmallAgreement = R"(truce "Small";
  of 2030-01-01;
  clock Local at UTC+02:00;
  days of 24 hours;
  languages en authentic;
  vocabulary "truce/ceasefire-1".

parties
  North;
  South.

moments
  D = 2030-01-20 19:00.

article 1 "Cessation"

1.1 each Party shall not attack another Party or Civilians with Weapons;
      from D;
      for 60 days;
      consequence none stated.
)";

/// A workspace in a folder of its own, asked without the network. Its clock stands still unless it
/// is moved; passwords cost as little as they can.
class Workspace {
 public:
  explicit Workspace(bool has_ledger = false);
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  /// An administrator, a delegate of North and of South, and one of each other role but the public,
  /// named as their roles are; `north`, `south`, `second-verifier`. All are signed in.
  void add_people();
  /// The mediator enters kSmallAgreement for that audience and has it watched.
  void watch_small_agreement(encoding::JsonValue::Array audience);
  /// From the next reopen() on these are asked to sign the ledger, which there must be.
  void name_witnesses(std::vector<ledger::WitnessAddress> witnesses,
                      std::chrono::milliseconds time) {
    witnesses_ = std::move(witnesses);
    witness_time_ = time;
  }
  /// Closes and opens the folder again. Everybody is signed out.
  void reopen();
  /// `user` empty: nobody is signed in. A body is sent as JSON.
  server::Response ask(const std::string& user, const std::string& method,
                       const std::string& target, const encoding::JsonValue& body = {});
  server::Response ask(const std::string& user, const std::string& method,
                       const std::string& target, const std::string& type,
                       const std::string& content);
  /// The same, whole, with a stream read until it waits.
  std::string text(const std::string& user, const std::string& target);
  encoding::JsonValue get(const std::string& user, const std::string& target);

  [[nodiscard]] const std::string& folder() const { return folder_; }
  /// Closes the folder, which can then be changed; reopen() opens it.
  void close() { server_.reset(); }
  bool sign_in(const std::string& user);
  void sign_out(const std::string& user) { sessions_.erase(user); }
  void move_clock(base::Duration by) { seconds_ += by.seconds; }
  server::Server& server() { return *server_; }
  [[nodiscard]] const std::vector<std::string>& log() const { return log_; }

 private:
  struct Session {
    std::string cookie;
    std::string csrf;
  };

  void open();
  void add_person(const std::string& name, const std::string& role, const std::string& party);

  std::string folder_;
  bool has_ledger_;
  std::vector<ledger::WitnessAddress> witnesses_;
  std::chrono::milliseconds witness_time_{1000};
  std::atomic<std::int64_t> seconds_;
  std::mutex log_lock_;
  std::vector<std::string> log_;
  std::unique_ptr<server::Server> server_;
  std::map<std::string, Session> sessions_;
};

/// Tests on one workspace.
class WorkspaceTest : public testing::Test {
 protected:
  /// What `user` is answered when they post `body`, which must have this status.
  server::Response expect(unsigned status, const std::string& user, const std::string& target,
                          const encoding::JsonValue& body);

  Workspace workspace_;
};

/// An object of a few members, all texts.
encoding::JsonValue object_of(
    const std::vector<std::pair<std::string, encoding::JsonValue>>& members);

/// An account of an attack on civilians on 30 January 2030; of whoever sends it where `account` is
/// empty.
encoding::JsonValue attack(const std::string& incident, const std::string& account,
                           const std::string& actor);
encoding::JsonValue shown_to(encoding::JsonValue account, encoding::JsonValue::Array audience);

}  // namespace truce::test
