// SPDX-License-Identifier: Apache-2.0
// Signing in and out, and who may.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/crypto/password.h"
#include "truce/crypto/sha256.h"
#include "truce/server/internal/actions.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

constexpr std::size_t kShortestPassword = 12;

bool is_user_name(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '.' || letter == '-' || letter == '_';
         });
}

JsonValue session_of(const Person& person, const std::string& csrf) {
  JsonValue value = JsonValue::object();
  value.set("name", person.name);
  value.set("role", to_text(person.role));
  if (!person.party.empty()) {
    value.set("party", person.party);
  }
  value.set("csrf", csrf);
  return value;
}

std::string cookie(std::string_view token, const Request& request, bool is_over) {
  std::string text =
      fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(request), token);
  // Without TLS a browser would not send it back.
  text += is_over_tls(request) ? "; Secure" : "";
  text += is_over ? "; Max-Age=0" : "";
  return text;
}

Response done() {
  return {.status = 204, .content_type = {}, .headers = {}, .body = {}, .stream = nullptr};
}

// Whether somebody who knows the name would soon try it.
bool is_easy(const std::string& password, const std::string& name) {
  constexpr std::size_t kFewestDifferent = 5;
  constexpr std::size_t kFewestBesidesNames = 8;
  static constexpr std::array<std::string_view, 3> kRuns = {
      "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm1234567890",
      "01234567890123456789012345678901234567890"};
  std::string rest(password);
  std::transform(rest.begin(), rest.end(), rest.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  const bool is_run = std::any_of(kRuns.begin(), kRuns.end(), [&](std::string_view run) {
    return run.find(rest) != std::string_view::npos;
  });
  if (is_run || std::set<char>(rest.begin(), rest.end()).size() < kFewestDifferent) {
    return true;
  }
  for (const std::string_view word : {std::string_view(name), std::string_view("truce")}) {
    for (std::size_t at = word.empty() ? std::string::npos : rest.find(word);
         at != std::string::npos; at = rest.find(word)) {
      rest.erase(at, word.size());
    }
  }
  return rest.size() < kFewestBesidesNames;
}

// What is kept of a new password, or why it is none.
std::variant<std::string, Response> kept_of(Context& context, const std::string& name,
                                            const std::string& password) {
  if (base::count_code_points(password) < kShortestPassword) {
    return refusal(400,
                   say("a password has {} characters or more", std::to_string(kShortestPassword)));
  }
  if (is_easy(password, name)) {
    return refusal(400,
                   say("that password would soon be tried; take a sentence of your own, without "
                       "your name"));
  }
  const std::scoped_lock one(context.password_lock);
  auto kept = crypto::hash_password(password, context.password_cost);
  if (!kept) {
    return problem(kept.error());
  }
  return std::move(kept).value();
}

bool is_right(Context& context, const std::string& kept, const std::string& password) {
  const std::scoped_lock one(context.password_lock);
  return crypto::is_password(kept, password);
}

Entry entry_of(std::string kind, const std::string& who, const std::string& name) {
  Entry entry;
  entry.kind = std::move(kind);
  entry.who = who;
  entry.audience = {"administrator"};
  entry.body.set("name", name);
  return entry;
}

// As long for a name that nobody has as for one that somebody has.
const std::string& password_of_nobody(Context& context) {
  static std::once_flag once;
  static std::string kept;
  std::call_once(once, [&] {
    if (auto made = crypto::hash_password("nobody's", context.password_cost)) {
      kept = std::move(made).value();
    }
  });
  return kept;
}

std::string password_kept_of(Context& context, const std::string& name) {
  return context.workspace.read([&](const Contents& contents) {
    const User* const user = contents.people.find(name);
    return user == nullptr ? std::string() : user->password;
  });
}

// Adds the hash of a new link to the entry.
base::Result<std::string> add_link(const Context& context, Entry& entry, base::Instant now) {
  auto token = crypto::random_token();
  if (token) {
    entry.body.set("invitation", crypto::sha256_hex(*token));
    entry.body.set("until", now.seconds + context.limits.invitation_age.count());
  }
  return token;
}

Response invitation(const Context& context, const std::string& name, const std::string& token,
                    base::Instant now) {
  JsonValue value = JsonValue::object();
  value.set("name", name);
  value.set("invitation", token);
  value.set("until", base::to_iso(now + base::Duration{context.limits.invitation_age.count()}, {}));
  return json(value, 201);
}

}  // namespace

