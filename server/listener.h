// What the server listens with: HTTP/1.1 over TCP, or over TLS when a certificate is given. No Beast, no Asio
// here.
//
// A request that breaks HTTP or a limit is never handled. It is answered and the connection is closed: 400
// with an empty body for garbage or an over-long head, 413 for an over-long body (aws/wire.md#dispatch).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "protocol/http.h"

namespace keyfob::server {

struct ListenerOptions {
  std::string host = "127.0.0.1";  // an IPv4 or IPv6 address, or a name of this machine
  std::uint16_t port = 4593;       // 0: any free one
  unsigned threads = 0;            // 0: one a core
  std::string tls_cert = {};       // PEM files; HTTPS when they are given
  std::string tls_key = {};
  std::size_t body_limit = 10'000'000;
  std::size_t head_limit = 16 * 1024;
  std::chrono::seconds idle{60};     // a connection with nothing going on is closed
  std::chrono::seconds request{30};  // from a request's first byte to its last, and for its reply to be taken
};

// A reply whose end is not known yet: text that flows to one client until either side has enough.
// Both calls are safe from any thread, return at once, and are harmless when the client has gone.
class EventStream {
 public:
  virtual ~EventStream() = default;
  // Text is sent as given: frame it as server-sent events ("data: …\n\n"). False when the client has gone
  // or reads too slowly to be worth waiting for: the sender then forgets the stream. The listener keeps a
  // quiet stream alive with comments of its own.
  virtual bool send(std::string_view text) = 0;
  virtual void close() = 0;
};

// Who answers. Called from every thread of the listener, for one request of a connection at a time.
// It must not block. What it throws becomes a 500 with an empty body, and the connection is closed.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual HttpReply handle(const HttpRequest& request) = 0;

  // What to answer to a body over the limit: its head alone was read.
  virtual HttpReply refuse_body(const HttpRequest& /*head*/) { return {.status = 413}; }

  // Follows a reply of 200 with content type "text/event-stream": its body was the beginning, the rest goes
  // into `stream`. Whoever wants to write later keeps it; a stream that nobody keeps ends.
  virtual void follow(const HttpRequest& /*request*/, const std::shared_ptr<EventStream>& /*stream*/) {}
};

class Listener {
 public:
  // Binds at once. Throws std::runtime_error, with one clear line, for a busy port, an address that is not
  // ours, or a certificate that can't be read.
  Listener(const ListenerOptions& options, Handler& handler);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::uint16_t port() const;  // the real one when 0 was asked for
  // Serves until stop(), SIGINT or SIGTERM, then finishes the requests in progress (for three seconds at
  // most) and returns. Once only.
  void run();
  // From any thread, also before run().
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keyfob::server
