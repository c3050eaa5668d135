#include "server/control.h"

#include <algorithm>

#include "protocol/text.h"
#include "server/control_call.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

// The item a path names under a route that takes one; empty text for a route that doesn't. Nothing when the
// path is another.
std::optional<std::string_view> match(const Route& route, std::string_view path) {
  const auto at = route.path.find('{');
  if (at == std::string_view::npos)
    return route.path == path ? std::optional(std::string_view{}) : std::nullopt;
  const auto before = route.path.substr(0, at);
  const auto after = route.path.substr(route.path.find('}') + 1);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after)) {
    return std::nullopt;
  }
  const auto item = path.substr(at, path.size() - before.size() - after.size());
  return item.find('/') == std::string_view::npos ? std::optional(item) : std::nullopt;
}

// The account that a call names; the default one when it names none. Nothing when it isn't an account.
std::optional<AccountId> account_of(const Form& query, const Service& service) {
  if (const auto account = query.find("account")) return AccountId::parse(*account);
  return service.default_account();
}

// What a browser's address bar or a script leaves unencoded: no value of this API has a space, some have a
// plus.
std::optional<Form> query_of(const HttpRequest& request) { return Form::parse(request.query(), {}, '+'); }

bool is_for(const Route& route, std::string_view method) {
  return route.method == method || (route.method == "GET" && method == "HEAD");
}

HttpReply method_not_allowed(std::string methods) {
  auto reply = error_reply({"MethodNotAllowed", 405, "This path has other methods: " + methods + "."});
  reply.headers.emplace_back("Allow", std::move(methods));
  return reply;
}

// Where a request belongs.
struct Destination {
  const Route* route = nullptr;  // none: the path has other methods, or there is no such path
  std::string_view item = {};
  std::string methods = {};  // that the path has
  bool is_public = false;    // the route; without one, whatever the path has
};

Destination find_destination(const HttpRequest& request) {
  Destination found;
  for (const auto routes : route_tables()) {
    for (const auto& route : routes) {
      const auto item = match(route, request.path());
      if (!item) continue;
      if (is_for(route, request.method))
        return {.route = &route, .item = *item, .is_public = route.is_public};
      found.is_public = route.is_public && (found.methods.empty() || found.is_public);
      found.methods.append(found.methods.empty() ? "" : ", ").append(route.method);
    }
  }
  return found;
}

Result<HttpReply> call_route(const Route& route, std::string_view item, Service& service,
                             const Metrics& metrics, const HttpRequest& request) {
  const auto query = query_of(request);
  std::string name;
  if (!query || !percent_decode(item, '+', name)) return bad_request("A percent escape is broken.");
  const bool all = route.takes_all && query->find("account") == "*";
  const auto id = all ? service.default_account() : account_of(*query, service);
  if (!id) return bad_request("\"account\" must be twelve digits.");
  if (!route.takes_any_query) CHECK_OK(check_query(route.query, *query));

  ControlCall call{.service = service,
                   .metrics = metrics,
                   .request = request,
                   .query = *query,
                   .account = *id,
                   .all_accounts = all,
                   .path_item = repair_utf8(name)};
  return route.handle(call, route);
}

}  // namespace

std::array<std::span<const Route>, kRouteTables> route_tables() {
  return {account_routes(), clock_routes(), device_routes(),  enroll_routes(), sign_in_routes(),
          observe_routes(), state_routes(), console_routes(), schema_routes()};
}

Control::Control(Service& service, const Metrics& metrics, const Guard& guard, const Log& log)
    : service_(service), metrics_(metrics), guard_(guard), log_(log) {
  service_.journal().on_entry = [this](AccountId account, const JournalEntry& entry) {
    streams_.publish(account, entry);
  };
}

Control::~Control() { service_.journal().on_entry = nullptr; }

bool Control::owns(std::string_view path) {
  return path == "/_keyfob" || path.starts_with("/_keyfob/") || path == "/moto-api/reset" ||
         path == "/_localstack/health";
}

HttpReply Control::handle(const HttpRequest& request) {
  const auto to = find_destination(request);
  if (const auto allowed = guard_.check(request, to.is_public); !allowed) return error_reply(allowed.error());
  if (to.route == nullptr && !to.methods.empty()) return method_not_allowed(to.methods);
  if (to.route == nullptr) return error_reply(not_found("No such path in the control API."));
  try {
    auto reply = call_route(*to.route, to.item, service_, metrics_, request);
    return reply ? std::move(*reply) : error_reply(reply.error());
  } catch (const StoreError& error) {
    log_.failure(request.path(), error.what());
    return error_reply({"StoreFailure", 500, "The store failed; nothing was changed."});
  } catch (const std::exception& error) {
    log_.failure(request.path(), error.what());
    return error_reply({"InternalFailure", 500, "keyfob failed."});
  }
}

void Control::follow(const HttpRequest& request, const std::shared_ptr<EventStream>& stream) {
  const auto query = query_of(request);
  const auto account = account_of(*query, service_);  // both are sound, or `handle` had refused
  streams_.add(*account, std::string(query->find("action").value_or("")), stream);
}

}  // namespace keyfob::server