Response sign_in(Context& context, const Call& call) {
  const std::string& name = call.text("name");
  const base::Instant now = context.workspace.now();
  if (const std::int64_t wait = context.sessions.seconds_to_wait(name, now); wait > 0) {
    Response response = problem(429, "there were too many wrong passwords for this name; wait");
    response.headers.emplace_back("Retry-After", std::to_string(wait));
    return response;
  }
  const std::string kept = password_kept_of(context, name);
  const bool is_known =
      is_right(context, kept.empty() ? password_of_nobody(context) : kept, call.text("password"));
  if (kept.empty() || !is_known) {
    context.sessions.note_wrong_password(name, now);
    return problem(401, "the name or the password is wrong");
  }
  context.sessions.note_right_password(name);
  const auto opened = context.sessions.open(name, now);
  if (!opened) {
    return problem(opened.error());
  }
  const Person person = context.workspace.read([&](const Contents& contents) {
    const User* const user = contents.people.find(name);
    return user == nullptr ? Person{} : user->person;
  });
  Response response = json(session_of(person, opened->csrf), 201);
  response.headers.emplace_back("Set-Cookie", cookie(opened->token, call.request, false));
  return response;
}

Response get_session(Context&, const Call& call) {
  return json(session_of(call.person, call.csrf));
}

Response sign_out(Context& context, const Call& call) {
  context.sessions.close(call.token);
  Response response = done();
  response.headers.emplace_back("Set-Cookie", cookie("", call.request, true));
  return response;
}

Response change_password(Context& context, const Call& call) {
  const std::string& name = call.person.name;
  const base::Instant now = context.workspace.now();
  if (context.sessions.seconds_to_wait(name, now) > 0) {
    return problem(429, "there were too many wrong passwords for this name; wait");
  }
  if (!is_right(context, password_kept_of(context, name), call.text("password"))) {
    context.sessions.note_wrong_password(name, now);
    return problem(403, "the password that holds is another one");
  }
  auto kept = kept_of(context, name, call.text("new_password"));
  if (auto* const refused = std::get_if<Response>(&kept)) {
    return std::move(*refused);
  }
  auto refused = context.workspace.write([&](const Contents&, base::Instant) -> Decision {
    Entry entry = entry_of("password", name, name);
    entry.body.set("password", std::get<std::string>(kept));
    return entry;
  });
  if (refused) {
    return std::move(*refused);
  }
  context.sessions.close_all_of(name);
  return done();
}

Response accept_invitation(Context& context, const Call& call) {
  const std::string invited = context.workspace.read([&](const Contents& contents) {
    const User* const user =
        contents.people.invited(call.text("invitation"), context.workspace.now());
    return user == nullptr ? std::string() : user->person.name;
  });
  auto kept = kept_of(context, invited, call.text("password"));
  if (auto* const refused = std::get_if<Response>(&kept)) {
    return std::move(*refused);
  }
  std::string name;
  auto refused =
      context.workspace.write([&](const Contents& contents, base::Instant now) -> Decision {
        const User* const user = contents.people.invited(call.text("invitation"), now);
        if (user == nullptr) {
          return problem(403, "this link was used, has ended or is none; ask for another");
        }
        name = user->person.name;
        Entry entry = entry_of("password", name, name);
        entry.body.set("password", std::get<std::string>(kept));
        return entry;
      });
  if (refused) {
    return std::move(*refused);
  }
  context.sessions.close_all_of(name);
  return done();
}

