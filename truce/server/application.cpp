// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/application.h"

#include <algorithm>
#include <array>
#include <utility>

#include "truce/crypto/password.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/front_end.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;
using std::chrono::microseconds;
using std::chrono::steady_clock;

Response call_action(Context& context, const Call& call) {
  switch (call.route.action) {
#define TRUCE_ROUTE(action, function, ...) \
  case Action::action:                     \
    return function(context, call);
#include "truce/server/routes.def"
#undef TRUCE_ROUTE
  }
  return not_found();
}

bool takes_json(const Route& route) {
  return !route.takes.empty() && route.takes.find('/') == std::string_view::npos;
}

std::size_t count_headers(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(request.headers.begin(), request.headers.end(),
                    [&](const auto& header) { return header.first == name; }));
}

std::string_view without_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  return colon == std::string_view::npos || host.ends_with(']') ? host : host.substr(0, colon);
}

// What two programs on the way might read differently.
std::string ambiguity_of(const Request& request) {
  if (count_headers(request, "host") != 1) {
    return "a request has one Host header";
  }
  if (count_headers(request, "content-length") > 1 ||
      (count_headers(request, "content-length") == 1 &&
       count_headers(request, "transfer-encoding") > 0)) {
    return "the length of the body is given twice";
  }
  return {};
}

std::string_view media_type_of(const Request& request) {
  const std::string_view type = request.header("content-type");
  const std::size_t end = std::min(type.find(';'), type.size());
  return type.substr(0, end);
}

// A scraper on this machine needs no session for the counters. A proxy says for whom it asks.
bool may_read_counters(const Request& request, const Route& route) {
  return route.action == Action::GetMetrics && request.peer == "127.0.0.1" &&
         request.header("forwarded").empty() && request.header("x-forwarded-for").empty();
}

constexpr std::string_view kBearer = "Bearer ";

Response too_many() {
  Response response = problem(429, "these are too many requests; wait a second");
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

std::string_view cookie_of(const Request& request, std::string_view name) {
  std::string_view cookies = request.header("cookie");
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    std::string_view cookie = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    cookie.remove_prefix(std::min(cookie.find_first_not_of(' '), cookie.size()));
    if (cookie.size() > name.size() && cookie.starts_with(name) && cookie[name.size()] == '=') {
      return cookie.substr(name.size() + 1);
    }
  }
  return {};
}

Response not_allowed(const Match& match) {
  Response response = problem(405, "this address does not take that method");
  std::string methods;
  for (const std::string_view method : match.methods) {
    methods += methods.empty() ? "" : ", ";
    methods += method == "GET" ? "GET, HEAD" : method;
  }
  response.headers.emplace_back("Allow", methods);
  return response;
}

}  // namespace

Application::Application(Context& context, std::function<void(const std::string&)> on_log)
    : context_(context), on_log_(std::move(on_log)) {}

// A page elsewhere that had its name resolved to this machine is refused by this.
bool Application::is_for_us(std::string_view host) const {
  std::string name(without_port(host));
  std::transform(name.begin(), name.end(), name.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]" ||
         std::find(names_.begin(), names_.end(), name) != names_.end();
}

std::size_t Application::most_body_bytes(const Request& head) {
  const auto target = parse_target(head.target, context_.limits.query_parameters);
  const Match match = target ? find_route(head.method, *target) : Match{};
  if (match.route == nullptr || match.route->takes.empty()) {
    return 0;
  }
  return takes_json(*match.route) ? context_.limits.json_body_bytes
                                  : context_.limits.upload_body_bytes;
}

// A bucket for each sender that fills again with time.
bool Application::takes_one_more(const std::string& from) {
  constexpr std::size_t kMostSenders = 100'000;
  const std::scoped_lock locked(budgets_lock_);
  const auto now = steady_clock::now();
  if (budgets_.size() > kMostSenders) {
    budgets_.clear();
  }
  const auto [at, is_new] = budgets_.try_emplace(from, Budget{context_.limits.burst, now});
  Budget& budget = at->second;
  const double passed = std::chrono::duration<double>(now - budget.at).count();
  budget.left =
      std::min(context_.limits.burst, budget.left + passed * context_.limits.requests_a_second);
  budget.at = now;
  if (budget.left < 1) {
    return false;
  }
  budget.left -= 1;
  return true;
}

