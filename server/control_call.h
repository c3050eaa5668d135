// The control API's calls. Each is declared once, by its route: where it is found, who may ask, what it takes
// and what it answers. Reading the request, refusing what is wrong with it, GET /_keyfob/openapi.json and the
// table in docs/control-api.md are made from that.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <tuple>

#include "iam/request/service.h"
#include "protocol/http.h"
#include "protocol/query.h"
#include "server/json_members.h"
#include "server/json_reply.h"

namespace keyfob::server {

class Metrics;

// One call, taken apart.
struct ControlCall {
  Service& service;
  const Metrics& metrics;
  const HttpRequest& request;
  const Form& query;
  AccountId account;
  bool all_accounts;      // ?account=*
  std::string path_item;  // what stands for {…} in the route's path

  Instant now() const { return service.clocks().now(account); }
};

// What a group of calls is about.
struct Subject {
  std::string_view name;
  std::string_view description;
};
// A heading of docs/control-api.md, and the subject it belongs to.
struct Section {
  std::string_view heading;
  const Subject* subject;
};

namespace subject {
inline constexpr Subject kServer{"server", "The server itself, and other emulators' doors."};
inline constexpr Subject kClock{"clock", "The account's time."};
inline constexpr Subject kDevices{"devices", "Devices as their makers and holders see them."};
inline constexpr Subject kFaults{"faults", "What shall go wrong."};
inline constexpr Subject kJournal{"journal", "What was called."};
inline constexpr Subject kState{"state", "The account as a document."};
inline constexpr Subject kConsole{"console", "The pages, for people."};
}  // namespace subject

namespace section {
inline constexpr Section kHealthAndReset{"Health and reset", &subject::kServer};
inline constexpr Section kAccounts{"Accounts", &subject::kServer};
inline constexpr Section kMetrics{"Metrics", &subject::kServer};
inline constexpr Section kDescriptions{"Descriptions", &subject::kServer};
inline constexpr Section kClock{"The clock", &subject::kClock};
inline constexpr Section kCodes{"Codes and QR images", &subject::kDevices};
inline constexpr Section kEnrolment{"Enrolment", &subject::kDevices};
inline constexpr Section kSigningIn{"Signing in", &subject::kDevices};
inline constexpr Section kDevices{"Devices", &subject::kDevices};
inline constexpr Section kFaults{"Faults", &subject::kFaults};
inline constexpr Section kJournal{"The journal", &subject::kJournal};
inline constexpr Section kState{"State and snapshots", &subject::kState};
inline constexpr Section kConsole{"The console", &subject::kConsole};
}  // namespace section

// What isn't made from a struct: a media type, and the schema of what it holds, in JSON.
struct Content {
  std::string_view type;
  std::string_view schema;
};

struct Route {
  std::string_view method = {};
  std::string_view path = {};  // "{name}" stands for one segment
  std::string_view item = {};  // what that segment is
  std::string_view id = {};    // OpenAPI's operationId
  const Section* section = nullptr;
  std::string_view summary = {};
  std::string_view description = {};

  bool is_public = false;  // needs no token: says nothing that one would have to protect
  bool takes_all = false;  // ?account=*
  bool takes_any_query =
      false;  // a page or another emulator's door, whose callers may have parameters of their own

  unsigned status = 200;                  // of the answer
  std::string_view answers = {};          // what that is
  std::span<const Content> content = {};  // of a handler that makes the reply itself
  std::string_view body_schema = {};      // of a handler that reads the body itself, in JSON
  std::array<unsigned, 2> fails = {};     // statuses of errors, beside those that any call may have

  // Made by `route` from the handler.
  const Struct* query = nullptr;
  const JsonType* body = nullptr;
  const JsonType* answer = nullptr;
  Result<HttpReply> (*handle)(ControlCall& call, const Route& route) = nullptr;
};

// What a handler wants from the query; what it takes as it is comes from the body.
template <class T>
struct Query : T {};

namespace detail {

template <class T>
struct InputOf {
  static constexpr void declare(Route& route) { route.body = &JsonTypeOf<T>::type; }
  static Result<void> read(const ControlCall& call, T& into) {
    return read_body(JsonTypeOf<T>::type, call.request.body, &into);
  }
};
template <class T>
struct InputOf<Query<T>> {
  static constexpr void declare(Route& route) { route.query = &T::json; }
  static Result<void> read(const ControlCall& call, Query<T>& into) {
    return read_query(T::json, call.query, static_cast<T*>(&into));
  }
};

template <class Out>
Result<HttpReply> reply_with(Result<Out> out, const Route& route) {
  if (!out) return std::move(out).error();
  if constexpr (std::is_void_v<Out>) {
    return no_content();
  } else if constexpr (std::is_same_v<Out, HttpReply>) {
    return std::move(*out);
  } else {
    return json_reply(JsonTypeOf<Out>::type, &*out, route.status);
  }
}

template <auto Handle, class Function = decltype(Handle)>
struct HandlerOf;
template <auto Handle, class Out, class... In>
struct HandlerOf<Handle, Result<Out> (*)(ControlCall&, const In&...)> {
  static constexpr Route declare(Route route) {
    (InputOf<In>::declare(route), ...);
    if constexpr (std::is_void_v<Out>) {
      route.status = 204;
      if (route.answers.empty()) route.answers = "Done.";
    } else if constexpr (!std::is_same_v<Out, HttpReply>) {
      route.answer = &JsonTypeOf<Out>::type;
    }
    route.handle = handle;
    return route;
  }
  static Result<HttpReply> handle(ControlCall& call, const Route& route) {
    std::tuple<In...> in;
    Result<void> read;
    const bool all = std::apply(
        [&](auto&... input) { return ((read = InputOf<In>::read(call, input)).has_value() && ...); }, in);
    if (!all) return std::move(read).error();
    return std::apply([&](const auto&... input) { return reply_with<Out>(Handle(call, input...), route); },
                      in);
  }
};

}  // namespace detail

// The route of `Handle(ControlCall&)`, which may take a body and a Query<…> too, each by const reference:
// structs with a table of members (server/json_members.h). So is what it answers, unless that is nothing or
// an HttpReply.
template <auto Handle>
constexpr Route route(const Route& declared) {
  return detail::HandlerOf<Handle>::declare(declared);
}

std::span<const Route> clock_routes();
std::span<const Route> console_routes();
std::span<const Route> device_routes();
std::span<const Route> account_routes();
std::span<const Route> observe_routes();
std::span<const Route> sign_in_routes();
std::span<const Route> state_routes();
std::span<const Route> enroll_routes();
std::span<const Route> schema_routes();

// All of them, in the order in which they are told.
inline constexpr std::size_t kRouteTables = 9;
std::array<std::span<const Route>, kRouteTables> route_tables();

}  // namespace keyfob::server
