// The account's clock: TOTP, dates, sessions and budgets all go by it.
#include <boost/json.hpp>
#include <cmath>

#include "server/control_call.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

HttpReply clock_reply(const ControlCall& call) {
  const auto setting = call.service.clocks().setting(call.account);
  return json_reply({{"now", to_rfc3339(Clocks::time_of(setting, Clocks::machine_time()))},
                     {"frozen", setting.frozen_at.has_value()}});
}

Result<HttpReply> show(ControlCall& call) { return clock_reply(call); }

Result<HttpReply> freeze(ControlCall& call) {
  TRY(const boost::json::object body, parse_object(call.request.body));
  std::optional<Instant> at;
  if (body.contains("at")) {
    TRY(const std::string text, text_member(body, "at"));
    TRY(at, to_time("at", text));
    if (!is_tellable(*at)) return bad_request("\"at\" is out of the years 1970 to 9998.");
  }
  call.service.accounts().change_clock(call.account, [&](ClockSetting setting, Instant machine_time) {
    setting.frozen_at = at.value_or(Clocks::time_of(setting, machine_time));
    return setting;
  });
  return clock_reply(call);
}

Result<HttpReply> advance(ControlCall& call) {
  TRY(const boost::json::object body, parse_object(call.request.body));
  TRY(const double seconds, number_member(body, "seconds"));
  if (!(std::abs(seconds) < 1e12)) return bad_request("\"seconds\" is out of range.");
  const auto by = Duration{std::llround(seconds * 1e6)};
  bool in_range = true;
  call.service.accounts().change_clock(call.account, [&](ClockSetting setting, Instant machine_time) {
    const auto then = Clocks::time_of(setting, machine_time) + by;
    in_range = is_tellable(then);
    if (!in_range) return setting;
    if (setting.frozen_at) {
      setting.frozen_at = then;
    } else {
      setting.offset += by;
    }
    return setting;
  });
  if (!in_range) return bad_request("\"seconds\" leads out of the years 1970 to 9998.");
  return clock_reply(call);
}

Result<HttpReply> resume(ControlCall& call) {
  call.service.accounts().change_clock(call.account, [](ClockSetting setting, Instant machine_time) {
    if (!setting.frozen_at) return setting;
    return ClockSetting{.offset = *setting.frozen_at - machine_time, .frozen_at = {}};
  });
  return clock_reply(call);
}

Result<HttpReply> back_to_machine_time(ControlCall& call) {
  call.service.accounts().change_clock(call.account,
                                       [](const ClockSetting&, Instant) { return ClockSetting{}; });
  return no_content();
}

constexpr Route kRoutes[] = {
    {"GET", "/_keyfob/clock", show},           {"DELETE", "/_keyfob/clock", back_to_machine_time},
    {"POST", "/_keyfob/clock/freeze", freeze}, {"POST", "/_keyfob/clock/advance", advance},
    {"POST", "/_keyfob/clock/resume", resume},
};

}  // namespace

std::span<const Route> clock_routes() { return kRoutes; }

}  // namespace keyfob::server
