// How AWS names things: ARNs (aws/devices.md#arn, aws/devices.md#security-keys, aws/users.md#identifiers).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/records.h"

namespace keyfob {

std::string root_arn(AccountId account);
std::string user_arn(AccountId account, std::string_view path, std::string_view name);
std::string user_arn(AccountId account, const User& user);
std::string role_arn(AccountId account, std::string_view path, std::string_view name);
std::string role_arn(AccountId account, const Role& role);
std::string group_arn(AccountId account, std::string_view path, std::string_view name);
std::string group_arn(AccountId account, const Group& group);
std::string policy_arn(AccountId account, std::string_view path, std::string_view name);
std::string policy_arn(AccountId account, const ManagedPolicy& policy);
// Sessions have ARNs of STS, without the role's path (aws/sts.md#answers-of-sts).
std::string assumed_role_arn(AccountId account, std::string_view role_name, std::string_view session_name);
std::string federated_user_arn(AccountId account, std::string_view name);
std::string mfa_arn(AccountId account, std::string_view path, std::string_view name);

// An ARN of IAM taken apart: "arn:aws:iam::123456789012:role/team/builder" is of account "123456789012", type
// "role", path "/team/" and name "builder". Views into the text; nothing when it isn't such an ARN.
struct IamArn {
  std::string_view account;
  std::string_view type;
  std::string_view path;
  std::string_view name;
};
std::optional<IamArn> parse_iam_arn(std::string_view arn);

// The name a virtual device was created with: what follows the last slash of its ARN.
std::string_view device_name(std::string_view serial_number);

}  // namespace keyfob
