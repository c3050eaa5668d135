// Changes of devices reach STS late: until --propagation-delay has passed it goes by the device as it was. A
// new one is unknown, an old binding, an old drift and a deleted device go on working
// (aws/codes.md#propagation).
#pragma once

#include <optional>
#include <string>

#include "iam/call/call.h"

namespace keyfob {

// To be called with a device as it is, before it is changed.
void remember_for_sts(Call& call, const Device& before);

// The device with all that belongs to it; STS goes on with it for a while.
void remove_device(Call& call, const Device& device);

std::optional<Device> device_at_sts(const ReadCall& call, const std::string& serial_number);

}  // namespace keyfob
