// Finding the access key that UpdateAccessKey and DeleteAccessKey name (aws/access-keys.md#updateaccesskey,
// aws/access-keys.md#deleteaccesskey).
#pragma once

#include <optional>
#include <string>

#include "iam/call/call.h"
#include "protocol/error.h"

namespace keyfob {

// A key of that user, or of the caller when no user is named.
Result<AccessKey> find_access_key(const ReadCall& call, const std::optional<std::string>& user_name,
                                  const std::string& access_key_id);

}  // namespace keyfob
