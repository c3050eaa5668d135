// Private to http.cpp and tls.cpp: a connection's life, the same over TCP and TLS.
//
// A worker is one thread with an io_context of its own. A connection belongs to one worker from its first
// byte to its last, so nothing here is locked; other threads reach it by posting to the worker's context.
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "server/event_channel.h"
#include "server/listener.h"

namespace keyfob::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using asio::ip::tcp;
template <class T>
using Task = asio::awaitable<T>;
inline constexpr asio::use_awaitable_t<> kAwait;

using SteadyTime = std::chrono::steady_clock::time_point;

// What a worker knows of a connection.
class Connection {
 public:
  virtual ~Connection() = default;
  // Ends whatever the connection waits for, with an error.
  virtual void close() = 0;
  // The server is stopping: a reply that a fault delays is sent now.
  virtual void end_delay() = 0;

  bool idle = false;  // between two requests
  SteadyTime deadline = SteadyTime::max();
};

class Worker {
 public:
  Worker();

  // Serves until wind_down() was called and the last connection has gone.
  void run() { context_.run(); }
  // From any thread. Requests in progress get three seconds.
  void wind_down();

  asio::io_context& context() { return context_; }
  bool stopping() const { return stopping_; }
  void enter(Connection& connection) { connections_.insert(&connection); }
  void leave(Connection& connection) { connections_.erase(&connection); }
  // "Date: Tue, 24 Nov 2026 08:20:30 GMT\r\n", made once a second.
  const std::string& date_line();

 private:
  Task<void> close_the_overdue();

  std::unordered_set<Connection*> connections_;
  bool stopping_ = false;
  SteadyTime stop_by_ = SteadyTime::max();
  std::time_t date_of_ = 0;
  std::string date_line_;
  asio::io_context context_{1};
  asio::steady_timer sweep_{context_};
};

// How an accepted socket becomes a session. Called on the worker's thread.
using OpenSession = std::function<void(Worker&, tcp::socket)>;
// Throws std::runtime_error when the certificate or its key can't be used.
OpenSession tls_session(const ListenerOptions& options, Handler& handler);

enum class Framing { length, length_and_close, until_close };

// Everything before the body. HTTP/1.1 also to a 1.0 client, as RFC 9110 §2.5 wants it. Written by hand: with
// Beast's serializer a whole request cost 9.7 µs of CPU instead of 8.2.
void write_head(std::string& out, const HttpReply& reply, const std::string& date_line, Framing framing,
                bool http_1_0);

// The client's IP address. An IPv4 client of an IPv6 socket keeps its IPv4 address.
std::string peer_address(const tcp::socket& socket);

// `Transport` says what TCP and TLS do differently: the Stream type, and how it is opened and closed.
template <class Transport>
class Session final : public Connection, public std::enable_shared_from_this<Session<Transport>> {
 public:
  using Stream = typename Transport::Stream;

  Session(Worker& worker, const ListenerOptions& options, Handler& handler, Stream stream)
      : worker_(worker),
        options_(options),
        handler_(handler),
        stream_(std::move(stream)),
        timer_(worker.context().get_executor()) {
    worker_.enter(*this);
  }
  ~Session() override {
    if (channel_) channel_->abandon();
    worker_.leave(*this);
  }

  void start() {
    auto live = [self = this->shared_from_this()]() -> Task<void> {
      try {
        co_await self->serve();
      } catch (const std::exception&) {
        // The client has gone or its time is up: there is nobody left to tell.
      }
    };
    asio::co_spawn(worker_.context().get_executor(), std::move(live), asio::detached);
  }

  void close() override {
    boost::system::error_code ignored;
    Transport::socket(stream_).close(ignored);
    timer_.cancel();
  }
  void end_delay() override { timer_.cancel(); }

 private:
  Task<void> serve() {
    // A handshake has as long as a request.
    allow(options_.request);
    peer_ = peer_address(Transport::socket(stream_));
    Transport::socket(stream_).set_option(tcp::no_delay(true));
    co_await Transport::open(stream_);

    for (bool more = true; more;) {
      // Wait for a request to begin, unless its first bytes came with the one before.
      if (buffer_.size() == 0) {
        if (worker_.stopping()) break;
        idle = true;
        allow(options_.idle);
        co_await read_some();
        idle = false;
      }

      // Read all of it; what breaks HTTP or a limit goes no further.
      allow(options_.request);
      if (const unsigned refusal = co_await read_request(); refusal != 0) {
        const auto reply = refusal == 413 ? handler_.refuse_body(request()) : HttpReply{.status = refusal};
        co_await send(reply, Framing::length_and_close);
        break;
      }

      // Ask the handler, and do what a test asked to go wrong.
      HttpReply reply;
      bool failed = false;
      try {
        reply = handler_.handle(request());
      } catch (...) {
        failed = true;
        reply = {.status = 500};
      }
      if (reply.delay.count() > 0) co_await pause(reply.delay);
      if (reply.drop) co_return;

      // Answer. The request stays where it is until then.
      allow(options_.request);
      if (reply.status == 200 && reply.content_type == "text/event-stream" && !is_head()) {
        co_await send(reply, Framing::until_close);
        co_await send_events();
        break;
      }
      more = !failed && !worker_.stopping() && parser_->get().keep_alive();
      co_await send(reply, more ? Framing::length : Framing::length_and_close);
      forget_a_large_request();
    }

    // Closing with unread bytes would reset the connection, and the client might never see the answer.
    allow(kLinger);
    co_await Transport::close(stream_);
    boost::system::error_code gone;
    while (!gone) {
      co_await Transport::socket(stream_).async_read_some(buffer_.prepare(kReadSize),
                                                          asio::redirect_error(kAwait, gone));
    }
  }

