// SPDX-License-Identifier: Apache-2.0
// Boost is included here, in tls.cpp and in http_client.cpp: its templates are compiled once.
//
// g++ 12 destroys twice what is made within a `co_await`: whatever a coroutine is given has a name
// in the frame that waits for it, and is taken by reference.
#include "truce/server/internal/edge.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/version.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

#include "truce/server/internal/tls.h"

static_assert(BOOST_VERSION >= 108100, "Boost 1.81 or later; on Debian: libboost1.81-dev");

namespace truce::server::internal {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

// Those that write wait for the disk, together: so many writes can share one commit.
constexpr std::size_t kWorkers = 256;
// The parser's buffer beyond what a header may have.
constexpr std::size_t kReadAhead = 64 * 1024;
// How long the end of a connection is waited for.
constexpr std::chrono::milliseconds kLastWord{500};
// Who was refused while still sending is listened to while they send without such a pause: cut off,
// they would be told of a broken connection and never see the answer.
constexpr std::chrono::milliseconds kPause{2'000};
// What is asked of a connection at once.
constexpr std::size_t kPiece = 16 * 1024;

// Each connection takes a descriptor; the soft limit of a shell is often 1024.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return lower;
}

template <typename Fields>
Request head_of(const Fields& fields, const std::string& peer) {
  Request request;
  request.method = std::string(fields.method_string());
  request.target = std::string(fields.target());
  for (const auto& field : fields) {
    request.headers.emplace_back(lower_case(field.name_string()), std::string(field.value()));
  }
  request.peer = peer;
  return request;
}

template <typename Body>
std::string bytes_of(http::response<Body>& message, bool head_only) {
  http::response_serializer<Body> serializer(message);
  serializer.split(head_only);
  std::string bytes;
  error_code error;
  while (!error && !(head_only ? serializer.is_header_done() : serializer.is_done())) {
    serializer.next(error, [&](error_code&, const auto& buffers) {
      std::size_t count = 0;
      for (const asio::const_buffer part : beast::buffers_range_ref(buffers)) {
        bytes.append(static_cast<const char*>(part.data()), part.size());
        count += part.size();
      }
      serializer.consume(count);
    });
  }
  return bytes;
}

// What can be answered to a request that could not be read; 0: nothing, the other end is gone.
unsigned status_of(const error_code& error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return 431;
  }
  if (error == http::error::body_limit) {
    return 413;
  }
  if (error == http::error::end_of_stream || error == http::error::partial_message ||
      error.category() != http::make_error_code(http::error::bad_method).category()) {
    return 0;
  }
  return 400;
}

std::string_view reason_of(unsigned status) {
  switch (status) {
    case 408:
      return "the request did not come in time";
    case 413:
      return "the body is larger than this address takes";
    case 431:
      return "the header is larger than the server takes";
    default:
      return "this is no HTTP request";
  }
}

}  // namespace

class Edge::State {
 public:
  State(const Limits& limits, Handler& handler, std::unique_ptr<asio::ssl::context> tls)
      : limits_(limits),
        handler_(handler),
        tls_(std::move(tls)),
        acceptor_(loop_),
        signals_(loop_),
        workers_(kWorkers) {}
  ~State() { workers_.join(); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  base::Result<void> listen(const std::string& address, std::uint16_t port);
  [[nodiscard]] std::uint16_t port() const { return port_; }
  void end_on_signals();
  void run();
  void stop();
  void wake();
  void repeat(std::chrono::milliseconds every, std::function<void()> work);
  [[nodiscard]] EdgeCounts counts() const { return {connections_, streams_}; }

 private:
  struct Connection {
    explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}
    beast::tcp_stream stream;
    // Around the stream, where what is said is encrypted.
    std::optional<asio::ssl::stream<beast::tcp_stream&>> tls;
    std::string peer;
    // A request has begun, and its answer is not sent.
    bool is_busy = false;
    // HTTP/1.0, which knows no chunks.
    bool is_old = false;
  };
  using Parser = http::request_parser<http::string_body>;

