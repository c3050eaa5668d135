// What AWS's sign-in page does: a user's password, and a code when the user has a device (contract §3).
#pragma once

#include <optional>
#include <string>

#include "iam/entropy.h"
#include "protocol/error.h"
#include "storage/tx.h"

namespace keyfob {

struct SignInRequest {
  std::string user_name;
  Secret password;
  std::optional<std::string> code;
};

// A console session of twelve hours, with the user's PasswordLastUsed set; or 401: InvalidCredentials,
// MFARequired or InvalidMFACode. Codes go by STS's rules (catalogue §6), so a try that failed must be kept as
// well: the transaction is to be committed whatever comes back.
Result<Session> sign_in(Tx& tx, Entropy& entropy, Instant now, const SignInRequest& request);

}  // namespace keyfob