Response list_users(Context& context, const Call&) {
  return context.workspace.read([](const Contents& contents) {
    JsonValue::Array users;
    for (const auto& [name, user] : contents.people.users()) {
      JsonValue value = JsonValue::object();
      value.set("name", name);
      value.set("role", to_text(user.person.role));
      if (!user.person.party.empty()) {
        value.set("party", user.person.party);
      }
      value.set("state", user.is_ended ? "ended" : user.password.empty() ? "invited" : "active");
      users.push_back(std::move(value));
    }
    JsonValue value = JsonValue::object();
    value.set("users", std::move(users));
    return json(value);
  });
}

Response add_user(Context& context, const Call& call) {
  const std::string& name = call.text("name");
  const auto role = find_role(call.text("role"));
  const std::string& party = call.text("party");
  if (!is_user_name(name)) {
    return refusal(400,
                   say("a name has lower-case letters, digits, `.`, `-` and `_`, a letter first"));
  }
  if (!role || *role == Role::Public) {
    return refusal(400, say("`role` is none that a user can have; see x-roles in /openapi.json"));
  }
  if ((*role == Role::Delegate) == party.empty()) {
    return refusal(400, say("a delegate has a `party`, and nobody else has one"));
  }
  std::string token;
  base::Instant at;
  auto refused =
      context.workspace.write([&](const Contents& contents, base::Instant now) -> Decision {
        if (contents.people.users().contains(name)) {
          return refusal(409, say("somebody has or had that name; choose another"));
        }
        Entry entry = entry_of("user", call.person.name, name);
        entry.body.set("role", to_text(*role));
        entry.body.set("party", party);
        auto made = add_link(context, entry, now);
        if (!made) {
          return problem(made.error());
        }
        token = std::move(made).value();
        at = now;
        return entry;
      });
  return refused ? std::move(*refused) : invitation(context, name, token, at);
}

Response invite_user(Context& context, const Call& call) {
  const std::string& name = call.segment("user");
  std::string token;
  base::Instant at;
  auto refused =
      context.workspace.write([&](const Contents& contents, base::Instant now) -> Decision {
        if (contents.people.find(name) == nullptr) {
          return not_found();
        }
        Entry entry = entry_of("invitation", call.person.name, name);
        auto made = add_link(context, entry, now);
        if (!made) {
          return problem(made.error());
        }
        token = std::move(made).value();
        at = now;
        return entry;
      });
  if (refused) {
    return std::move(*refused);
  }
  context.sessions.close_all_of(name);
  return invitation(context, name, token, at);
}

Response end_user(Context& context, const Call& call) {
  const std::string& name = call.segment("user");
  if (name == call.person.name) {
    return refusal(409, say("nobody ends themselves; ask another administrator"));
  }
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    if (contents.people.find(name) == nullptr) {
      return not_found();
    }
    return entry_of("user-ended", call.person.name, name);
  });
  if (refused) {
    return std::move(*refused);
  }
  context.sessions.close_all_of(name);
  return done();
}

base::Result<std::string> first_link(Context& context) {
  const bool has_one = context.workspace.read(
      [](const Contents& contents) { return contents.people.has_administrator(); });
  if (has_one) {
    return std::string();
  }
  static const std::string kName = "administrator";
  base::Result<std::string> token = std::string();
  auto refused =
      context.workspace.write([&](const Contents& contents, base::Instant now) -> Decision {
        const bool is_new = !contents.people.users().contains(kName);
        Entry entry = entry_of(is_new ? "user" : "invitation", "", kName);
        if (is_new) {
          entry.body.set("role", to_text(Role::Administrator));
        }
        token = add_link(context, entry, now);
        return token ? Decision(std::move(entry)) : Decision(problem(token.error()));
      });
  if (refused && token) {
    return base::Error{
        base::ErrorCode::Io,
        "the folder of the workspace cannot be written; make room or mend its rights"};
  }
  return token;
}

}  // namespace truce::server::internal
