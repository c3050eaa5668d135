// AWS's error texts, each by name with its source in the catalogue. What isn't recorded there is marked as a
// guess.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/error.h"

namespace keyfob::errors {

// §1.5, §2, §12
AwsError invalid_action(std::string_view action, std::string_view version);
AwsError unsupported_operation(std::string_view action);
AwsError invalid_marker();
AwsError service_failure();

// §3
AwsError unknown_access_key();
AwsError session_not_accepted();

// Devices: §5, §6, §8
AwsError device_exists();
AwsError no_such_device(std::string_view serial_number);
AwsError device_of_another();
AwsError device_already_of_user(std::string_view user_name);
AwsError device_in_use();
AwsError device_assigned();
AwsError device_not_supported();
AwsError invalid_authentication_code();
AwsError self_management_needs_mfa();
AwsError too_many_devices_per_user(std::int64_t quota);
AwsError too_many_virtual_devices(std::int64_t quota);

// STS: §3, §10
AwsError expired_token();
AwsError no_session_from_session(std::string_view action);
AwsError mfa_needs_both();
AwsError mfa_invalid_code();
AwsError mfa_cannot_validate();

// Users: §9.1
AwsError no_such_user(std::string_view user_name);
AwsError user_exists(std::string_view user_name);
AwsError too_many_users(std::int64_t quota);
AwsError user_name_required();
AwsError delete_conflict(std::string_view what_first);

// Access keys: §9.2
AwsError no_such_access_key(std::string_view access_key_id);
AwsError too_many_access_keys(std::int64_t quota);
AwsError expired_is_no_status();
AwsError key_last_used_denied(std::string_view caller_arn, std::string_view access_key_id);

// Login profiles: §9.3. Aliases: guesses
AwsError login_profile_exists(std::string_view user_name);
AwsError no_such_login_profile(std::string_view user_name);
AwsError password_required();
AwsError alias_exists(std::string_view alias);
AwsError no_such_alias(std::string_view alias);

// Tags: §11
AwsError reserved_tag_key();
AwsError duplicate_tag_keys(bool case_sensitive);
AwsError too_many_tags();
AwsError empty_tag_list();

}  // namespace keyfob::errors