  // All that is read and sent goes through these, encrypted or not.
  static asio::awaitable<std::size_t> read_some(Connection& connection, asio::mutable_buffer into,
                                                error_code& error);
  static asio::awaitable<void> write(Connection& connection, std::string_view bytes,
                                     error_code& error);
  // Reads on until the parser has the header or, with `whole`, all of the request.
  static asio::awaitable<void> read_into(Connection& connection, beast::flat_buffer& buffer,
                                         Parser& parser, bool whole, error_code& error);
  asio::awaitable<bool> begin_tls(Connection& connection);
  asio::awaitable<void> accept();
  asio::awaitable<void> serve(std::shared_ptr<Connection> connection);
  asio::awaitable<bool> serve_one(Connection& connection, beast::flat_buffer& buffer);
  asio::awaitable<bool> read_body(Connection& connection, beast::flat_buffer& buffer,
                                  Parser& parser, Request& head);
  asio::awaitable<bool> refuse(Connection& connection, Request& head, unsigned status);
  asio::awaitable<bool> send(Connection& connection, Response& response, bool keeps_alive,
                             bool is_head);
  asio::awaitable<bool> send_stream(Connection& connection, Response& response, bool is_head);
  asio::awaitable<bool> send_chunk(Connection& connection, const std::string& bytes);
  asio::awaitable<void> wait_for_news();
  asio::awaitable<void> repeat_work(std::chrono::milliseconds every,
                                    std::shared_ptr<const std::function<void()>> work);
  template <typename Work>
  auto on_worker(Work work) -> asio::awaitable<std::invoke_result_t<Work>>;
  bool take_connection(Connection& connection);
  void begin_end();
  void end_if_done();

  Limits limits_;
  Handler& handler_;
  // Null: what is said is not encrypted.
  std::unique_ptr<asio::ssl::context> tls_;
  asio::io_context loop_{1};
  tcp::acceptor acceptor_;
  asio::signal_set signals_;
  asio::thread_pool workers_;
  std::uint16_t port_ = 0;
  bool is_ending_ = false;
  std::set<Connection*> open_;
  std::map<std::string, std::size_t> of_address_;
  std::set<asio::steady_timer*> waiting_;
  std::set<asio::steady_timer*> repeating_;
  // News that came while a stream was being asked must not be missed.
  std::uint64_t news_ = 0;
  std::atomic<std::size_t> connections_ = 0;
  std::atomic<std::size_t> streams_ = 0;
  std::size_t waiting_requests_ = 0;
  std::optional<asio::steady_timer> last_moment_;
};

base::Result<void> Edge::State::listen(const std::string& address, std::uint16_t port) {
  raise_descriptor_limit();
  error_code error;
  const auto host = asio::ip::make_address(address, error);
  if (error) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is no address of this machine; name one with --listen, such "
                                   "as 127.0.0.1 or 0.0.0.0",
                                   address)};
  }
  if (!host.is_loopback() && !tls_) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("without TLS nothing is served on {}, where others could listen; "
                    "give --tls-certificate and --tls-key, or leave --listen out",
                    address)};
  }
  const tcp::endpoint endpoint(host, port);
  error = acceptor_.open(endpoint.protocol(), error);
  if (!error) {
    error = acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  }
  if (!error) {
    error = acceptor_.bind(endpoint, error);
  }
  if (!error) {
    error = acceptor_.listen(asio::socket_base::max_listen_connections, error);
  }
  if (error) {
    return base::Error{base::ErrorCode::Io,
                       fmt::format("port {} of {} cannot be used ({}); name another with --port",
                                   port, address, error.message())};
  }
  port_ = acceptor_.local_endpoint().port();
  return {};
}

asio::awaitable<std::size_t> Edge::State::read_some(Connection& connection,
                                                    asio::mutable_buffer into, error_code& error) {
  std::size_t read = 0;
  if (connection.tls) {
    read = co_await connection.tls->async_read_some(
        into, asio::redirect_error(asio::use_awaitable, error));
  } else {
    read = co_await connection.stream.async_read_some(
        into, asio::redirect_error(asio::use_awaitable, error));
  }
  co_return read;
}

