// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "truce/base/result.h"
#include "truce/encoding/json_value.h"
#include "truce/facts/wording.h"
#include "truce/server/message.h"
#include "truce/server/roles.h"
#include "truce/server/route.h"
#include "truce/server/target.h"

namespace truce::server::internal {

/// A request that was let through: its route is allowed to the person, and its body is as the
/// route's schema has it.
struct Call {
  const Request& request;
  const Route& route;
  Target target;
  std::map<std::string, std::string, std::less<>> segments;
  Person person;
  // Of the session that the request belongs to; empty without one.
  std::string token;
  std::string csrf;
  // Where the route takes JSON.
  encoding::JsonValue body;

  /// A segment that the path of the route names.
  [[nodiscard]] const std::string& segment(std::string_view name) const;
  /// A text of the body; empty where it is not given.
  [[nodiscard]] const std::string& text(std::string_view name) const;
};

/// Whether the browser speaks TLS, with this server or with a proxy before it.
bool is_over_tls(const Request& request);
/// The cookie of a session. With TLS its name has a browser refuse it from anybody but this host.
std::string_view cookie_name(const Request& request);

/// Why a request was refused, as problem+json.
Response problem(unsigned status, std::string_view detail);
/// The same of what a person entered, in words that a page can say in the reader's language:
/// `refusal(409, say("…", name))`.
Response refusal(unsigned status, const facts::Wording& detail);
using facts::say;
/// With the status that fits the error.
Response problem(const base::Error& error);
/// What somebody may not see is answered so, and what is not there.
Response not_found();
Response json(const encoding::JsonValue& value, unsigned status = 200);

}  // namespace truce::server::internal
