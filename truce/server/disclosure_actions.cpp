// SPDX-License-Identifier: Apache-2.0
// Announcements, and what a sealed file said: nobody publishes either alone.
#include <algorithm>

#include "truce/server/internal/accounts.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

bool is_unsealing(const Disclosure& disclosure) { return !disclosure.side.empty(); }

// Before it is published, an announcement is for the mission, an unsealing for those who may open
// the file anyway.
bool may_see(const Disclosure& disclosure, const Contents& contents, const Person& person) {
  if (is_published(disclosure, contents.publication)) {
    return is_shown(disclosure.shown_to, person) || is_shown(disclosure.audience, person);
  }
  return is_shown(disclosure.audience, person);
}

JsonValue disclosure_value(const std::string& id, const Disclosure& disclosure,
                           const Contents& contents, const Person& person) {
  JsonValue value = JsonValue::object();
  value.set("id", id);
  for (const char* name : {"text", "side", "file"}) {
    if (const JsonValue* const member = disclosure.body.find(name)) {
      value.set(name, *member);
    }
  }
  value.set("audience", JsonValue::Array(disclosure.shown_to.begin(), disclosure.shown_to.end()));
  const bool is_mission = view_of(person) == "mission";
  if (is_mission) {
    value.set("written_by", disclosure.who);
  }
  if (!disclosure.published_by.empty()) {
    if (is_mission) {
      value.set("published_by", disclosure.published_by);
    }
    set_publication(value, disclosure, contents.publication);
  }
  return value;
}

Response told(Context& context, const std::string& id, const Person& person) {
  return context.workspace.read([&](const Contents& contents) {
    return json(disclosure_value(id, contents.dealings.disclosures().at(id), contents, person),
                201);
  });
}

}  // namespace

Response list_disclosures(Context& context, const Call& call) {
  return context.workspace.read([&](const Contents& contents) {
    JsonValue::Array all;
    for (const auto& [id, disclosure] : contents.dealings.disclosures()) {
      if (may_see(disclosure, contents, call.person)) {
        all.push_back(disclosure_value(id, disclosure, contents, call.person));
      }
    }
    JsonValue value = JsonValue::object();
    value.set("disclosures", std::move(all));
    return json(value);
  });
}

Response add_disclosure(Context& context, const Call& call) {
  const std::string& id = call.text("id");
  const std::string& side = call.text("side");
  const std::string& file = call.text("file");
  if (side.empty() != file.empty()) {
    return refusal(400, say("`side` and `file` name a sealed file together, or neither is given"));
  }
  if (!side.empty() && call.person.role != Role::Mediator) {
    return problem(403, "what a sealed file says is told by the mediator alone");
  }
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    if (contents.dealings.disclosures().contains(id)) {
      return refusal(409, say("something has that name; choose another"));
    }
    if (!side.empty() && !contents.dealings.artefacts().contains({side, file})) {
      return refusal(400, say("there is no such sealed file"));
    }
    std::vector<std::string> words;
    for (const JsonValue& word : call.body.find("audience")->elements()) {
      words.push_back(word.text());
    }
    auto audience = audience_for(words, call.person, contents.record);
    if (!audience) {
      return problem(audience.error());
    }
    JsonValue body = call.body;
    body.set("audience", JsonValue::Array(audience->begin(), audience->end()));
    return entry_by("disclosure", call.person, std::move(body),
                    side.empty() ? Audience{"mission"} : Audience{"mediator", "party:" + side});
  });
  return refused ? std::move(*refused) : told(context, id, call.person);
}

Response publish_disclosure(Context& context, const Call& call) {
  const std::string& id = call.segment("disclosure");
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    const auto at = contents.dealings.disclosures().find(id);
    if (at == contents.dealings.disclosures().end() ||
        !may_see(at->second, contents, call.person)) {
      return not_found();
    }
    const Disclosure& disclosure = at->second;
    if (!disclosure.published_by.empty()) {
      return refusal(409, say("it is published already"));
    }
    if (disclosure.who == call.person.name) {
      return refusal(409, say("nobody publishes what they wrote; ask a second person"));
    }
    const bool is_delegate = call.person.role == Role::Delegate;
    if (is_unsealing(disclosure) != is_delegate) {
      return refusal(409,
                     say("what a sealed file says is published by a delegate of its side, and an "
                         "announcement by the mission"));
    }
    JsonValue body = JsonValue::object();
    body.set("id", id);
    return entry_by("disclosed", call.person, std::move(body), disclosure.shown_to);
  });
  return refused ? std::move(*refused) : told(context, id, call.person);
}

}  // namespace truce::server::internal
