// SPDX-License-Identifier: Apache-2.0
// Convoys: who was told, who has it, and what held them up.
#include <algorithm>

#include "truce/server/internal/actions.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

JsonValue receipts_of(const Notice& notice) {
  JsonValue::Array receipts;
  for (const std::string& addressee : notice.addressees) {
    JsonValue value = JsonValue::object();
    value.set("addressee", addressee);
    if (const auto at = notice.receipts.find(addressee); at != notice.receipts.end()) {
      value.set("received_at", base::to_iso(at->second.at, {}));
      value.set("noted_by", at->second.is_of_delegate ? "delegate" : "convoy-officer");
      if (const JsonValue* const note = at->second.body.find("note")) {
        value.set("note", *note);
      }
    }
    receipts.push_back(std::move(value));
  }
  return receipts;
}

JsonValue notice_value(const std::string& id, const Notice& notice) {
  JsonValue value = JsonValue::object();
  value.set("id", id);
  value.set("is_permission", false);
  value.set("notified_at", base::to_iso(notice.at, {}));
  for (const char* name : {"from", "to", "route", "departs_at", "vehicles", "cargo"}) {
    if (const JsonValue* const member = notice.body.find(name)) {
      value.set(name, *member);
    }
  }
  value.set("receipts", receipts_of(notice));
  JsonValue::Array hindrances;
  for (const Dealing& hindrance : notice.hindrances) {
    JsonValue one = JsonValue::object();
    for (const char* name : {"kind", "by", "where", "at", "until", "reason"}) {
      if (const JsonValue* const member = hindrance.body.find(name)) {
        one.set(name, *member);
      }
    }
    hindrances.push_back(std::move(one));
  }
  value.set("hindrances", std::move(hindrances));
  return value;
}

// Null where there is none that the person was told of.
const Notice* notice_for(const Contents& contents, const std::string& id, const Person& person) {
  const auto at = contents.dealings.notices().find(id);
  return at == contents.dealings.notices().end() || !is_shown(at->second.audience, person)
             ? nullptr
             : &at->second;
}

Response shown(Context& context, const std::string& id, const Person& person, unsigned status) {
  return context.workspace.read([&](const Contents& contents) {
    const Notice* const notice = notice_for(contents, id, person);
    return notice == nullptr ? not_found() : json(notice_value(id, *notice), status);
  });
}

}  // namespace

Response list_notices(Context& context, const Call& call) {
  return context.workspace.read([&](const Contents& contents) {
    JsonValue::Array notices;
    for (const auto& [id, notice] : contents.dealings.notices()) {
      if (is_shown(notice.audience, call.person)) {
        notices.push_back(notice_value(id, notice));
      }
    }
    JsonValue value = JsonValue::object();
    value.set("notices", std::move(notices));
    return json(value);
  });
}

Response get_notice(Context& context, const Call& call) {
  return shown(context, call.segment("notice"), call.person, 200);
}

Response add_notice(Context& context, const Call& call) {
  const std::string& id = call.text("id");
  Audience audience = {"convoys", "mission"};
  std::vector<std::string> addressees;
  for (const JsonValue& name : call.body.find("addressees")->elements()) {
    addressees.push_back(name.text());
    audience.push_back("party:" + name.text());
  }
  std::sort(addressees.begin(), addressees.end());
  const bool is_twice =
      std::adjacent_find(addressees.begin(), addressees.end()) != addressees.end();
  if (addressees.empty() || addressees.front().empty() || is_twice) {
    return refusal(400, say("`addressees` names somebody, and nobody twice"));
  }
  if (call.body.find("vehicles")->integer() < 1) {
    return refusal(400, say("`vehicles` is at least 1"));
  }
  std::sort(audience.begin(), audience.end());
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    if (contents.dealings.notices().contains(id)) {
      return refusal(409, say("a convoy has that name; choose another"));
    }
    return entry_by("notice", call.person, call.body, audience);
  });
  return refused ? std::move(*refused) : shown(context, id, call.person, 201);
}

Response add_receipt(Context& context, const Call& call) {
  const std::string& id = call.segment("notice");
  const bool is_delegate = call.person.role == Role::Delegate;
  const std::string& said = call.text("addressee");
  if (is_delegate && !said.empty() && said != call.person.party) {
    return problem(403, "a delegate gives a receipt for the own party alone");
  }
  const std::string addressee = is_delegate ? call.person.party : said;
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    const Notice* const notice = notice_for(contents, id, call.person);
    if (notice == nullptr) {
      return not_found();
    }
    if (std::find(notice->addressees.begin(), notice->addressees.end(), addressee) ==
        notice->addressees.end()) {
      return refusal(400, say("`addressee` is none of those who were told"));
    }
    if (notice->receipts.contains(addressee)) {
      return refusal(409, say("that receipt is on record"));
    }
    JsonValue body = call.body;
    body.set("id", id);
    body.set("addressee", addressee);
    body.set("is_of_delegate", is_delegate);
    return entry_by("receipt", call.person, std::move(body), notice->audience);
  });
  return refused ? std::move(*refused) : shown(context, id, call.person, 201);
}

Response add_hindrance(Context& context, const Call& call) {
  const std::string& id = call.segment("notice");
  if (call.text("kind") != "delay" && call.text("kind") != "denial") {
    return refusal(400, say("`kind` is delay or denial"));
  }
  auto refused = context.workspace.write([&](const Contents& contents, base::Instant) -> Decision {
    const Notice* const notice = notice_for(contents, id, call.person);
    if (notice == nullptr) {
      return not_found();
    }
    JsonValue body = call.body;
    body.set("id", id);
    return entry_by("hindrance", call.person, std::move(body), notice->audience);
  });
  return refused ? std::move(*refused) : shown(context, id, call.person, 201);
}

}  // namespace truce::server::internal