asio::awaitable<void> Edge::State::write(Connection& connection, std::string_view bytes,
                                         error_code& error) {
  const asio::const_buffer buffer(bytes.data(), bytes.size());
  if (connection.tls) {
    co_await asio::async_write(*connection.tls, buffer,
                               asio::redirect_error(asio::use_awaitable, error));
  } else {
    co_await asio::async_write(connection.stream, buffer,
                               asio::redirect_error(asio::use_awaitable, error));
  }
}

asio::awaitable<void> Edge::State::read_into(Connection& connection, beast::flat_buffer& buffer,
                                             Parser& parser, bool whole, error_code& error) {
  parser.eager(whole);
  while (!error && !(whole ? parser.is_done() : parser.is_header_done())) {
    if (buffer.size() != 0) {
      buffer.consume(parser.put(buffer.data(), error));
      if (error != http::error::need_more) {
        continue;
      }
      error = {};
    }
    const std::size_t room = std::min(kReadAhead, buffer.max_size() - buffer.size());
    if (room == 0) {
      error = http::error::buffer_overflow;
      break;
    }
    const asio::mutable_buffer into = buffer.prepare(std::min(room, kPiece));
    const std::size_t read = co_await read_some(connection, into, error);
    buffer.commit(read);
    if (error == asio::error::eof || error == asio::ssl::error::stream_truncated) {
      error = http::error::end_of_stream;
    }
  }
}

