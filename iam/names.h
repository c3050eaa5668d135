// How AWS names things: ARNs (catalogue §7, §8, §9.1).
#pragma once

#include <string>
#include <string_view>

#include "storage/records.h"

namespace keyfob {

std::string root_arn(AccountId account);
std::string user_arn(AccountId account, std::string_view path, std::string_view name);
std::string user_arn(AccountId account, const User& user);
std::string mfa_arn(AccountId account, std::string_view path, std::string_view name);

// The name a virtual device was created with: what follows the last slash of its ARN.
std::string_view device_name(std::string_view serial_number);

}  // namespace keyfob
