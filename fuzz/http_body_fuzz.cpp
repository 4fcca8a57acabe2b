// SPDX-License-Identifier: Apache-2.0
// Bodies in JSON: for each schema that is taken, nothing is let through that it does not name, and
// an account that can be read is written so that the same is read again.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "truce/base/check.h"
#include "truce/server/internal/accounts.h"
#include "truce/server/route.h"

namespace {

using truce::encoding::JsonValue;
namespace server = truce::server;

void check_members(const server::Schema& schema, const JsonValue& value) {
  for (const auto& [name, member] : value.members()) {
    TRUCE_CHECK(
        std::any_of(schema.fields.begin(), schema.fields.end(),
                    [&, &key = name](const server::Field& field) { return field.name == key; }),
        "only what the schema names is let through");
  }
  for (const server::Field& field : schema.fields) {
    const JsonValue* const member = value.find(field.name);
    TRUCE_CHECK(!field.is_required || member != nullptr, "what must be there is there");
    TRUCE_CHECK(member == nullptr || !member->is_text() || field.most == 0 ||
                    member->text().size() <= field.most,
                "no text is longer than the schema says");
  }
}

void check_account(const JsonValue& body) {
  auto report = server::internal::read_account(body, {7200}, {1896177600});
  if (!report) {
    return;
  }
  if (report->account.empty()) {
    report->account = "Mission";
    report->according_to = "Mission";
  }
  const server::Person monitor{.name = "m", .role = server::Role::Monitor, .party = {}};
  const auto entry = server::internal::entry_of({*report}, monitor, {"mission"});
  // What cannot be read back is refused, not kept.
  if (entry) {
    server::internal::Record record("");
    record.follow(*entry, record.note(*entry));
    TRUCE_CHECK(record.incidents().size() == 1, "an account that is taken is on record");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto body = truce::encoding::parse_json("body", text);
  if (!body) {
    return 0;
  }
  for (const server::Route& route : server::all_routes()) {
    const server::Schema* const schema = server::find_schema(route.takes);
    if (schema != nullptr && server::check_against(*schema, *body)) {
      check_members(*schema, *body);
      if (route.action == server::Action::AddAccount) {
        check_account(*body);
      }
    }
  }
  return 0;
}
