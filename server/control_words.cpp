#include "server/control_words.h"

#include "totp/code.h"

namespace keyfob::server {

constexpr Member kCodes[] = {
    required<&Codes::serial_number>("serialNumber"),
    required<&Codes::step>("step", "Of 30 seconds, counted from 1970."),
    required<&Codes::previous>("previous", {}, kCodeBounds),
    required<&Codes::current>("current", {}, kCodeBounds),
    required<&Codes::next>("next", {}, kCodeBounds),
    required<&Codes::seconds_left>("secondsLeft", {}, {.least = 1, .most = 30}),
};
constexpr Struct Codes::json{.name = "Codes", .members = kCodes};

Codes codes_of(const Device& device, Instant at) {
  const auto step = totp::step_of(at);
  totp::CodeGenerator generator(device.seed.reveal());
  return {.serial_number = device.serial_number,
          .step = step,
          .previous = totp::format_code(generator.at(step - 1)),
          .current = totp::format_code(generator.at(step)),
          .next = totp::format_code(generator.at(step + 1)),
          .seconds_left = totp::seconds_left(at)};
}

}  // namespace keyfob::server
