// SPDX-License-Identifier: Apache-2.0
// g++ 12 destroys twice what is made within a `co_await`: see internal/edge.cpp.
#include "truce/server/internal/http_client.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>

namespace truce::server::internal {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kLook{50};
constexpr std::uint32_t kMostHeaderBytes = 16 * 1024;

base::Error no_url(std::string_view text) {
  return {base::ErrorCode::InvalidArgument,
          fmt::format("`{}` is no address to ask; write http://HOST:PORT or https://HOST", text)};
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// What a question is while it is asked.
struct Exchange {
  Url url;
  http::request<http::string_body> request;
  std::size_t most_answer_bytes = 0;
  HttpAnswer answer;
  error_code error;
  bool is_done = false;
};

template <typename Stream>
asio::awaitable<void> talk(Stream& stream, Exchange& exchange) {
  co_await http::async_write(stream, exchange.request,
                             asio::redirect_error(asio::use_awaitable, exchange.error));
  if (exchange.error) {
    co_return;
  }
  beast::flat_buffer buffer(exchange.most_answer_bytes + kMostHeaderBytes);
  http::response_parser<http::string_body> parser;
  parser.header_limit(kMostHeaderBytes);
  parser.body_limit(exchange.most_answer_bytes);
  co_await http::async_read(stream, buffer, parser,
                            asio::redirect_error(asio::use_awaitable, exchange.error));
  if (!exchange.error) {
    exchange.answer = {.status = parser.get().result_int(),
                       .content_type = std::string(parser.get()[http::field::content_type]),
                       .body = std::move(parser.get().body())};
  }
}

asio::awaitable<void> run(asio::io_context& loop, Exchange& exchange) {
  tcp::resolver resolver(loop);
  const tcp::resolver::results_type found =
      co_await resolver.async_resolve(exchange.url.host, exchange.url.port,
                                      asio::redirect_error(asio::use_awaitable, exchange.error));
  if (exchange.error) {
    co_return;
  }
  tcp::socket socket(loop);
  co_await asio::async_connect(socket, found,
                               asio::redirect_error(asio::use_awaitable, exchange.error));
  if (exchange.error) {
    co_return;
  }
  if (!exchange.url.is_encrypted) {
    co_await talk(socket, exchange);
    co_return;
  }
  asio::ssl::context tls(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  exchange.error = tls.set_default_verify_paths(exchange.error);
  asio::ssl::stream<tcp::socket&> stream(socket, tls);
  exchange.error = stream.set_verify_mode(asio::ssl::verify_peer, exchange.error);
  const asio::ssl::host_name_verification verification(exchange.url.host);
  exchange.error = stream.set_verify_callback(verification, exchange.error);
  // The name that is asked for; of an address there is none.
  error_code is_name;
  asio::ip::make_address(exchange.url.host, is_name);
  if (is_name) {
    SSL_set_tlsext_host_name(stream.native_handle(), exchange.url.host.c_str());
  }
  if (!exchange.error) {
    co_await stream.async_handshake(asio::ssl::stream_base::client,
                                    asio::redirect_error(asio::use_awaitable, exchange.error));
  }
  if (!exchange.error) {
    co_await talk(stream, exchange);
  }
}

asio::awaitable<void> run_to_its_end(asio::io_context& loop, Exchange& exchange) {
  co_await run(loop, exchange);
  exchange.is_done = true;
}

}  // namespace

std::string Url::authority() const {
  const std::string name = host.find(':') == std::string::npos ? host : '[' + host + ']';
  return port == (is_encrypted ? "443" : "80") ? name : name + ':' + port;
}

base::Result<Url> parse_url(std::string_view text) {
  Url url;
  std::string_view rest = text;
  url.is_encrypted = rest.starts_with("https://");
  if (!url.is_encrypted && !rest.starts_with("http://")) {
    return no_url(text);
  }
  rest.remove_prefix(url.is_encrypted ? 8 : 7);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  std::string_view authority = rest.substr(0, slash);
  url.target = slash == rest.size() ? "/" : std::string(rest.substr(slash));
  url.port = url.is_encrypted ? "443" : "80";
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && !authority.ends_with(']')) {
    if (!is_port(authority.substr(colon + 1))) {
      return no_url(text);
    }
    url.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  if (authority.starts_with('[') && authority.ends_with(']')) {
    authority = authority.substr(1, authority.size() - 2);
  } else if (authority.find_first_of("[]:") != std::string_view::npos) {
    return no_url(text);
  }
  url.host = authority;
  const bool is_clean = std::all_of(text.begin(), text.end(), [](char letter) {
    return letter > ' ' && letter < 0x7f && letter != '@' && letter != '?' && letter != '#';
  });
  return is_clean && !url.host.empty() ? base::Result<Url>(std::move(url)) : no_url(text);
}

base::Result<HttpAnswer> post(const HttpQuestion& question) {
  auto url = parse_url(question.url);
  if (!url) {
    return url.error();
  }
  const auto deadline = std::chrono::steady_clock::now() + question.time;
  // Before the loop, whose coroutine looks at it until it goes.
  Exchange exchange;
  exchange.request = {http::verb::post, url->target, 11};
  exchange.request.set(http::field::host, url->authority());
  exchange.request.set(http::field::content_type, question.content_type);
  exchange.request.body() = question.body;
  exchange.request.keep_alive(false);
  exchange.request.prepare_payload();
  exchange.most_answer_bytes = question.most_answer_bytes;
  exchange.url = std::move(url).value();
  asio::io_context loop{1};
  std::exception_ptr failed;
  asio::co_spawn(loop, run_to_its_end(loop, exchange),
                 [&failed](std::exception_ptr thrown) { failed = std::move(thrown); });
  while (!exchange.is_done && !failed) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0 || (question.is_given_up && question.is_given_up())) {
      return base::Error{base::ErrorCode::Timeout,
                         fmt::format("{} did not answer within {} s", question.url,
                                     static_cast<double>(question.time.count()) / 1000.0)};
    }
    loop.run_for(std::min(left, kLook));
  }
  if (failed || exchange.error) {
    return base::Error{base::ErrorCode::Io, fmt::format("{} gave no answer ({})", question.url,
                                                        failed ? std::string("out of memory")
                                                               : exchange.error.message())};
  }
  return std::move(exchange.answer);
}

}  // namespace truce::server::internal
