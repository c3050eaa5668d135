#include "server/http_client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <stdexcept>
#include <string_view>

namespace keyfob::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

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

template <class Stream>
ClientReply round_trip(Stream& stream, const http::request<http::string_body>& request) {
  http::write(stream, request);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> response;
  response.body_limit(boost::none);  // an exported state may be large
  http::read(stream, buffer, response);
  return {.status = response.get().result_int(), .body = std::move(response.get().body())};
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
    asio::io_context context;
    const auto endpoints = asio::ip::tcp::resolver(context).resolve(url.host, url.port);
    if (url.secure) {
      asio::ssl::context tls(asio::ssl::context::tls_client);
      asio::ssl::stream<asio::ip::tcp::socket> stream(context, tls);
      asio::connect(stream.next_layer(), endpoints);
      stream.handshake(asio::ssl::stream_base::client);
      return round_trip(stream, request);
    }
    asio::ip::tcp::socket socket(context);
    asio::connect(socket, endpoints);
    return round_trip(socket, request);
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("no answer from " + options.url + ": " + error.code().message());
  }
}

}  // namespace keyfob::server