Response Application::answer(const Request& request, Told& told) {
  if (const std::string ambiguity = ambiguity_of(request); !ambiguity.empty()) {
    return problem(400, ambiguity);
  }
  if (!is_for_us(request.header("host"))) {
    return problem(
        421, "this server does not go by that name; call it 127.0.0.1, or as its certificate does");
  }
  auto target = parse_target(request.target, context_.limits.query_parameters);
  if (!target) {
    return problem(target.error());
  }
  const Match match = find_route(request.method, *target);
  told.route = match.route;
  if (match.route == nullptr) {
    if (!takes_one_more(request.peer)) {
      return too_many();
    }
    if (!match.methods.empty()) {
      return not_allowed(match);
    }
    auto page = FrontEnd::built_in().answer(request, *target);
    return page ? std::move(*page) : not_found();
  }
  Call call{.request = request,
            .route = *match.route,
            .target = std::move(target).value(),
            .segments = match.segments,
            .person = {},
            .token = {},
            .csrf = {},
            .body = {}};
  auto refused = identify(request, *match.route, call);
  told.who = call.person.name;
  if (!takes_one_more(call.person.name.empty() ? request.peer : "user " + call.person.name)) {
    return too_many();
  }
  return refused ? std::move(*refused) : act(request, *match.route, call);
}

std::optional<Response> Application::identify(const Request& request, const Route& route,
                                              Call& call) {
  const std::string_view site = request.header("sec-fetch-site");
  if (route.is_write() && !site.empty() && site != "same-origin" && site != "none") {
    return problem(403, "a page elsewhere may not write here");
  }
  const std::string_view authorization = request.header("authorization");
  const bool is_bearer = authorization.starts_with(kBearer);
  const std::string_view token =
      is_bearer ? authorization.substr(kBearer.size()) : cookie_of(request, cookie_name(request));
  if (token.empty()) {
    return std::nullopt;
  }
  const auto session = context_.sessions.find(token, context_.workspace.now());
  if (!session) {
    return std::nullopt;
  }
  const auto person = context_.workspace.find_person(session->user);
  if (!person) {
    return std::nullopt;
  }
  // A browser sends the cookie by itself, but not this header.
  if (route.is_write() && !is_bearer &&
      !crypto::is_same_secret(request.header("x-csrf-token"), session->csrf)) {
    return problem(403, "a write shows the session's token in the header X-CSRF-Token");
  }
  call.person = *person;
  call.token = std::string(token);
  call.csrf = session->csrf;
  return std::nullopt;
}

Response Application::act(const Request& request, const Route& route, Call& call) {
  if (!route.roles.has(call.person.role) && !may_read_counters(request, route)) {
    return call.person.name.empty() ? problem(401, "sign in first")
                                    : problem(403, "your role does not allow this");
  }
  if (!route.takes.empty()) {
    const std::string_view wanted = takes_json(route) ? "application/json" : route.takes;
    if (media_type_of(request) != wanted) {
      return refusal(415, say("send this as {}", std::string(wanted)));
    }
  }
  if (takes_json(route)) {
    auto body = encoding::parse_json("body", request.body);
    if (!body) {
      return problem(body.error());
    }
    const Schema* const schema = find_schema(route.takes);
    if (auto checked = check_against(*schema, *body); !checked) {
      return problem(checked.error());
    }
    call.body = std::move(body).value();
  }
  return call_action(context_, call);
}

Response Application::handle(const Request& request) {
  const auto begin = steady_clock::now();
  Told told;
  Response response;
  try {
    response = answer(request, told);
  } catch (const std::exception&) {
    // Out of memory, or of the standard library: the request fails, the server goes on.
    response = problem(503, "this could not be done now; try again later");
  }
  finish(request, told, response,
         std::chrono::duration_cast<microseconds>(steady_clock::now() - begin));
  return response;
}

Response Application::refuse(const Request& head, unsigned status, const std::string& reason) {
  Response response = problem(status, reason);
  finish(head, {}, response, microseconds(0));
  return response;
}

void Application::finish(const Request& request, const Told& told, Response& response,
                         microseconds took) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kHeaders = {{
      {"Cache-Control", "no-store"},
      {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
  }};
  for (const auto& [name, value] : kHeaders) {
    // What a page says for itself stands.
    if (std::none_of(response.headers.begin(), response.headers.end(),
                     [&, key = name](const auto& header) { return header.first == key; })) {
      response.headers.emplace_back(name, value);
    }
  }
  if (request.is_encrypted) {
    response.headers.emplace_back("Strict-Transport-Security",
                                  "max-age=31536000; includeSubDomains");
  }
  context_.metrics.note(told.route, response.status, took);
  // Of the address only the line of the table: links and queries may hold what is secret.
  JsonValue line = JsonValue::object();
  line.set("at", base::to_iso(context_.workspace.now(), {}));
  line.set("method", told.route == nullptr ? std::string_view() : told.route->method);
  line.set("route", told.route == nullptr ? std::string_view() : told.route->path);
  line.set("status", response.status);
  line.set("microseconds", took.count());
  line.set("peer", request.peer);
  if (!told.who.empty()) {
    line.set("who", told.who);
  }
  on_log_(line.to_text());
}

}  // namespace truce::server::internal
