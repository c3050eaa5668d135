// One call of the control API, taken apart: which account, which parameters, which body.
#pragma once

#include <array>
#include <boost/json/object.hpp>
#include <optional>
#include <span>
#include <string>

#include "iam/request/service.h"
#include "protocol/http.h"
#include "protocol/query.h"

namespace keyfob::server {

class Metrics;

struct ControlCall {
  Service& service;
  const Metrics& metrics;
  const HttpRequest& request;
  const Form& query;
  AccountId account;
  bool all_accounts;      // ?account=*
  std::string path_item;  // what stands for {…} in the route's path

  Instant now() const { return service.clocks().now(account); }
  Result<std::string> required(std::string_view parameter) const;
};

// A row of the control API: "{}" in a path stands for one segment.
struct Route {
  std::string_view method;
  std::string_view path;
  Result<HttpReply> (*handle)(ControlCall& call);
  bool takes_all = false;  // ?account=*
};

std::span<const Route> clock_routes();
std::span<const Route> console_routes();
std::span<const Route> device_routes();
std::span<const Route> account_routes();
std::span<const Route> observe_routes();
std::span<const Route> sign_in_routes();
std::span<const Route> state_routes();
std::span<const Route> enroll_routes();
std::span<const Route> schema_routes();

// All of them: what the server answers, and openapi.json must describe.
inline constexpr std::size_t kRouteTables = 9;
std::array<std::span<const Route>, kRouteTables> route_tables();

}  // namespace keyfob::server
