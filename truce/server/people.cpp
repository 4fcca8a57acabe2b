// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/people.h"

#include <algorithm>
#include <utility>

#include "truce/crypto/password.h"
#include "truce/crypto/sha256.h"

namespace truce::server::internal {
namespace {

const std::string& text_of(const Entry& entry, std::string_view name) {
  static const std::string kEmpty;
  const encoding::JsonValue* const member = entry.body.find(name);
  return member == nullptr ? kEmpty : member->text();
}

void invite(const Entry& entry, User& user) {
  user.invitation = text_of(entry, "invitation");
  const encoding::JsonValue* const until = entry.body.find("until");
  user.invited_until = {until == nullptr ? 0 : until->integer()};
}

}  // namespace

void People::apply(const Entry& entry) {
  const std::string& name = text_of(entry, "name");
  if (entry.kind == "user") {
    User user;
    user.person = {.name = name,
                   .role = find_role(text_of(entry, "role")).value_or(Role::Public),
                   .party = text_of(entry, "party")};
    invite(entry, user);
    users_.insert_or_assign(name, std::move(user));
    return;
  }
  const auto at = users_.find(name);
  if (at == users_.end()) {
    return;
  }
  if (entry.kind == "invitation") {
    invite(entry, at->second);
    // A new link is for who has lost the password, or should not have it any more.
    at->second.password.clear();
  } else if (entry.kind == "password") {
    at->second.password = text_of(entry, "password");
    at->second.invitation.clear();
  } else if (entry.kind == "user-ended") {
    at->second.is_ended = true;
    at->second.password.clear();
    at->second.invitation.clear();
  }
}

const User* People::find(std::string_view name) const {
  const auto at = users_.find(name);
  return at == users_.end() || at->second.is_ended ? nullptr : &at->second;
}

const User* People::invited(std::string_view token, base::Instant now) const {
  const std::string hash = crypto::sha256_hex(token);
  for (const auto& [name, user] : users_) {
    if (!user.invitation.empty() && crypto::is_same_secret(user.invitation, hash)) {
      return now < user.invited_until ? &user : nullptr;
    }
  }
  return nullptr;
}

bool People::has_administrator() const {
  return std::any_of(users_.begin(), users_.end(), [](const auto& entry) {
    return entry.second.person.role == Role::Administrator && !entry.second.password.empty();
  });
}

bool Sessions::is_over(const Session& session, base::Instant now) const {
  return now - session.last > base::Duration{limits_.session_idle.count()} ||
         now - session.began > base::Duration{limits_.session_age.count()};
}

base::Result<Sessions::Opened> Sessions::open(const std::string& user, base::Instant now) {
  auto token = crypto::random_token();
  auto csrf = crypto::random_token();
  if (!token || !csrf) {
    return token ? csrf.error() : token.error();
  }
  const std::scoped_lock locked(lock_);
  std::erase_if(sessions_, [&](const auto& entry) { return is_over(entry.second, now); });
  while (static_cast<std::size_t>(
             std::count_if(sessions_.begin(), sessions_.end(), [&](const auto& entry) {
               return entry.second.user == user;
             })) >= limits_.sessions_of_user) {
    // The one that has been idle longest makes room.
    auto oldest = sessions_.end();
    for (auto at = sessions_.begin(); at != sessions_.end(); ++at) {
      if (at->second.user == user &&
          (oldest == sessions_.end() || at->second.last < oldest->second.last)) {
        oldest = at;
      }
    }
    sessions_.erase(oldest);
  }
  sessions_.emplace(crypto::sha256_hex(*token), Session{user, *csrf, now, now});
  return Opened{std::move(token).value(), std::move(csrf).value()};
}

std::optional<Sessions::Found> Sessions::find(std::string_view token, base::Instant now) {
  const std::scoped_lock locked(lock_);
  const auto at = sessions_.find(crypto::sha256_hex(token));
  if (at == sessions_.end()) {
    return std::nullopt;
  }
  if (is_over(at->second, now)) {
    sessions_.erase(at);
    return std::nullopt;
  }
  at->second.last = now;
  return Found{at->second.user, at->second.csrf};
}

bool Sessions::is_open(std::string_view token, base::Instant now) {
  const std::scoped_lock locked(lock_);
  const auto at = sessions_.find(crypto::sha256_hex(token));
  return at != sessions_.end() && !is_over(at->second, now);
}

void Sessions::close(std::string_view token) {
  const std::scoped_lock locked(lock_);
  sessions_.erase(crypto::sha256_hex(token));
}

void Sessions::close_all_of(std::string_view user) {
  const std::scoped_lock locked(lock_);
  std::erase_if(sessions_, [&](const auto& entry) { return entry.second.user == user; });
}

std::int64_t Sessions::seconds_to_wait(const std::string& user, base::Instant now) {
  const std::scoped_lock locked(lock_);
  const auto at = wrong_.find(user);
  if (at == wrong_.end()) {
    return 0;
  }
  const std::int64_t left = limits_.wrong_password_wait.count() - (now - at->second.since).seconds;
  if (left <= 0) {
    wrong_.erase(at);
    return 0;
  }
  return at->second.count < limits_.wrong_passwords ? 0 : left;
}

void Sessions::note_wrong_password(const std::string& user, base::Instant now) {
  constexpr std::size_t kMostNames = 100'000;
  const std::scoped_lock locked(lock_);
  if (wrong_.size() > kMostNames) {
    wrong_.clear();
  }
  Wrong& wrong = wrong_[user];
  ++wrong.count;
  wrong.since = now;
}

void Sessions::note_right_password(const std::string& user) {
  const std::scoped_lock locked(lock_);
  wrong_.erase(user);
}

}  // namespace truce::server::internal
