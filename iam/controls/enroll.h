// A user, or root itself, with an enabled virtual device, in one go. For a user: CreateUser,
// CreateVirtualMFADevice and EnableMFADevice as the account's root calls them. Root enrols at AWS's console
// alone (aws/devices.md#root).
#pragma once

#include <optional>
#include <string>

#include "iam/call/call.h"
#include "protocol/error.h"

namespace keyfob {

struct Enrolment {
  std::optional<User> user;  // none: root
  Device device;
};

// the classic one (aws/devices.md#root)
inline constexpr const char* kRootDeviceName = "root-account-mfa-device";

// Creates the user when there is none of that name, then a new device of his. An error is the one that AWS
// gives for the call that fails; the transaction must then be forgotten.
Result<Enrolment> enroll(Call& call, const std::string& user_name, const std::string& device_name);

Result<Enrolment> enroll_root(Call& call, const std::string& device_name);

}  // namespace keyfob