// Whether there is an encrypted connection now, where there is to be one.
asio::awaitable<bool> Edge::State::begin_tls(Connection& connection) {
  if (!tls_) {
    co_return true;
  }
  connection.tls.emplace(connection.stream, *tls_);
  connection.stream.expires_after(limits_.header_time);
  error_code error;
  co_await connection.tls->async_handshake(asio::ssl::stream_base::server,
                                           asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

// Runs `work` on a worker and comes back to the loop with what it returned.
template <typename Work>
auto Edge::State::on_worker(Work work) -> asio::awaitable<std::invoke_result_t<Work>> {
  using Made = std::invoke_result_t<Work>;
  return asio::async_initiate<const asio::use_awaitable_t<>&, void(Made)>(
      [this](auto handler, Work todo) {
        asio::post(
            workers_, [this, handler = std::move(handler), todo = std::move(todo)]() mutable {
              Made made = todo();
              asio::post(loop_, [handler = std::move(handler), made = std::move(made)]() mutable {
                std::move(handler)(std::move(made));
              });
            });
      },
      asio::use_awaitable, std::move(work));
}

bool Edge::State::take_connection(Connection& connection) {
  error_code error;
  const auto remote = connection.stream.socket().remote_endpoint(error);
  if (error) {
    return false;
  }
  connection.peer = remote.address().to_string();
  error = connection.stream.socket().set_option(tcp::no_delay(true), error);
  std::size_t& of_address = of_address_[connection.peer];
  ++of_address;
  open_.insert(&connection);
  connections_ = open_.size();
  return open_.size() <= limits_.connections && of_address <= limits_.connections_of_address;
}

asio::awaitable<void> Edge::State::accept() {
  while (!is_ending_) {
    error_code error;
    tcp::socket socket =
        co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (is_ending_) {
      break;
    }
    if (error) {
      // Out of descriptors: those that are served give some back.
      asio::steady_timer pause(loop_, std::chrono::milliseconds(50));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    auto connection = std::make_shared<Connection>(std::move(socket));
    asio::co_spawn(loop_, serve(std::move(connection)), asio::detached);
  }
}

asio::awaitable<void> Edge::State::serve(std::shared_ptr<Connection> connection) {
  try {
    beast::flat_buffer buffer(limits_.header_bytes + kReadAhead);
    bool goes_on = take_connection(*connection);
    const bool is_one_too_many = !goes_on;
    goes_on = co_await begin_tls(*connection) && goes_on;
    if (is_one_too_many) {
      Request none;
      co_await refuse(*connection, none, 503);
    }
    while (goes_on && !is_ending_) {
      goes_on = co_await serve_one(*connection, buffer);
      // Memory is given back between requests: most connections are idle.
      if (buffer.size() == 0) {
        buffer.shrink_to_fit();
      }
    }
  } catch (const std::exception&) {
    // Of the library, or out of memory: this connection ends, the others go on.
    connection->stream.close();
  }
  error_code error;
  if (connection->tls && connection->stream.socket().is_open()) {
    // That this is the end and nobody cut it off.
    connection->stream.expires_after(kLastWord);
    co_await connection->tls->async_shutdown(asio::redirect_error(asio::use_awaitable, error));
  }
  error = connection->stream.socket().shutdown(tcp::socket::shutdown_both, error);
  if (open_.erase(connection.get()) != 0) {
    const auto of_address = of_address_.find(connection->peer);
    if (--of_address->second == 0) {
      of_address_.erase(of_address);
    }
  }
  connections_ = open_.size();
  end_if_done();
}

asio::awaitable<bool> Edge::State::refuse(Connection& connection, Request& head, unsigned status) {
  const std::string reason = status == 503 ? "the server has as many connections as it takes; "
                                             "try again later"
                                           : std::string(reason_of(status));
  head.peer = connection.peer;
  Response response = handler_.refuse(head, status, reason);
  co_await send(connection, response, false, head.method == "HEAD");
  // What the other end still sends is read: otherwise the answer might not reach it.
  error_code error;
  if (!connection.tls) {
    error = connection.stream.socket().shutdown(tcp::socket::shutdown_send, error);
  }
  const auto end = std::chrono::steady_clock::now() + limits_.header_time;
  std::array<char, kPiece> rest{};
  const asio::mutable_buffer into(rest.data(), rest.size());
  for (std::size_t read = 0; !error && read < 256; ++read) {
    connection.stream.expires_at(std::min(end, std::chrono::steady_clock::now() + kPause));
    co_await read_some(connection, into, error);
  }
  co_return false;
}

// Reads a request and answers it; whether the connection goes on.
asio::awaitable<bool> Edge::State::serve_one(Connection& connection, beast::flat_buffer& buffer) {
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
  parser.body_limit(limits_.upload_body_bytes);
  error_code error;
  if (buffer.size() == 0) {
    // Until something comes nothing is owed.
    connection.stream.expires_after(limits_.idle_time);
    const asio::mutable_buffer into = buffer.prepare(4096);
    const std::size_t read = co_await read_some(connection, into, error);
    if (error) {
      co_return false;
    }
    buffer.commit(read);
  }
  connection.is_busy = true;
  connection.stream.expires_after(limits_.header_time);
  co_await read_into(connection, buffer, parser, false, error);
  if (error) {
    const unsigned status = error == beast::error::timeout ? 408 : status_of(error);
    Request none;
    if (status != 0) {
      co_await refuse(connection, none, status);
    }
    co_return false;
  }
  Request request = head_of(parser.get(), connection.peer);
  request.is_encrypted = connection.tls.has_value();
  if (request.target.size() > limits_.target_bytes) {
    co_return co_await refuse(connection, request, 414);
  }
  if (!co_await read_body(connection, buffer, parser, request)) {
    co_return false;
  }
  request.body = std::move(parser.get().body());
  connection.is_old = parser.get().version() < 11;
  const bool keeps_alive = parser.get().keep_alive();
  const bool is_head = request.method == "HEAD";
  if (waiting_requests_ >= limits_.waiting_requests) {
    Response busy = handler_.refuse(request, 503, "the server has too much to do; try again later");
    co_return co_await send(connection, busy, keeps_alive, is_head);
  }
  ++waiting_requests_;
  connection.stream.expires_never();
  // The request stays in this frame until the worker is done with it.
  auto handle = [this, &request] { return handler_.handle(request); };
  Response response = co_await on_worker(handle);
  --waiting_requests_;
  const bool goes_on = co_await send(connection, response, keeps_alive && !is_ending_, is_head);
  connection.is_busy = false;
  co_return goes_on;
}

asio::awaitable<bool> Edge::State::read_body(Connection& connection, beast::flat_buffer& buffer,
                                             Parser& parser, Request& head) {
  const std::size_t most = handler_.most_body_bytes(head);
  if (parser.content_length() && *parser.content_length() > most) {
    co_return co_await refuse(connection, head, 413);
  }
  parser.body_limit(most);
  error_code error;
  connection.stream.expires_after(limits_.body_time);
  if (!parser.is_done() && lower_case(head.header("expect")) == "100-continue") {
    static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await write(connection, kGoOn, error);
  }
  if (!error && !parser.is_done()) {
    co_await read_into(connection, buffer, parser, true, error);
  }
  if (!error) {
    co_return true;
  }
  const unsigned status = error == beast::error::timeout ? 408 : status_of(error);
  if (status != 0) {
    co_await refuse(connection, head, status);
  }
  co_return false;
}

asio::awaitable<bool> Edge::State::send(Connection& connection, Response& response,
                                        bool keeps_alive, bool is_head) {
  if (response.stream && connection.is_old) {
    Request head;
    head.peer = connection.peer;
    response = handler_.refuse(head, 505, "ask for this with HTTP/1.1");
  }
  if (response.stream) {
    co_return co_await send_stream(connection, response, is_head);
  }
  http::response<http::string_body> message{static_cast<http::status>(response.status), 11};
  message.set(http::field::content_type, response.content_type);
  for (const auto& [name, value] : response.headers) {
    message.insert(name, value);
  }
  message.keep_alive(keeps_alive);
  message.body() = std::move(response.body);
  message.prepare_payload();
  if (response.status == 204 || response.status == 304) {
    message.erase(http::field::content_type);
  }
  connection.stream.expires_after(limits_.write_time);
  error_code error;
  // The length is that of what is not sent, where only the head was asked for.
  const std::string bytes = bytes_of(message, is_head);
  co_await write(connection, bytes, error);
  co_return !error && keeps_alive;
}

asio::awaitable<bool> Edge::State::send_chunk(Connection& connection, const std::string& bytes) {
  error_code error;
  connection.stream.expires_after(limits_.write_time);
  const std::string chunk = fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
  co_await write(connection, chunk, error);
  connection.stream.expires_never();
  co_return !error;
}

// Until wake(), the next heartbeat or the end.
asio::awaitable<void> Edge::State::wait_for_news() {
  asio::steady_timer timer(loop_, limits_.heartbeat);
  waiting_.insert(&timer);
  error_code error;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
  waiting_.erase(&timer);
}

asio::awaitable<bool> Edge::State::send_stream(Connection& connection, Response& response,
                                               bool is_head) {
  http::response<http::empty_body> message{static_cast<http::status>(response.status), 11};
  message.set(http::field::content_type, response.content_type);
  for (const auto& [name, value] : response.headers) {
    message.insert(name, value);
  }
  message.keep_alive(false);
  message.chunked(true);
  error_code error;
  const std::string head = bytes_of(message, true);
  connection.stream.expires_after(limits_.write_time);
  co_await write(connection, head, error);
  if (error || is_head) {
    co_return false;
  }
  ++streams_;
  bool is_open = true;
  while (is_open) {
    const std::uint64_t news = news_;
    Stream& stream = *response.stream;
    Stream::Piece piece;
    if (stream.is_quick()) {
      piece = stream.next();
    } else {
      auto make = [&stream] { return stream.next(); };
      piece = co_await on_worker(make);
    }
    if (!piece.bytes.empty()) {
      is_open = co_await send_chunk(connection, piece.bytes);
    }
    if (piece.state == Stream::State::End || (is_ending_ && stream.is_quick())) {
      break;
    }
    if (is_open && piece.state == Stream::State::Waiting && news == news_) {
      connection.is_busy = false;
      co_await wait_for_news();
      connection.is_busy = true;
      if (news == news_ && !is_ending_ && !stream.heartbeat().empty()) {
        const std::string heartbeat(stream.heartbeat());
        is_open = co_await send_chunk(connection, heartbeat);
      }
    }
  }
  --streams_;
  if (is_open) {
    static constexpr std::string_view kLastChunk = "0\r\n\r\n";
    co_await write(connection, kLastChunk, error);
  }
  co_return false;
}

void Edge::State::wake() {
  asio::post(loop_, [this] {
    ++news_;
    for (asio::steady_timer* timer : waiting_) {
      timer->cancel();
    }
  });
}

asio::awaitable<void> Edge::State::repeat_work(std::chrono::milliseconds every,
                                               std::shared_ptr<const std::function<void()>> work) {
  asio::steady_timer timer(loop_);
  repeating_.insert(&timer);
  while (!is_ending_) {
    timer.expires_after(every);
    error_code error;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (!is_ending_) {
      auto once = [&work] {
        (*work)();
        return true;
      };
      co_await on_worker(once);
    }
  }
  repeating_.erase(&timer);
  end_if_done();
}

void Edge::State::repeat(std::chrono::milliseconds every, std::function<void()> work) {
  auto kept = std::make_shared<const std::function<void()>>(std::move(work));
  asio::co_spawn(loop_, repeat_work(every, std::move(kept)), asio::detached);
}

void Edge::State::begin_end() {
  if (is_ending_) {
    return;
  }
  is_ending_ = true;
  error_code error;
  error = acceptor_.close(error);
  error = signals_.cancel(error);
  for (asio::steady_timer* timer : waiting_) {
    timer->cancel();
  }
  for (asio::steady_timer* timer : repeating_) {
    timer->cancel();
  }
  for (Connection* connection : open_) {
    if (!connection->is_busy) {
      connection->stream.cancel();
    }
  }
  last_moment_.emplace(loop_, limits_.shutdown_time);
  last_moment_->async_wait([this](const error_code& wait_error) {
    if (!wait_error) {
      loop_.stop();
    }
  });
  end_if_done();
}

void Edge::State::end_if_done() {
  if (is_ending_ && open_.empty() && repeating_.empty()) {
    loop_.stop();
  }
}

void Edge::State::stop() {
  asio::post(loop_, [this] { begin_end(); });
}

void Edge::State::end_on_signals() {
  signals_.add(SIGTERM);
  signals_.add(SIGINT);
  signals_.async_wait([this](const error_code& error, int) {
    if (!error) {
      begin_end();
    }
  });
}

void Edge::State::run() {
  asio::co_spawn(loop_, accept(), asio::detached);
  const auto guard = asio::make_work_guard(loop_);
  loop_.run();
  // What a worker still does is finished, so that what it acknowledges is kept.
  workers_.join();
}

base::Result<std::unique_ptr<Edge>> Edge::open(const EdgeOptions& options, const Limits& limits,
                                               Handler& handler) {
  TlsIdentity identity;
  if (!options.tls_certificate.empty() || !options.tls_key.empty()) {
    auto read = read_tls_identity(options.tls_certificate, options.tls_key);
    if (!read) {
      return read.error();
    }
    identity = std::move(read).value();
  }
  auto state = std::make_unique<State>(limits, handler, std::move(identity.context));
  if (auto listening = state->listen(options.address, options.port); !listening) {
    return listening.error();
  }
  auto edge = std::make_unique<Edge>(std::move(state));
  edge->names_ = std::move(identity.names);
  return edge;
}

Edge::Edge(std::unique_ptr<State> state) : state_(std::move(state)) {}
Edge::~Edge() = default;
std::uint16_t Edge::port() const { return state_->port(); }
void Edge::end_on_signals() { state_->end_on_signals(); }
void Edge::run() { state_->run(); }
void Edge::stop() { state_->stop(); }
void Edge::wake() { state_->wake(); }
void Edge::repeat(std::chrono::milliseconds every, std::function<void()> work) {
  state_->repeat(every, std::move(work));
}
EdgeCounts Edge::counts() const { return state_->counts(); }

}  // namespace truce::server::internal
