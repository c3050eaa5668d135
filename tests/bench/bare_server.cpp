// The floor that keyfob is measured against: Beast as its own examples write it, answering every request with
// the same body. One thread. Deliberately not built from keyfob's code.
//
//   bare_server SIZE      prints "bare listening on http://127.0.0.1:PORT" and serves until it is killed
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdlib>
#include <iostream>
#include <string>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

asio::awaitable<void> serve(tcp::socket socket, const std::string& answer) {
  socket.set_option(tcp::no_delay(true));
  boost::beast::flat_buffer buffer;
  for (bool more = true; more;) {
    http::request<http::string_body> request;
    co_await http::async_read(socket, buffer, request, asio::use_awaitable);
    http::response<http::string_body> response{http::status::ok, request.version()};
    response.set(http::field::content_type, "text/xml");
    response.keep_alive(request.keep_alive());
    response.body() = answer;
    response.prepare_payload();
    more = response.keep_alive();
    co_await http::async_write(socket, response, asio::use_awaitable);
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, const std::string& answer) {
  for (;;) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), answer), asio::detached);
  }
}

int main(int argc, char** argv) {
  const std::string answer(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 900, 'x');
  asio::io_context context(1);
  tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
  std::cout << "bare listening on http://127.0.0.1:" << acceptor.local_endpoint().port() << std::endl;
  asio::co_spawn(context, accept(acceptor, answer), asio::detached);
  context.run();
}