  // Parses what there is and reads on until a whole request is there. 0, or the status to refuse it with.
  Task<unsigned> read_request() {
    parser_.emplace();
    parser_->eager(true);
    parser_->header_limit(static_cast<std::uint32_t>(options_.head_limit));
    parser_->body_limit(options_.body_limit);

    bool invited = false;
    for (;;) {
      boost::system::error_code error;
      buffer_.consume(parser_->put(buffer_.data(), error));
      if (error == http::error::body_limit) co_return 413;
      if (error && error != http::error::need_more) co_return 400;
      if (parser_->is_done()) co_return 0;
      if (!invited && wants_an_invitation()) {
        invited = true;
        co_await asio::async_write(stream_, asio::buffer(kContinue), kAwait);
      }
      if (error || buffer_.size() == 0) co_await read_some();
    }
  }

  bool wants_an_invitation() const {
    return parser_->is_header_done() && parser_->get().version() >= 11 &&
           iequals(parser_->get()[http::field::expect], "100-continue");
  }

  bool is_head() const { return parser_->get().method() == http::verb::head; }

  Task<void> read_some() {
    const bool in_body = parser_ && parser_->is_header_done();
    const auto to_come = in_body ? parser_->content_length_remaining().value_or(0) : 0;
    const auto size = static_cast<std::size_t>(std::clamp<std::uint64_t>(to_come, kReadSize, kBodyReadSize));
    buffer_.commit(co_await stream_.async_read_some(buffer_.prepare(size), kAwait));
  }

  HttpRequest request() {
    const auto& message = parser_->get();
    headers_.clear();
    for (const auto& field : message) headers_.push_back({field.name_string(), field.value()});
    return {.method = message.method_string(),
            .target = message.target(),
            .body = message.body(),
            .headers = headers_,
            .peer = peer_,
            .secure = Transport::kSecure};
  }

  Task<void> send(const HttpReply& reply, Framing framing) {
    const auto& message = parser_->get();
    write_head(head_, reply, worker_.date_line(), framing, message.version() < 11);
    const bool bodiless = is_head() || reply.status == 204 || reply.status == 304;
    const std::array<asio::const_buffer, 2> parts{
        asio::buffer(head_), asio::buffer(reply.body.data(), bodiless ? 0 : reply.body.size())};
    co_await asio::async_write(stream_, parts, kAwait);
  }

  // Sends what the handler's side puts into the stream, and a comment when it is quiet for long: writing is
  // how a client's leaving is noticed.
  Task<void> send_events() {
    const auto cut_the_pause = [weak = this->weak_from_this()] {
      if (auto self = weak.lock()) self->timer_.cancel();
    };
    channel_ = std::make_shared<EventChannel>([=, this] { asio::post(worker_.context(), cut_the_pause); });
    handler_.follow(request(), {channel_.get(), [channel = channel_](EventStream*) { channel->close(); }});
    while (!worker_.stopping()) {
      auto [text, open] = channel_->take();
      if (text.empty()) {
        if (!open) break;
        const bool quiet = co_await pause(kQuiet);
        if (!quiet) continue;
        text = ":\n\n";
      }
      allow(options_.request);
      co_await asio::async_write(stream_, asio::buffer(text), kAwait);
    }
  }

  // False when it was cut short.
  Task<bool> pause(std::chrono::milliseconds time) {
    if (worker_.stopping()) co_return false;
    deadline = SteadyTime::max();
    boost::system::error_code cut_short;
    timer_.expires_after(time);
    co_await timer_.async_wait(asio::redirect_error(kAwait, cut_short));
    co_return !cut_short;
  }

  void allow(std::chrono::seconds time) { deadline = std::chrono::steady_clock::now() + time; }

  // One big request must not keep its memory for as long as the connection lasts.
  void forget_a_large_request() {
    parser_.reset();
    if (buffer_.capacity() > kKeptSize && buffer_.size() == 0) buffer_ = {};
    if (headers_.capacity() > 64) headers_ = {};
  }

  static constexpr std::size_t kReadSize = 4096;
  static constexpr std::size_t kBodyReadSize = 65536;
  static constexpr std::size_t kKeptSize = 16384;
  static constexpr std::chrono::seconds kLinger{2};
  static constexpr std::chrono::seconds kQuiet{15};
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

  Worker& worker_;
  const ListenerOptions& options_;
  Handler& handler_;
  Stream stream_;
  asio::steady_timer timer_;
  std::string peer_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::vector<HeaderField> headers_;
  std::string head_;
  std::shared_ptr<EventChannel> channel_;
};

}  // namespace keyfob::server
