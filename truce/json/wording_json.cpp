// SPDX-License-Identifier: Apache-2.0
#include "truce/json/wording_json.h"

#include "truce/base/time.h"

namespace truce::json {
namespace {

using encoding::JsonValue;
using Kind = facts::Wording::Kind;

JsonValue list_of(const std::vector<facts::Wording>& all, base::Duration offset) {
  JsonValue list = JsonValue::array();
  for (const facts::Wording& one : all) {
    list.push_back(value_of(one, offset));
  }
  return list;
}

}  // namespace

JsonValue value_of(const facts::Wording& wording, base::Duration offset) {
  if (wording.kind() == Kind::Name) {
    return JsonValue(wording.text());
  }
  JsonValue value = JsonValue::object();
  switch (wording.kind()) {
    case Kind::Name:
      break;
    case Kind::Phrase:
      value.set("say", wording.pattern());
      value.set("with", list_of(wording.values(), offset));
      break;
    case Kind::All:
      value.set("all", list_of(wording.values(), offset));
      break;
    case Kind::Either:
      value.set("either", list_of(wording.values(), offset));
      break;
    case Kind::Act:
      value.set("act", wording.text());
      value.set("done", wording.english());
      break;
    case Kind::Moment:
      value.set("at", base::to_iso(wording.when().from, offset));
      break;
    case Kind::Range:
      value.set("from", base::to_iso(wording.when().from, offset));
      value.set("to", base::to_iso(wording.when().to, offset));
      break;
    case Kind::Length:
      value.set("seconds", wording.length().seconds);
      break;
  }
  return value;
}

}  // namespace truce::json
