// The account's clock: TOTP, dates, sessions and budgets all go by it.
#include <cmath>

#include "server/control_call.h"

namespace keyfob::server {
namespace clock_calls {

struct Clock {
  Instant now;
  bool frozen = false;
  static const Struct json;
};
constexpr Member kClock[] = {required<&Clock::now>("now"), required<&Clock::frozen>("frozen")};
constexpr Struct Clock::json{.name = "Clock", .members = kClock};

struct Freeze {
  std::optional<Instant> at;
  static const Struct json;
};
constexpr Member kFreeze[] = {optional<&Freeze::at>("at", "Where it stands, without it.")};
constexpr Struct Freeze::json{.members = kFreeze, .example = R"({"at":"2026-01-01T00:00:00Z"})"};

struct Advance {
  double seconds = 0;
  static const Struct json;
};
constexpr Member kAdvance[] = {
    required<&Advance::seconds>("seconds", "May be negative.", {.least = -1e12, .most = 1e12})};
constexpr Struct Advance::json{.members = kAdvance, .example = R"({"seconds":30})"};

Result<Clock> show(ControlCall& call) {
  const auto setting = call.service.clocks().setting(call.account);
  return Clock{.now = Clocks::time_of(setting, Clocks::machine_time()),
               .frozen = setting.frozen_at.has_value()};
}

Result<Clock> freeze(ControlCall& call, const Freeze& in) {
  if (in.at && !is_tellable(*in.at)) return bad_request("\"at\" is out of the years 1970 to 9998.");
  call.service.accounts().change_clock(call.account, [&](ClockSetting setting, Instant machine_time) {
    setting.frozen_at = in.at.value_or(Clocks::time_of(setting, machine_time));
    return setting;
  });
  return show(call);
}

Result<Clock> advance(ControlCall& call, const Advance& in) {
  const auto by = Duration{std::llround(in.seconds * 1e6)};
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
  return show(call);
}

Result<Clock> resume(ControlCall& call) {
  call.service.accounts().change_clock(call.account, [](ClockSetting setting, Instant machine_time) {
    if (!setting.frozen_at) return setting;
    return ClockSetting{.offset = *setting.frozen_at - machine_time, .frozen_at = {}};
  });
  return show(call);
}

Result<void> back_to_machine_time(ControlCall& call) {
  call.service.accounts().change_clock(call.account,
                                       [](const ClockSetting&, Instant) { return ClockSetting{}; });
  return {};
}

constexpr std::string_view kAnswer = "The clock as it is now.";

constexpr Route kRoutes[] = {
    route<&show>({.method = "GET",
                  .path = "/_keyfob/clock",
                  .id = "showClock",
                  .section = &section::kClock,
                  .summary = "The account's time.",
                  .answers = kAnswer}),
    route<&back_to_machine_time>({.method = "DELETE",
                                  .path = "/_keyfob/clock",
                                  .id = "dropClock",
                                  .section = &section::kClock,
                                  .summary = "Back to the machine's time."}),
    route<&freeze>({.method = "POST",
                    .path = "/_keyfob/clock/freeze",
                    .id = "freezeClock",
                    .section = &section::kClock,
                    .summary = "Stops the clock, at a time or where it stands.",
                    .answers = kAnswer}),
    route<&advance>({.method = "POST",
                     .path = "/_keyfob/clock/advance",
                     .id = "advanceClock",
                     .section = &section::kClock,
                     .summary = "Moves the clock, within the years 1970 to 9998.",
                     .answers = kAnswer}),
    route<&resume>({.method = "POST",
                    .path = "/_keyfob/clock/resume",
                    .id = "resumeClock",
                    .section = &section::kClock,
                    .summary = "Lets the clock run on from where it stands.",
                    .answers = kAnswer}),
};

}  // namespace clock_calls

std::span<const Route> clock_routes() { return clock_calls::kRoutes; }

}  // namespace keyfob::server
