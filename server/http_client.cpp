#include "server/http_client.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <stdexcept>
#include <string_view>

namespace keyfob::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::chrono::seconds kPatience{30};  // a server that hangs must not hang its health check too

struct Url {
  bool secure;
  std::string host;
  std::string port;
  std::string authority;
};

Url parse_url(std::string_view url) {
  Url parsed{.secure = url.starts_with("https://"), .host = {}, .port = {}, .authority = {}};
  if (!parsed.secure && !url.starts_with("http://"))
    throw std::runtime_error("not a URL: " + std::string(url));
  url.remove_prefix(parsed.secure ? 8 : 7);
  url = url.substr(0, url.find('/'));
  parsed.authority = std::string(url);
  const auto colon = url.find(':', url.starts_with('[') ? url.find(']') : 0);
  auto host = url.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  parsed.host = std::string(host);
  parsed.port =
      colon == std::string_view::npos ? (parsed.secure ? "443" : "80") : std::string(url.substr(colon + 1));
  return parsed;
}

using Task = asio::awaitable<ClientReply>;

template <class Stream>
Task round_trip(Stream& stream, const http::request<http::string_body>& request) {
  co_await http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> response;
  response.body_limit(boost::none);  // an exported state may be large
  co_await http::async_read(stream, buffer, response, asio::use_awaitable);
  co_return ClientReply{.status = response.get().result_int(), .body = std::move(response.get().body())};
}

Task exchange(asio::io_context& context, const Url& url, const http::request<http::string_body>& request) {
  const auto endpoints =
      co_await asio::ip::tcp::resolver(context).async_resolve(url.host, url.port, asio::use_awaitable);
  if (url.secure) {
    asio::ssl::context tls(asio::ssl::context::tls_client);
    asio::ssl::stream<asio::ip::tcp::socket> stream(context, tls);
    co_await asio::async_connect(stream.next_layer(), endpoints, asio::use_awaitable);
    co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
    co_return co_await round_trip(stream, request);
  }
  asio::ip::tcp::socket socket(context);
  co_await asio::async_connect(socket, endpoints, asio::use_awaitable);
  co_return co_await round_trip(socket, request);
}

}  // namespace

ClientReply fetch(const ClientOptions& options, const std::string& method, const std::string& target,
                  const std::string& body) {
  const auto url = parse_url(options.url);
  http::request<http::string_body> request{http::string_to_verb(method), target, 11};
  request.set(http::field::host, url.authority);
  if (!options.token.empty()) request.set(http::field::authorization, "Bearer " + options.token);
  if (!body.empty()) request.set(http::field::content_type, "application/json");
  request.body() = body;
  request.prepare_payload();

  try {
    asio::io_context context(1);
    auto reply = asio::co_spawn(context, exchange(context, url, request), asio::use_future);
    context.run_for(kPatience);
    if (!context.stopped()) throw std::runtime_error("no answer from " + options.url + " in time");
    return reply.get();
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("no answer from " + options.url + ": " + error.code().message());
  }
}

}  // namespace keyfob::server
