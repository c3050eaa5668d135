#include "server/device_codes.h"

#include "totp/code.h"

namespace keyfob::server {

boost::json::object codes_json(const Device& device, Instant at) {
  const auto step = totp::step_of(at);
  totp::CodeGenerator generator(device.seed.reveal());
  return {{"serialNumber", device.serial_number},
          {"step", step},
          {"previous", totp::format_code(generator.at(step - 1))},
          {"current", totp::format_code(generator.at(step))},
          {"next", totp::format_code(generator.at(step + 1))},
          {"secondsLeft", totp::seconds_left(at)}};
}

}  // namespace keyfob::server
