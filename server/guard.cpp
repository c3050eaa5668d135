#include "server/guard.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "protocol/words.h"

namespace keyfob::server {
namespace {

// "host:4593" → "host", "[::1]:4593" → "::1".
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.rfind(':'));
}

std::string_view without_brackets(std::string_view host) {
  return host.starts_with('[') ? without_port(host) : host;
}

AwsError forbidden(std::string message) { return {"Forbidden", 403, std::move(message)}; }

Result<void> check_origin(const HttpRequest& request) {
  if (!request.has_header("Origin")) return {};
  const auto own = std::string(request.secure ? "https://" : "http://") + std::string(request.header("Host"));
  if (iequals(request.header("Origin"), own)) return {};
  return forbidden("Pages of other origins may not drive keyfob.");
}

}  // namespace

bool Guard::accepts_host(std::string_view host) const {
  const auto name = without_port(host);
  if (iequals(name, "localhost") || iequals(name, without_brackets(options_.bound_host))) return true;
  const auto allows = [&](const std::string& allowed) {
    return iequals(allowed, name) || iequals(allowed, host);
  };
  if (std::ranges::any_of(options_.allowed_hosts, allows)) return true;

  boost::system::error_code not_an_address;
  const auto address = boost::asio::ip::make_address(std::string(name), not_an_address);
  if (not_an_address) return false;
  if (address.is_loopback()) return true;
  // Bound to every address, each of them is the bound one; a rebound name can't look like a number.
  const auto bound =
      boost::asio::ip::make_address(std::string(without_brackets(options_.bound_host)), not_an_address);
  return !not_an_address && bound.is_unspecified();
}

Result<void> Guard::check(const HttpRequest& request, bool open) const {
  const auto host = request.header("Host");
  if (!host.empty() && !accepts_host(host)) {
    return forbidden("This Host is not allowed to drive keyfob; start it with --allow-host to change that.");
  }
  CHECK_OK(check_origin(request));
  if (open || options_.control_token.empty()) return {};
  const auto given = request.header("Authorization");
  constexpr std::string_view kBearer = "Bearer ";
  if (!given.starts_with(kBearer) || !Secret(options_.control_token).equals(given.substr(kBearer.size()))) {
    return AwsError{"Unauthorized", 401, "The control API needs its token: Authorization: Bearer <token>."};
  }
  return {};
}

Result<void> Guard::check_page(const HttpRequest& request) const {
  return request.has_header("Origin") ? check(request, true) : Result<void>();
}

}  // namespace keyfob::server
