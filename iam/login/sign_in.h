// What AWS's sign-in page does: a user's password, and a code when the user has a device
// (docs/control-api.md#signing-in).
#pragma once

#include <optional>
#include <string>

#include "iam/call/call.h"
#include "protocol/error.h"

namespace keyfob {

struct SignInRequest {
  std::string user_name;
  Secret password;
  std::optional<std::string> code;
};

// A console session of twelve hours, with the user's PasswordLastUsed set; or 401: InvalidCredentials,
// MFARequired or InvalidMFACode. Codes go by STS's rules (aws/codes.md#codes-for-sts), so a try that failed
// is kept as well.
Result<Session> sign_in(Call& call, const SignInRequest& request);

}  // namespace keyfob
