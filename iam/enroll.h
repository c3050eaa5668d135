// A user with an enabled virtual device, in one go: CreateUser, CreateVirtualMFADevice and EnableMFADevice as
// the account's root calls them.
#pragma once

#include <string>

#include "iam/call.h"
#include "protocol/error.h"

namespace keyfob {

struct Enrolment {
  User user;
  Device device;
};

// Creates the user when there is none of that name, then a new device of his. An error is the one that AWS
// gives for the call that fails; the transaction must then be forgotten.
Result<Enrolment> enroll(Call& call, const std::string& user_name, const std::string& device_name);

}  // namespace keyfob
