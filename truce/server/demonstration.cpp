// SPDX-License-Identifier: Apache-2.0
#include "truce/server/demonstration.h"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/crypto/joint_secret.h"
#include "truce/encoding/json_value.h"
#include "truce/workbench/files.h"

namespace truce::server {
namespace {

using encoding::JsonValue;

const std::string& text_of(const JsonValue& value, std::string_view name) {
  static const std::string kEmpty;
  const JsonValue* const member = value.find(name);
  return member == nullptr ? kEmpty : member->text();
}

// Easy to read aloud and to type: no letter that looks like another.
base::Result<std::string> new_password() {
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
  const auto bytes = crypto::random_bytes();
  if (!bytes) {
    return bytes.error();
  }
  std::string password;
  for (std::size_t at = 0; at < 16; ++at) {
    password += at % 4 == 0 && at > 0 ? "-" : "";
    password += kLetters[static_cast<unsigned char>((*bytes)[at]) % kLetters.size()];
  }
  return password;
}

class Loader {
 public:
  Loader(Server& server, std::string folder) : server_(server), folder_(std::move(folder)) {}

  base::Result<std::vector<DemonstrationPerson>> load() {
    auto script = read_script();
    if (!script) {
      return script.error();
    }
    if (auto named = add_people(*script->find("people")); !named) {
      return named.error();
    }
    if (auto entered = add_record(); !entered) {
      return entered.error();
    }
    for (const JsonValue& step : script->find("steps")->elements()) {
      auto done = ask(text_of(step, "who"), text_of(step, "post"), "application/json",
                      step.find("json") == nullptr ? std::string() : step.find("json")->to_text());
      if (!done) {
        return done.error();
      }
    }
    return people_;
  }

 private:
  struct Session {
    std::string cookie;
    std::string csrf;
  };

  [[nodiscard]] std::string path(std::string_view name) const {
    return fmt::format("{}/{}", folder_, name);
  }

  base::Result<JsonValue> read_script() {
    const std::string name = path("demonstration.json");
    const auto text = workbench::read_file(name);
    if (!text) {
      return text.error();
    }
    auto script = encoding::parse_json(name, *text);
    if (script && (script->find("people") == nullptr || script->find("steps") == nullptr)) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{}: `people` and `steps` are to be there", name)};
    }
    return script;
  }

  // A post by somebody; what was answered.
  base::Result<JsonValue> ask(const std::string& who, const std::string& target,
                              const std::string& type, const std::string& body) {
    Request request{.method = "POST",
                    .target = target,
                    .headers = {{"host", "127.0.0.1"}},
                    .body = body,
                    .peer = "127.0.0.1"};
    if (!body.empty()) {
      request.headers.emplace_back("content-type", type);
    }
    if (!who.empty()) {
      request.headers.emplace_back("cookie", sessions_[who].cookie);
      request.headers.emplace_back("x-csrf-token", sessions_[who].csrf);
    }
    const Response response = server_.handle(request);
    if (response.status >= 300) {
      return base::Error{
          base::ErrorCode::InvalidArgument,
          fmt::format("{}: {} by `{}` is refused: {}", folder_, target, who, response.body)};
    }
    for (const auto& [name, value] : response.headers) {
      if (name == "Set-Cookie") {
        cookie_ = value.substr(0, value.find(';'));
      }
    }
    return response.body.empty() ? base::Result<JsonValue>(JsonValue::object())
                                 : encoding::parse_json("answer", response.body);
  }

  base::Result<void> accept(const std::string& invitation, DemonstrationPerson person) {
    auto password = new_password();
    if (!password) {
      return password.error();
    }
    person.password = std::move(password).value();
    JsonValue acceptance = JsonValue::object();
    acceptance.set("invitation", invitation);
    acceptance.set("password", person.password);
    if (auto set = ask("", "/api/v1/invitations", "application/json", acceptance.to_text()); !set) {
      return set.error();
    }
    JsonValue sign_in = JsonValue::object();
    sign_in.set("name", person.name);
    sign_in.set("password", person.password);
    const auto session = ask("", "/api/v1/session", "application/json", sign_in.to_text());
    if (!session) {
      return session.error();
    }
    sessions_[person.name] = {.cookie = cookie_, .csrf = text_of(*session, "csrf")};
    people_.push_back(std::move(person));
    return {};
  }

  base::Result<void> add_people(const JsonValue& people) {
    if (server_.first_invitation().empty()) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         "this workspace has been used; a demonstration begins with an empty one"};
    }
    if (auto first =
            accept(server_.first_invitation(),
                   {.name = "administrator", .role = "administrator", .party = {}, .password = {}});
        !first) {
      return first;
    }
    for (const JsonValue& person : people.elements()) {
      const auto link = ask("administrator", "/api/v1/users", "application/json", person.to_text());
      if (!link) {
        return link.error();
      }
      if (auto accepted = accept(text_of(*link, "invitation"), {.name = text_of(person, "name"),
                                                                .role = text_of(person, "role"),
                                                                .party = text_of(person, "party"),
                                                                .password = {}});
          !accepted) {
        return accepted;
      }
    }
    return {};
  }

  base::Result<JsonValue::Array> agreement_files() {
    std::vector<std::string> names = {"agreement.truce"};
    for (const char* name : {"agreement.companion.truce", "actors.csv", "names.csv"}) {
      if (workbench::file_exists(path(name))) {
        names.emplace_back(name);
      }
    }
    for (const char* ending : {".geojson", ".lexicon"}) {
      for (const std::string& found : workbench::files_beside(path("agreement.truce"), ending)) {
        names.push_back(found.substr(found.rfind('/') + 1));
      }
    }
    JsonValue::Array files;
    for (const std::string& name : names) {
      auto text = workbench::read_file(path(name));
      if (!text) {
        return text.error();
      }
      JsonValue file = JsonValue::object();
      file.set("name", name);
      file.set("text", std::move(text).value());
      files.push_back(std::move(file));
    }
    return files;
  }

  // The text, what was reported, and then the one judged by the other, all at once.
  base::Result<void> add_record() {
    auto files = agreement_files();
    if (!files) {
      return files.error();
    }
    JsonValue revision = JsonValue::object();
    revision.set("files", std::move(files).value());
    revision.set("audience", JsonValue::Array{JsonValue("public")});
    const auto added =
        ask("mediator", "/api/v1/agreement/revisions", "application/json", revision.to_text());
    if (!added) {
      return added.error();
    }
    const auto rows = workbench::read_file(path("incidents.csv"));
    if (!rows) {
      return rows.error();
    }
    const auto preview = ask("mediator", "/api/v1/uploads/preview", "text/csv", *rows);
    if (!preview) {
      return preview.error();
    }
    const auto entered =
        ask("mediator",
            fmt::format("/api/v1/uploads?digest={}&audience=public", text_of(*preview, "digest")),
            "text/csv", *rows);
    if (!entered) {
      return entered.error();
    }
    const auto watched = ask("mediator", "/api/v1/agreement/revisions/1/watch", "", "");
    return watched ? base::Result<void>() : watched.error();
  }

  Server& server_;
  std::string folder_;
  std::string cookie_;
  std::map<std::string, Session> sessions_;
  std::vector<DemonstrationPerson> people_;
};

}  // namespace

base::Result<std::vector<DemonstrationPerson>> load_demonstration(Server& server,
                                                                  const std::string& folder) {
  return Loader(server, folder).load();
}

}  // namespace truce::server
