#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/http/status.hpp>
#include <csignal>
#include <deque>
#include <stdexcept>
#include <thread>

#include "server/listener.h"
#include "server/session.h"

namespace keyfob::server {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

struct Tcp {
  using Stream = tcp::socket;
  static constexpr bool kSecure = false;

  static tcp::socket& socket(Stream& stream) { return stream; }
  static Task<void> open(Stream&) { co_return; }
  static Task<void> close(Stream& stream) {
    stream.shutdown(tcp::socket::shutdown_send);
    co_return;
  }
};

OpenSession tcp_session(const ListenerOptions& options, Handler& handler) {
  return [&](Worker& worker, tcp::socket socket) {
    std::make_shared<Session<Tcp>>(worker, options, handler, std::move(socket))->start();
  };
}

tcp::endpoint resolve(const std::string& host, std::uint16_t port) {
  boost::system::error_code not_numeric;
  const auto address = asio::ip::make_address(host, not_numeric);
  if (!not_numeric) return {address, port};
  asio::io_context context;
  return {tcp::resolver(context).resolve(host, "").begin()->endpoint().address(), port};
}

tcp::acceptor bind(asio::io_context& context, const ListenerOptions& options) {
  try {
    return tcp::acceptor(context, resolve(options.host, options.port));
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("cannot listen on " + options.host + " port " + std::to_string(options.port) +
                             ": " + error.code().message());
  }
}

}  // namespace

Worker::Worker() { asio::co_spawn(context_.get_executor(), close_the_overdue(), asio::detached); }

// One timer for all connections: a timer of its own would cost each request 3 µs.
Task<void> Worker::close_the_overdue() {
  while (!stopping_ || !connections_.empty()) {
    boost::system::error_code cut_short;
    sweep_.expires_after(stopping_ ? 20ms : 1000ms);
    co_await sweep_.async_wait(asio::redirect_error(kAwait, cut_short));
    const auto now = std::chrono::steady_clock::now();
    for (auto* connection : connections_) {
      if (now >= std::min(connection->deadline, stop_by_)) connection->close();
    }
  }
}

void Worker::wind_down() {
  asio::post(context_, [this] {
    stopping_ = true;
    stop_by_ = std::chrono::steady_clock::now() + 3s;
    for (auto* connection : connections_) connection->idle ? connection->close() : connection->end_delay();
    sweep_.cancel();
  });
}

const std::string& Worker::date_line() {
  const std::time_t now = std::time(nullptr);
  if (now != date_of_) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[48];
    date_line_.assign(text, std::strftime(text, sizeof text, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts));
    date_of_ = now;
  }
  return date_line_;
}

std::string peer_address(const tcp::socket& socket) {
  const auto address = socket.remote_endpoint().address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

void write_head(std::string& out, const HttpReply& reply, const std::string& date_line, Framing framing,
                bool http_1_0) {
  const auto add = [&out](auto... parts) { (out.append(parts), ...); };
  const std::string_view reason = http::obsolete_reason(static_cast<http::status>(reply.status));

  out.clear();
  add("HTTP/1.1 ", std::to_string(reply.status), " ", reason, "\r\n", date_line);
  if (!reply.content_type.empty()) add("Content-Type: ", reply.content_type, "\r\n");
  const bool has_length = framing != Framing::until_close && reply.status != 204 && reply.status != 304;
  if (has_length) add("Content-Length: ", std::to_string(reply.body.size()), "\r\n");
  if (framing != Framing::length) add("Connection: close\r\n");
  if (framing == Framing::length && http_1_0) add("Connection: keep-alive\r\n");
  for (const auto& [name, value] : reply.headers) add(name, ": ", value, "\r\n");
  add("\r\n");
}

struct Listener::Impl {
  Impl(const ListenerOptions& wanted, Handler& handler)
      : options(wanted),
        open_session(options.tls_cert.empty() && options.tls_key.empty() ? tcp_session(options, handler)
                                                                         : tls_session(options, handler)),
        workers(options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency())),
        acceptor(bind(workers.front().context(), options)) {}

  void run() {
    auto& context = workers.front().context();
    signals.async_wait([this](boost::system::error_code error, int) {
      if (!error) stop();
    });
    asio::co_spawn(context.get_executor(), accept(), asio::detached);

    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < workers.size(); ++i) threads.emplace_back([this, i] { workers[i].run(); });
    workers.front().run();
  }

  void stop() {
    asio::post(workers.front().context(), [this] {
      boost::system::error_code ignored;
      acceptor.close(ignored);
      retry.cancel();
      signals.cancel(ignored);
      for (auto& worker : workers) worker.wind_down();
    });
  }

  // Hands the workers connections in turn.
  Task<void> accept() {
    for (std::size_t turn = 0; acceptor.is_open(); ++turn) {
      auto& worker = workers[turn % workers.size()];
      boost::system::error_code error;
      tcp::socket socket(worker.context());
      co_await acceptor.async_accept(socket, asio::redirect_error(kAwait, error));
      if (error) {
        // Out of file descriptors, most likely: the client waits in the queue until some are free.
        retry.expires_after(100ms);
        if (acceptor.is_open()) co_await retry.async_wait(asio::redirect_error(kAwait, error));
        continue;
      }
      asio::post(worker.context(), [this, &worker, accepted = std::move(socket)]() mutable {
        try {
          open_session(worker, std::move(accepted));
        } catch (const std::exception&) {
          // This client is lost, perhaps because memory is short; the others are not.
        }
      });
    }
  }

  const ListenerOptions options;
  OpenSession open_session;
  std::deque<Worker> workers;
  tcp::acceptor acceptor;
  asio::steady_timer retry{workers.front().context()};
  // Caught from the start: a signal that comes before run() ends it at once.
  asio::signal_set signals{workers.front().context(), SIGINT, SIGTERM};
};

Listener::Listener(const ListenerOptions& options, Handler& handler)
    : impl_(std::make_unique<Impl>(options, handler)) {}
Listener::~Listener() = default;
std::uint16_t Listener::port() const { return impl_->acceptor.local_endpoint().port(); }
void Listener::run() { impl_->run(); }
void Listener::stop() { impl_->stop(); }

}  // namespace keyfob::server
