// The rules of MFA devices (aws/devices.md, aws/codes.md#pairs-of-codes), without a store: a device goes in,
// the device as it is afterwards comes out, or the error; a failure changes nothing.
#pragma once

#include <string>
#include <string_view>

#include "iam/call/caller.h"
#include "protocol/error.h"
#include "storage/records.h"

namespace keyfob::rules {

// Two codes in a row, as typed: six digits each, checked for that before.
struct CodePair {
  std::string_view first;
  std::string_view second;
};

// A user who has a device and manages their own devices must hold a credential that was issued for a code
// (AWS-2023-001).
Result<void> self_management(const Caller& caller, const User& user, std::int64_t devices_of_user);

struct EnableLimits {
  std::int64_t devices_of_user;
  std::int64_t quota;
};
Result<Device> enable(Device device, const User& user, CodePair codes, Instant now, EnableLimits limits);
Result<Device> resync(Device device, const User& user, CodePair codes, Instant now);
// Takes the device from its owner; seed, drift and pair history stay (aws/devices.md#deactivatemfadevice).
Device release(Device device);

}  // namespace keyfob::rules
