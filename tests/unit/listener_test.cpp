// What only a handler made for it shows of the socket layer; the rest is asked of the real binary in
// tests/wire.
#include "server/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/catch.h"

namespace {

using namespace keyfob;
using namespace keyfob::server;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

class Scripted final : public Handler {
 public:
  HttpReply handle(const HttpRequest& request) override { return answer(request); }
  void follow(const HttpRequest&, const std::shared_ptr<EventStream>& stream) override {
    const std::lock_guard lock(mutex_);
    stream_ = std::move(stream);
  }
  // The stream, once there is one; the handler then forgets it.
  std::shared_ptr<EventStream> take_stream() {
    for (;;) {
      {
        const std::lock_guard lock(mutex_);
        if (stream_) return std::move(stream_);
      }
      std::this_thread::sleep_for(1ms);
    }
  }

  std::function<HttpReply(const HttpRequest&)> answer;

 private:
  std::mutex mutex_;
  std::shared_ptr<EventStream> stream_;
};

class Running {
 public:
  explicit Running(std::function<HttpReply(const HttpRequest&)> answer, ListenerOptions options = {})
      : listener_((options.port = 0, options.threads = 2, options), handler) {
    handler.answer = std::move(answer);
    thread_ = std::thread([this] { listener_.run(); });
  }
  ~Running() { stop(); }
  void stop() {
    listener_.stop();
    if (thread_.joinable()) thread_.join();
  }
  std::uint16_t port() const { return listener_.port(); }

  Scripted handler;

