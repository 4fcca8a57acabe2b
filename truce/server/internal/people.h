// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "truce/base/time.h"
#include "truce/server/internal/journal.h"
#include "truce/server/limits.h"
#include "truce/server/roles.h"

namespace truce::server::internal {

struct User {
  Person person;
  // As crypto::hash_password() makes it; empty until an invitation is accepted.
  std::string password;
  // The hash of the link, until when it can be used; empty: there is none.
  std::string invitation;
  base::Instant invited_until;
  bool is_ended = false;
};

/// Who may sign in, as the entries say.
class People {
 public:
  /// Entries of other kinds change nothing.
  void apply(const Entry& entry);

  [[nodiscard]] const std::map<std::string, User, std::less<>>& users() const { return users_; }
  /// Null where there is none of that name, or not any more.
  [[nodiscard]] const User* find(std::string_view name) const;
  /// Whose link that is, if it can still be used at `now`.
  [[nodiscard]] const User* invited(std::string_view token, base::Instant now) const;
  /// Whether somebody can make users.
  [[nodiscard]] bool has_administrator() const;

 private:
  std::map<std::string, User, std::less<>> users_;
};

/// Who is signed in. In memory alone: a restart signs everybody out. May be used by several
/// threads.
class Sessions {
 public:
  explicit Sessions(const Limits& limits) : limits_(limits) {}

  struct Opened {
    // Known to the one who signed in alone.
    std::string token;
    // Shown with each write, which no page elsewhere can do.
    std::string csrf;
  };
  struct Found {
    std::string user;
    std::string csrf;
  };

  /// Fails where the system gives no random bytes.
  base::Result<Opened> open(const std::string& user, base::Instant now);
  /// Whose session it is; nobody's where it is none or has ended.
  std::optional<Found> find(std::string_view token, base::Instant now);
  /// The same without keeping it alive.
  bool is_open(std::string_view token, base::Instant now);
  void close(std::string_view token);
  void close_all_of(std::string_view user);

  /// Whether the next password for that name is looked at, or how many seconds it has to wait.
  std::int64_t seconds_to_wait(const std::string& user, base::Instant now);
  void note_wrong_password(const std::string& user, base::Instant now);
  void note_right_password(const std::string& user);

 private:
  struct Session {
    std::string user;
    std::string csrf;
    base::Instant began;
    base::Instant last;
  };
  struct Wrong {
    std::uint32_t count = 0;
    base::Instant since;
  };

  [[nodiscard]] bool is_over(const Session& session, base::Instant now) const;

  const Limits& limits_;
  std::mutex lock_;
  // By the hash of the token.
  std::map<std::string, Session, std::less<>> sessions_;
  std::map<std::string, Wrong> wrong_;
};

}  // namespace truce::server::internal
