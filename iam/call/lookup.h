// Finding what a request names, or the error AWS gives when it isn't there; and the ARNs calls are authorised
// on.
#pragma once

#include <optional>
#include <string>

#include "iam/call/call.h"
#include "iam/call/names.h"
#include "protocol/error.h"

namespace keyfob {

Result<User> find_user(const ReadCall& call, const std::string& name);
// Without a name, the calling user; callers that aren't users must give one (aws/users.md#getuser).
Result<User> find_user_or_caller(const ReadCall& call, const std::optional<std::string>& name);
Result<Role> find_role(const ReadCall& call, const std::string& name);
Result<Group> find_group(const ReadCall& call, const std::string& name);
Result<Device> find_device(const ReadCall& call, const std::string& serial_number);
// Virtual devices alone can be tagged and deleted (aws/devices.md#tagmfadevice,
// aws/devices.md#hardware-tokens).
Result<Device> find_virtual_device(const ReadCall& call, const std::string& serial_number);

// Whose ARN it is, in the transaction's account: an ARN has the name's own case and path.
std::optional<User> user_of_arn(ReadTx& tx, const IamArn& arn);
std::optional<Role> role_of_arn(ReadTx& tx, const IamArn& arn);

// The account as stored, or as new when nothing was ever kept of it.
Account account_of(const ReadCall& call);
// The account, put into the store if it isn't there: it comes to be with the first call that acts for it.
Account existing_account(Tx& tx, Instant now);

// Stored ARN of a user, its path included; the path-less one for a name that doesn't exist
// (aws/authorization.md#resources).
std::string user_resource(const ReadCall& call, const std::optional<std::string>& name);
std::string role_resource(const ReadCall& call, const std::string& name);
std::string group_resource(const ReadCall& call, const std::string& name);
inline constexpr const char* kAnyResource = "*";

}  // namespace keyfob
