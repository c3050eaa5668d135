// Hardware tokens as they come from their maker: known, and nobody's until EnableMFADevice gives them to a
// user (aws/devices.md#security-keys).
#pragma once

#include <optional>
#include <string>

#include "iam/call/call.h"
#include "protocol/error.h"

namespace keyfob {

struct HardwareToken {
  std::string serial_number;
  std::optional<std::string> seed;  // base32; one is made without it
};

// The device, stored. 400 for what no token has, 409 when there is a device of that serial number.
Result<Device> put_on_shelf(Call& call, const HardwareToken& token);

}  // namespace keyfob
