// A closed-loop load generator: C connections, each with one request under way, from one thread.
//
//   keyfob_load --port N [--connections C] [--requests R] [--pid P] [--seconds S] FILE...
//
// A FILE holds one whole HTTP request. Connection c sends the files in turn, starting over after the last; in
// each, "{c}" stands for the connection's number and "{n}" for how often it has gone round (Content-Length is
// put right). Prints one line of JSON: requests, failed (an answer other than 2xx), rate, p50 and p99 in
// microseconds, the mean size of an answer's body, and with --pid the server's CPU microseconds a request.
// S bounds the whole run.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::uint16_t port = 0;
  std::size_t connections = 64;
  std::size_t requests = 20'000;
  std::string pid;
  double seconds = 60;
  std::vector<std::string> templates;
};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (!word.starts_with("--")) {
      options.templates.push_back(read_file(argv[i]));
      continue;
    }
    if (++i == argc) throw std::runtime_error(std::string(word) + " needs a value");
    if (word == "--port")
      options.port = static_cast<std::uint16_t>(std::atoi(argv[i]));
    else if (word == "--connections")
      options.connections = std::strtoul(argv[i], nullptr, 10);
    else if (word == "--requests")
      options.requests = std::strtoul(argv[i], nullptr, 10);
    else if (word == "--pid")
      options.pid = argv[i];
    else if (word == "--seconds")
      options.seconds = std::atof(argv[i]);
    else
      throw std::runtime_error("no such option: " + std::string(word));
  }
  if (options.port == 0 || options.templates.empty())
    throw std::runtime_error("--port and a request are needed");
  return options;
}

// User and system time of a process so far, in microseconds; 0 without a pid.
double cpu_of(const std::string& pid) {
  if (pid.empty()) return 0;
  const auto text = read_file("/proc/" + pid + "/stat");
  std::string_view rest = std::string_view(text).substr(text.rfind(')') + 2);
  const auto next = [&rest] {
    const auto word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size() + 1);
    return std::strtod(std::string(word).c_str(), nullptr);
  };
  for (int field = 3; field < 14; ++field) next();
  const double user = next();
  const double system = next();
  return (user + system) * 1e6 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

void replace_all(std::string& text, std::string_view what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

std::string fill_in(std::string text, std::size_t connection, std::size_t round) {
  if (text.find('{') == std::string::npos) return text;
  replace_all(text, "{c}", std::to_string(connection));
  replace_all(text, "{n}", std::to_string(round));
  const auto length = text.find("Content-Length: ");
  const auto body = text.find("\r\n\r\n");
  if (length == std::string::npos || body == std::string::npos) return text;
  const auto digits = length + std::strlen("Content-Length: ");
  const auto size = std::to_string(text.size() - body - 4);
  return text.replace(digits, text.find("\r\n", digits) - digits, size);
}

// One connection with one request under way.
class Client {
 public:
  Client(const Options& options, std::size_t number) : options_(options), number_(number) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(options.port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
      throw std::runtime_error("cannot connect");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (options.templates.size() == 1 && options.templates[0].find('{') == std::string::npos)
      ready_ = options.templates[0];
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  int socket() const { return socket_; }
  Clock::time_point began() const { return began_; }
  bool succeeded() const { return succeeded_; }
  std::size_t body_size() const { return body_size_; }

  void send() {
    const auto count = options_.templates.size();
    const std::string& request =
        ready_.empty() ? made_ = fill_in(options_.templates[sent_ % count], number_, sent_ / count) : ready_;
    ++sent_;
    began_ = Clock::now();
    for (std::size_t at = 0; at < request.size();) {
      const auto n = ::send(socket_, request.data() + at, request.size() - at, MSG_NOSIGNAL);
      if (n <= 0) throw std::runtime_error("the server closed the connection");
      at += static_cast<std::size_t>(n);
    }
  }

  // True when the whole answer has come.
  bool receive() {
    char bytes[65536];
    const auto n = ::recv(socket_, bytes, sizeof bytes, 0);
    if (n <= 0) throw std::runtime_error("the server closed the connection");
    got_.append(bytes, static_cast<std::size_t>(n));
    const auto head = got_.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    const auto length = got_.find("Content-Length: ");
    body_size_ = length < head ? std::strtoul(got_.c_str() + length + 16, nullptr, 10) : 0;
    if (got_.size() < head + 4 + body_size_) return false;
    succeeded_ = got_.compare(9, 1, "2") == 0;
    if (!succeeded_ && std::getenv("KEYFOB_LOAD_VERBOSE")) std::cerr << got_ << "\n";
    got_.clear();
    return true;
  }

 private:
  const Options& options_;
  std::size_t number_;
  int socket_;
  std::size_t sent_ = 0;
  Clock::time_point began_;
  std::string ready_;  // when every request is the same
  std::string made_;
  std::string got_;
  bool succeeded_ = false;
  std::size_t body_size_ = 0;
};

void run(const Options& options) {
  const int poll = ::epoll_create1(0);
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < options.connections; ++i) {
    clients.push_back(std::make_unique<Client>(options, i));
    epoll_event event{.events = EPOLLIN, .data = {.ptr = clients.back().get()}};
    ::epoll_ctl(poll, EPOLL_CTL_ADD, clients.back()->socket(), &event);
  }

  std::vector<double> latencies;
  latencies.reserve(options.requests);
  std::size_t started = 0, failed = 0, bytes = 0;
  const double cpu_before = cpu_of(options.pid);
  const auto begin = Clock::now();
  const auto end = begin + std::chrono::duration<double>(options.seconds);
  const auto start = [&](Client& client) {
    if (started < options.requests && Clock::now() < end) ++started, client.send();
  };

  for (auto& client : clients) start(*client);
  while (latencies.size() < started) {
    epoll_event events[256];
    const int count = ::epoll_wait(poll, events, 256, 5000);
    if (count == 0) throw std::runtime_error("no answer for five seconds");
    for (int i = 0; i < count; ++i) {
      auto& client = *static_cast<Client*>(events[i].data.ptr);
      if (!client.receive()) continue;
      latencies.push_back(std::chrono::duration<double, std::micro>(Clock::now() - client.began()).count());
      failed += client.succeeded() ? 0 : 1;
      bytes += client.body_size();
      start(client);
    }
  }
  const double took = std::chrono::duration<double>(Clock::now() - begin).count();
  const double cpu = cpu_of(options.pid) - cpu_before;
  ::close(poll);

  const auto total = static_cast<double>(latencies.size());
  std::sort(latencies.begin(), latencies.end());
  const auto percentile = [&](double p) { return latencies[static_cast<std::size_t>(p * (total - 1))]; };
  std::printf(
      "{\"requests\": %zu, \"failed\": %zu, \"rate\": %.0f, \"p50\": %.1f, \"p99\": %.1f, \"size\": %.0f, "
      "\"cpu\": %.2f}\n",
      latencies.size(), failed, total / took, percentile(0.5), percentile(0.99),
      static_cast<double>(bytes) / total, cpu / total);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(parse(argc, argv));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "keyfob_load: " << error.what() << "\n";
    return 1;
  }
}
