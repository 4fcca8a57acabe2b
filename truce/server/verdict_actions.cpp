// SPDX-License-Identifier: Apache-2.0
// The agreement, what stands by it, what changes, and who looked.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "truce/diagnostics/render.h"
#include "truce/json/wording_json.h"
#include "truce/server/internal/accounts.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

bool is_of_mission(const Person& person) { return view_of(person) == "mission"; }

JsonValue revision_value(const Record& record, std::size_t number) {
  const Revision& revision = record.revisions()[number - 1];
  JsonValue value = JsonValue::object();
  value.set("revision", number);
  value.set("title", revision.title);
  if (!revision.note.empty()) {
    value.set("note", revision.note);
  }
  value.set("at", base::to_iso(revision.at, record.clock_offset()));
  value.set("is_watched", number == record.watched());
  return value;
}

std::vector<std::string> warnings_of(const workbench::AgreementFile& file) {
  std::vector<std::string> warnings;
  for (const diagnostics::Diagnostic& diagnostic : file.sink.sorted()) {
    warnings.push_back(fmt::format("{} {}", diagnostics::info(diagnostic.kind).code,
                                   diagnostics::message(diagnostic)));
  }
  return warnings;
}

// The number of a revision that this person may see; 0: there is none.
std::size_t revision_of(const Call& call, const Record& record) {
  const std::string& text = call.segment("revision");
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0 ||
      number > record.revisions().size() ||
      !is_shown(record.revisions()[number - 1].audience, call.person)) {
    return 0;
  }
  return number;
}

}  // namespace

JsonValue verdict_value(const workbench::ToldChange& verdict, base::Duration offset) {
  JsonValue value = JsonValue::object();
  value.set("clause", verdict.clause);
  if (!verdict.bearer.empty()) {
    value.set("bearer", verdict.bearer);
  }
  if (verdict.incident) {
    value.set("incident", *verdict.incident);
  }
  if (verdict.at > base::kBeforeTime && verdict.at < base::kAfterTime) {
    value.set("at", base::to_iso(verdict.at, offset));
  }
  value.set("verdict", verdict.verdict);
  value.set("is_final", verdict.is_final);
  JsonValue::Array by_account;
  for (const auto& [account, opinion] : verdict.by_account) {
    JsonValue said = JsonValue::object();
    said.set("according_to", account);
    said.set("verdict", facts::to_text(opinion));
    by_account.push_back(std::move(said));
  }
  value.set("by_account", std::move(by_account));
  value.set("blame", JsonValue::Array(verdict.blame.begin(), verdict.blame.end()));
  if (!verdict.because.empty()) {
    value.set("because", verdict.because.english());
    if (verdict.because.kind() != facts::Wording::Kind::Name) {
      value.set("because_said", json::value_of(verdict.because));
    }
  }
  return value;
}

base::Result<std::uint64_t> number_of(const Call& call, std::string_view name) {
  const auto text = call.target.parameter(name);
  std::uint64_t number = 0;
  if (text) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size()) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("`{}` is a whole number", name)};
    }
  }
  return number;
}

base::Result<std::size_t> limit_of(const Call& call) {
  constexpr std::size_t kUsual = 100;
  constexpr std::size_t kMost = 1000;
  const auto limit = number_of(call, "limit");
  if (!limit) {
    return limit.error();
  }
  if (!call.target.parameter("limit")) {
    return kUsual;
  }
  if (*limit == 0 || *limit > kMost) {
    return base::Error{base::ErrorCode::InvalidArgument, "`limit` is from 1 to 1000"};
  }
  return static_cast<std::size_t>(*limit);
}

std::optional<Response> note_read(Context& context, const Person& person, const std::string& what) {
  return context.workspace.write(
      [&](const Contents&, base::Instant) -> Decision {
        Entry entry;
        entry.kind = "read";
        entry.who = person.name;
        entry.audience = {"auditor"};
        entry.body = JsonValue::object();
        entry.body.set("what", what);
        return entry;
      },
      DependsOn::nothing());
}

Response list_revisions(Context& context, const Call& call) {
  return context.workspace.read([&](const Contents& contents) {
    JsonValue::Array revisions;
    for (std::size_t number = 1; number <= contents.record.revisions().size(); ++number) {
      if (is_shown(contents.record.revisions()[number - 1].audience, call.person)) {
        revisions.push_back(revision_value(contents.record, number));
      }
    }
    JsonValue value = JsonValue::object();
    value.set("revisions", std::move(revisions));
    return json(value);
  });
}

