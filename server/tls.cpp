#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <stdexcept>

#include "server/session.h"

namespace keyfob::server {
namespace {

namespace ssl = asio::ssl;

struct Tls {
  using Stream = ssl::stream<tcp::socket>;
  static constexpr bool kSecure = true;

  static tcp::socket& socket(Stream& stream) { return stream.next_layer(); }
  static Task<void> open(Stream& stream) {
    co_await stream.async_handshake(ssl::stream_base::server, kAwait);
  }
  // Says goodbye; a client that only drops the line doesn't say it back, which is no harm.
  static Task<void> close(Stream& stream) {
    boost::system::error_code ignored;
    co_await stream.async_shutdown(asio::redirect_error(kAwait, ignored));
    stream.next_layer().shutdown(tcp::socket::shutdown_send, ignored);
  }
};

// What OpenSSL names its errors helps nobody who mistyped a file name: the file and the reason do.
template <class Load>
void load(const char* what, const std::string& file, Load load_file) {
  boost::system::error_code error;
  load_file(error);
  if (error)
    throw std::runtime_error("cannot read the " + std::string(what) + " '" + file + "': " + error.message());
}

ssl::context tls_context(const ListenerOptions& options) {
  if (options.tls_cert.empty() || options.tls_key.empty()) {
    throw std::runtime_error("HTTPS needs both a certificate and its key");
  }
  ssl::context context(ssl::context::tls_server);
  context.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  load("TLS certificate", options.tls_cert,
       [&](auto& error) { context.use_certificate_chain_file(options.tls_cert, error); });
  load("TLS key", options.tls_key,
       [&](auto& error) { context.use_private_key_file(options.tls_key, ssl::context::pem, error); });
  return context;
}

}  // namespace

OpenSession tls_session(const ListenerOptions& options, Handler& handler) {
  auto context = std::make_shared<ssl::context>(tls_context(options));
  return [&, context](Worker& worker, tcp::socket socket) {
    std::make_shared<Session<Tls>>(worker, options, handler, Tls::Stream(std::move(socket), *context))
        ->start();
  };
}

}  // namespace keyfob::server