 private:
  Listener listener_;
  std::thread thread_;
};

class Client {
 public:
  explicit Client(const Running& server) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(server.port());
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(const std::string& text) const { ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }
  void get(const std::string& target) const { send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"); }
  // What comes until `end` has, or until the connection ends.
  std::string read_until(const std::string& end) const {
    std::string got;
    char byte;
    while (got.find(end) == std::string::npos && ::recv(socket_, &byte, 1, 0) == 1) got += byte;
    return got;
  }
  std::string read_all() const { return read_until(std::string(1, '\0')); }

 private:
  int socket_;
};

HttpReply text(std::string body) { return {.content_type = "text/plain", .body = std::move(body)}; }

TEST_CASE("A handler sees the request as it was sent") {
  Running server([](const HttpRequest& request) {
    CHECK(request.method == "PATCH");
    CHECK(request.target == "/a%20b?c=d");
    CHECK(request.body == "hello");
    CHECK(request.peer == "127.0.0.1");
    CHECK_FALSE(request.secure);
    CHECK(request.headers.size() == 3);
    CHECK(request.headers[1].name == "x-ODD-case");
    CHECK(request.headers[1].value == "1 2");
    return text("seen");
  });
  const Client client(server);
  client.send("PATCH /a%20b?c=d HTTP/1.1\r\nHost: x\r\nx-ODD-case:  1 2 \r\nContent-Length: 5\r\n\r\nhello");
  CHECK(client.read_until("seen").find("HTTP/1.1 200 OK\r\n") == 0);
}

TEST_CASE("A handler that throws costs its client the connection, and nobody else anything") {
  Running server([](const HttpRequest& request) -> HttpReply {
    if (request.path() == "/bad") throw std::runtime_error("not for the client's eyes");
    return text("fine");
  });
  const Client bad(server);
  const Client good(server);
  bad.get("/bad");
  const auto answer = bad.read_all();
  CHECK(answer.find("HTTP/1.1 500 ") == 0);
  CHECK(answer.find("Content-Length: 0\r\n") != std::string::npos);
  CHECK(answer.find("eyes") == std::string::npos);
  good.get("/");
  CHECK(good.read_until("fine").find("HTTP/1.1 200 ") == 0);
}

TEST_CASE("A reply's own headers are sent, and 204 has no length") {
  Running server([](const HttpRequest&) {
    return HttpReply{.status = 204, .headers = {{"x-amzn-RequestId", "r-1"}, {"X-Two", "2"}}};
  });
  const Client client(server);
  client.get("/");
  const auto head = client.read_until("\r\n\r\n");
  CHECK(head.find("HTTP/1.1 204 No Content\r\nDate: ") == 0);
  CHECK(head.find("x-amzn-RequestId: r-1\r\nX-Two: 2\r\n") != std::string::npos);
  CHECK(head.find("Content-Length") == std::string::npos);
}

TEST_CASE("A delayed reply leaves the thread to others") {
  Running server([](const HttpRequest& request) {
    auto reply = text("done");
    if (request.path() == "/late") reply.delay = 60s;
    return reply;
  });
  const Client late1(server), late2(server), late3(server), prompt(server);
  for (const auto* client : {&late1, &late2, &late3}) client->get("/late");
  prompt.get("/");
  CHECK(prompt.read_until("done").find("HTTP/1.1 200 ") == 0);
  // Stopping doesn't wait the minute out: what is ready is sent.
  server.stop();
  CHECK(late1.read_all().find("HTTP/1.1 200 ") == 0);
}

TEST_CASE("A dropped reply is the end of the connection without a word") {
  Running server([](const HttpRequest&) { return HttpReply{.body = "never seen", .drop = true}; });
  const Client client(server);
  client.get("/");
  CHECK(client.read_all().empty());
}

TEST_CASE("A connection with nothing going on, or with half a request, is closed in time") {
  Running server([](const HttpRequest&) { return text("x"); }, {.idle = 1s, .request = 1s});
  const Client idle(server), slow(server);
  slow.send("GET / HT");
  CHECK(idle.read_all().empty());
  CHECK(slow.read_all().empty());
}

TEST_CASE("An event stream carries what is sent until it is let go") {
  Running server([](const HttpRequest&) {
    return HttpReply{.content_type = "text/event-stream", .body = ": hello\n\n"};
  });
  const Client client(server);
  client.get("/events");
  CHECK(client.read_until("\r\n\r\n").find("Content-Type: text/event-stream\r\n") != std::string::npos);
  CHECK(client.read_until("\n\n") == ": hello\n\n");

  auto stream = server.handler.take_stream();
  CHECK(stream->send("data: 1\n\n"));
  CHECK(client.read_until("\n\n") == "data: 1\n\n");
  CHECK(stream->send("data: 2\n\n"));
  CHECK(stream->send("data: 3\n\n"));

  SECTION("by nobody keeping it") { stream.reset(); }
  SECTION("by closing it") { stream->close(); }
  SECTION("by the server's stop") {
    CHECK(client.read_until("data: 3\n\n") == "data: 2\n\ndata: 3\n\n");
    std::thread stopper([&] { server.stop(); });
    CHECK(client.read_all().empty());
    stopper.join();
    CHECK_FALSE(stream->send("data: 4\n\n"));
    return;
  }
  CHECK(client.read_all() == "data: 2\n\ndata: 3\n\n");
  if (stream) CHECK_FALSE(stream->send("data: 4\n\n"));
}

TEST_CASE("HEAD of an event stream is its headers alone") {
  Running server([](const HttpRequest&) { return HttpReply{.content_type = "text/event-stream"}; });
  const Client client(server);
  client.send("HEAD /events HTTP/1.1\r\nConnection: close\r\n\r\n");
  const auto answer = client.read_all();
  CHECK(answer.find("HTTP/1.1 200 ") == 0);
  CHECK(answer.ends_with("\r\n\r\n"));
}

TEST_CASE("A follower that lets a stream pile up is told to forget it") {
  Running server([](const HttpRequest&) { return HttpReply{.content_type = "text/event-stream"}; });
  const Client client(server);
  client.get("/events");
  const auto stream = server.handler.take_stream();
  const std::string much(1 << 20, 'x');
  int sent = 0;
  while (stream->send(much) && sent < 1000) ++sent;
  CHECK(sent < 1000);
}

TEST_CASE("A listener that was stopped before it ran ends at once") {
  Scripted handler;
  Listener listener({.port = 0}, handler);
  listener.stop();
  listener.run();
}

std::string refusal(const ListenerOptions& options) {
  Scripted handler;
  try {
    Listener listener(options, handler);
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST_CASE("What can't be listened on is said in one line") {
  Scripted handler;
  const Listener first({.port = 0}, handler);
  CHECK(refusal({.port = first.port()}) ==
        "cannot listen on 127.0.0.1 port " + std::to_string(first.port()) + ": Address already in use");
  CHECK(refusal({.host = "192.0.2.1", .port = 0}) ==
        "cannot listen on 192.0.2.1 port 0: Cannot assign requested address");
  CHECK(refusal({.host = "not a host", .port = 0}).find("cannot listen on not a host port 0: ") == 0);
  CHECK(refusal({.port = 0, .tls_cert = "cert.pem"}) == "HTTPS needs both a certificate and its key");
  CHECK(refusal({.port = 0, .tls_cert = "/nowhere.pem", .tls_key = "/nowhere.pem"}).find('\n') ==
        std::string::npos);
}

}  // namespace