Response add_revision(Context& context, const Call& call) {
  std::vector<std::pair<std::string, std::string>> files;
  JsonValue kept = JsonValue::object();
  for (const JsonValue& file : call.body.find("files")->elements()) {
    files.emplace_back(file.find("name")->text(), file.find("text")->text());
    kept.set(files.back().first, files.back().second);
  }
  JsonValue answer = JsonValue::object();
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    const auto file = place_agreement(contents.record.folder() + "/agreement/draft", files);
    if (!file) {
      return problem(file.error());
    }
    Entry entry;
    entry.kind = "revision";
    entry.who = call.person.name;
    entry.audience = {"mission"};
    if (const JsonValue* const audience = call.body.find("audience")) {
      // Its own sides may be named before it is watched.
      for (const JsonValue& word : audience->elements()) {
        entry.audience.push_back(word.text());
      }
    }
    for (const std::string& word : entry.audience) {
      const bool is_side =
          word.starts_with("party:") && file->agreement.find_actor(word.substr(6)).has_value();
      if (word != "public" && word != "mission" && !is_side) {
        return refusal(400, say("`{}` is no audience; there are public, mission and "
                                "party:NAME with a name of this text",
                                word));
      }
    }
    std::sort(entry.audience.begin(), entry.audience.end());
    entry.audience.erase(std::unique(entry.audience.begin(), entry.audience.end()),
                         entry.audience.end());
    entry.body = JsonValue::object();
    entry.body.set("title", file->agreement.title);
    entry.body.set("note", call.text("note"));
    entry.body.set("confidential", !file->agreement.confidential_annexes.empty());
    entry.body.set("files", kept);
    answer.set("revision", contents.record.revisions().size() + 1);
    answer.set("title", file->agreement.title);
    const auto warnings = warnings_of(*file);
    answer.set("warnings", JsonValue::Array(warnings.begin(), warnings.end()));
    return entry;
  });
  return refused ? std::move(*refused) : json(answer, 201);
}

Response get_revision(Context& context, const Call& call) {
  return context.workspace.read([&](const Contents& contents) {
    const std::size_t number = revision_of(call, contents.record);
    if (number == 0) {
      return not_found();
    }
    JsonValue value = revision_value(contents.record, number);
    const Revision& revision = contents.record.revisions()[number - 1];
    if (!revision.is_confidential || is_of_mission(call.person)) {
      JsonValue::Array files;
      for (const auto& [name, text] : revision.files) {
        JsonValue file = JsonValue::object();
        file.set("name", name);
        file.set("text", text);
        files.push_back(std::move(file));
      }
      value.set("files", std::move(files));
    }
    return json(value);
  });
}

Response watch_revision(Context& context, const Call& call) {
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    const std::size_t number = revision_of(call, contents.record);
    if (number == 0) {
      return not_found();
    }
    Entry entry;
    entry.kind = "watch";
    entry.who = call.person.name;
    entry.audience = contents.record.revisions()[number - 1].audience;
    entry.body = JsonValue::object();
    entry.body.set("revision", number);
    return entry;
  });
  return refused
             ? std::move(*refused)
             : Response{
                   .status = 204, .content_type = {}, .headers = {}, .body = {}, .stream = nullptr};
}

Response list_verdicts(Context& context, const Call& call) {
  return context.workspace.read([&](const Contents& contents) {
    JsonValue value = JsonValue::object();
    JsonValue::Array verdicts;
    if (const auto* const live = contents.record.verdicts(view_of(call.person))) {
      value.set("agreement", live->agreement().title);
      value.set("digest", live->digest());
      for (const workbench::ToldChange& verdict : live->standing()) {
        verdicts.push_back(verdict_value(verdict, contents.record.clock_offset()));
      }
    }
    value.set("verdicts", std::move(verdicts));
    return json(value);
  });
}

Response follow_events(Context& context, const Call& call) {
  const std::string view = view_of(call.person);
  auto log =
      context.workspace.read([](const Contents& contents) { return contents.record.events(); });
  std::uint64_t after = log->next(view) - 1;
  const std::string last(call.request.header("last-event-id"));
  if (!last.empty() || call.target.parameter("after")) {
    Call given = call;
    if (!last.empty()) {
      given.target.query = {{"after", last}};
    }
    const auto number = number_of(given, "after");
    if (!number) {
      return problem(number.error());
    }
    after = *number;
  }
  auto is_allowed = [&context, token = call.token] {
    return token.empty() || context.sessions.is_open(token, context.workspace.now());
  };
  return {
      .content_type = "text/event-stream",
      .headers = {},
      .body = {},
      .stream = std::make_unique<EventStream>(std::move(log), view, after, std::move(is_allowed))};
}

Response list_audit(Context& context, const Call& call) {
  const auto limit = limit_of(call);
  const auto after = number_of(call, "after");
  if (!limit || !after) {
    return problem(limit ? after.error() : limit.error());
  }
  return context.workspace.read([&](const Contents& contents) {
    JsonValue::Array lines;
    for (std::size_t at = *after; at < contents.audit.size() && lines.size() < *limit; ++at) {
      const AuditLine& line = contents.audit[at];
      JsonValue value = JsonValue::object();
      value.set("number", at + 1);
      value.set("at", base::to_iso(line.at, {}));
      if (!line.who.empty()) {
        value.set("who", line.who);
      }
      value.set("did", line.did);
      value.set("what", line.what);
      lines.push_back(std::move(value));
    }
    JsonValue value = JsonValue::object();
    value.set("lines", std::move(lines));
    return json(value);
  });
}

}  // namespace truce::server::internal
