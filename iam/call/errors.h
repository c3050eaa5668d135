// AWS's error texts, each by name with its source in docs/aws. What isn't recorded there is marked as a
// guess.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/error.h"

namespace keyfob::errors {

// aws/wire.md#dispatch, aws/pages.md#markers
AwsError invalid_action(std::string_view action, std::string_view version);
AwsError unsupported_operation(std::string_view action);
AwsError invalid_marker();
AwsError service_failure();

// aws/authentication.md#failures
AwsError unknown_access_key();
AwsError session_not_accepted();

// Devices: aws/devices.md
AwsError device_exists();
AwsError serial_number_too_long();
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

// STS: aws/sts.md, aws/authentication.md#failures
AwsError expired_token();
AwsError no_session_from_session(std::string_view action);
AwsError mfa_needs_both();
AwsError mfa_invalid_code();
AwsError mfa_cannot_validate();
AwsError root_assumes_no_role();
AwsError invalid_arn(std::string_view arn);
AwsError longer_than_role_allows();
AwsError longer_than_chaining_allows();
AwsError duplicate_session_tags();
AwsError packed_policy_too_large(int percent);
AwsError invalid_authorization_message();

// Users: aws/users.md
AwsError no_such_user(std::string_view user_name);
AwsError user_exists(std::string_view user_name);
AwsError too_many_users(std::int64_t quota);
AwsError user_name_required();
AwsError delete_conflict(std::string_view what_first);

// Roles: aws/roles.md. Groups, by analogy with users: aws/groups.md
AwsError no_such_role(std::string_view role_name);
AwsError role_exists(std::string_view role_name);
AwsError too_many_roles(std::int64_t quota);
AwsError session_too_short();
AwsError no_such_group(std::string_view group_name);
AwsError group_exists(std::string_view group_name);
AwsError too_many_groups(std::int64_t quota);
AwsError too_many_groups_of_user(std::int64_t quota);

// Policies: aws/policies.md
AwsError no_such_inline_policy(std::string_view entity_word, std::string_view policy_name);
AwsError inline_policies_too_large(std::int64_t quota, std::string_view entity_word, std::string_view name);
AwsError trust_policy_too_large(std::int64_t quota);
AwsError invalid_policy_arn(std::string_view arn);
AwsError no_such_policy(std::string_view arn);
AwsError policy_not_attachable(std::string_view arn);
AwsError no_such_policy_version(std::string_view arn, std::string_view version);
AwsError policy_exists(std::string_view policy_name);
AwsError policy_too_large(std::int64_t quota);
AwsError policy_attached();
AwsError policy_has_versions();
AwsError version_is_default();
AwsError too_many_versions(std::int64_t quota);
AwsError too_many_policies(std::int64_t quota);
AwsError too_many_attached(std::string_view entity_word, std::int64_t quota);
AwsError aws_policy_unmodifiable();
AwsError no_such_boundary(std::string_view arn);

// Access keys: aws/access-keys.md
AwsError no_such_access_key(std::string_view access_key_id);
AwsError too_many_access_keys(std::int64_t quota);
AwsError expired_is_no_status();
AwsError key_last_used_denied(std::string_view caller_arn, std::string_view access_key_id);

// Login profiles: aws/login.md. Aliases: guesses
AwsError login_profile_exists(std::string_view user_name);
AwsError no_such_login_profile(std::string_view user_name);
AwsError password_required();
AwsError alias_exists(std::string_view alias);
AwsError no_such_alias(std::string_view alias);

// Tags: aws/tags.md
AwsError reserved_tag_key();
AwsError duplicate_tag_keys(bool case_sensitive);
AwsError too_many_tags();
AwsError empty_tag_list();

}  // namespace keyfob::errors
