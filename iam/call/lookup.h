// Finding what a request names, or the error AWS gives when it isn't there; and the ARNs calls are authorised
// on.
#pragma once

#include <optional>
#include <string>

#include "iam/call/call.h"
#include "iam/call/names.h"
#include "protocol/error.h"

namespace keyfob {

Result<User> find_user(Call& call, const std::string& name);
// Without a name, the calling user; callers that aren't users must give one (catalogue §9.1).
Result<User> find_user_or_caller(Call& call, const std::optional<std::string>& name);
Result<Role> find_role(Call& call, const std::string& name);
Result<Group> find_group(Call& call, const std::string& name);
Result<Device> find_device(Call& call, const std::string& serial_number);
// Virtual devices alone can be tagged and deleted (catalogue §5.9, §8).
Result<Device> find_virtual_device(Call& call, const std::string& serial_number);

// Whose ARN it is, in the transaction's account: an ARN has the name's own case and path.
std::optional<User> user_of_arn(Tx& tx, const IamArn& arn);
std::optional<Role> role_of_arn(Tx& tx, const IamArn& arn);

// The account as stored, or as new when nothing was ever kept of it.
Account account_of(Call& call);

// Stored ARN of a user, its path included; the path-less one for a name that doesn't exist (catalogue §13.2).
std::string user_resource(Call& call, const std::optional<std::string>& name);
std::string role_resource(Call& call, const std::string& name);
std::string group_resource(Call& call, const std::string& name);
inline constexpr const char* kAnyResource = "*";

}  // namespace keyfob
