#include "iam/call/errors.h"

namespace keyfob::errors {
namespace {

std::string quoted(std::string_view before, std::string_view value, std::string_view after) {
  std::string text(before);
  text += value;
  text += after;
  return text;
}

AwsError quota_exceeded(std::string_view quota_name, std::int64_t quota) {
  return {kind::kLimitExceeded, quoted("Cannot exceed quota for ", quota_name, ": " + std::to_string(quota))};
}

}  // namespace

AwsError invalid_action(std::string_view action, std::string_view version) {
  return {kind::kInvalidAction,
          quoted("Could not find operation ", action, quoted(" for version ", version, ""))};
}

// keyfob's own words: AWS would do what it was asked.
AwsError unsupported_operation(std::string_view action) {
  return {kind::kInvalidAction, quoted("keyfob does not support the operation ", action, "")};
}

AwsError invalid_marker() { return {kind::kValidationError, "Invalid Marker."}; }

// The text is a guess: none is recorded.
AwsError service_failure() {
  return {kind::kServiceFailure,
          "The request processing has failed because of an unknown error, exception or failure."};
}

AwsError unknown_access_key() {
  return {kind::kInvalidClientTokenId, "The security token included in the request is invalid."};
}

AwsError session_not_accepted() {  // without a full stop: aws/authentication.md#failures
  return {kind::kInvalidClientTokenId, "The security token included in the request is invalid"};
}

// No call could name such a device. The text is a guess.
AwsError serial_number_too_long() {
  return {kind::kValidationError, "Path and name make a serial number of more than 256 characters."};
}

AwsError device_exists() { return {kind::kEntityAlreadyExists, "MFA device already exists."}; }

AwsError no_such_device(std::string_view serial_number) {
  return {kind::kNoSuchEntity, quoted("MFA Device with serial number ", serial_number, " does not exist.")};
}

AwsError device_of_another() { return {kind::kNoSuchEntity, "MFA Device invalid for user."}; }

AwsError device_already_of_user(std::string_view user_name) {
  return {kind::kEntityAlreadyExists, quoted("MFA Device for user ", user_name, " already exists.")};
}

AwsError device_in_use() { return {kind::kEntityAlreadyExists, "MFA Device is already in use."}; }

AwsError device_assigned() {
  return {kind::kDeleteConflict, "MFA VirtualDevice in use. Must deactivate first."};
}

AwsError device_not_supported() {
  return {kind::kValidationError,
          "The MFA device serial number sent in the request is invalid or not supported by this API. "
          "Currently, only "
          "hardware FIDO security keys are supported. Please use the compatible device or API."};
}

AwsError invalid_authentication_code() {
  return {kind::kInvalidAuthenticationCode, "Authentication code for device is not valid."};
}

AwsError self_management_needs_mfa() {
  return {kind::kAccessDenied,
          "To complete this action, please ensure that you are authenticated with an MFA device that is "
          "enabled for "
          "this user."};
}

// The names of these quotas are guesses, by analogy with AccessKeysPerUser (aws/devices.md#enablemfadevice).
AwsError too_many_devices_per_user(std::int64_t quota) { return quota_exceeded("MFADevicesPerUser", quota); }
AwsError too_many_virtual_devices(std::int64_t quota) {
  return quota_exceeded("VirtualMFADevicesPerAccount", quota);
}

AwsError expired_token() {
  return {kind::kExpiredToken, "The security token included in the request is expired"};
}

AwsError no_session_from_session(std::string_view action) {
  return {kind::kAccessDenied, quoted("Cannot call ", action, " with session credentials")};
}

AwsError mfa_needs_both() {
  return {kind::kAccessDenied,
          "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."};
}

// The space at the end, and in the next the two in the middle, are AWS's (aws/sts.md#mfa-errors).
AwsError mfa_invalid_code() {
  return {kind::kAccessDenied, "MultiFactorAuthentication failed with invalid MFA one time pass code. "};
}

AwsError mfa_cannot_validate() {
  return {kind::kAccessDenied,
          "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial "
          "number is "
          "valid and associated with this user."};
}

AwsError root_assumes_no_role() {
  return {kind::kAccessDenied, "Roles may not be assumed by root accounts."};
}

AwsError invalid_arn(std::string_view arn) {
  return {kind::kValidationError, quoted("", arn, " is invalid")};
}

AwsError longer_than_role_allows() {
  return {kind::kValidationError,
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."};
}

AwsError longer_than_chaining_allows() {
  return {kind::kValidationError,
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role "
          "chaining."};
}

AwsError duplicate_session_tags() {
  return {kind::kInvalidParameterValue,
          "Duplicate tag keys found. Please note that Tag keys are case insensitive."};
}

AwsError packed_policy_too_large(int percent) {  // the text is a guess
  return {kind::kPackedPolicyTooLarge, quoted("Packed policy consumes ", std::to_string(percent),
                                              "% of allotted space, please use smaller policy.")};
}

AwsError invalid_authorization_message() {  // the text is a guess
  return {kind::kInvalidAuthorizationMessage, "Message is not valid"};
}

AwsError no_such_user(std::string_view user_name) {
  return {kind::kNoSuchEntity, quoted("The user with name ", user_name, " cannot be found.")};
}

AwsError user_exists(std::string_view user_name) {
  return {kind::kEntityAlreadyExists, quoted("User with name ", user_name, " already exists.")};
}

AwsError too_many_users(std::int64_t quota) { return quota_exceeded("UsersPerAccount", quota); }  // a guess

AwsError user_name_required() {
  return {kind::kValidationError, "Must specify userName when calling with non-User credentials"};
}

AwsError delete_conflict(std::string_view what_first) {
  return {kind::kDeleteConflict, quoted("Cannot delete entity, must ", what_first, " first.")};
}

AwsError no_such_role(std::string_view role_name) {
  return {kind::kNoSuchEntity, quoted("The role with name ", role_name, " cannot be found.")};
}

AwsError role_exists(std::string_view role_name) {
  return {kind::kEntityAlreadyExists, quoted("Role with name ", role_name, " already exists.")};
}

AwsError too_many_roles(std::int64_t quota) { return quota_exceeded("RolesPerAccount", quota); }  // a guess

AwsError session_too_short() {  // the code is recorded, the text is a guess
  return {kind::kParamValidation, "MaxSessionDuration must be at least 3600 seconds."};
}

// The texts of groups are inferred from those of users and roles.
AwsError no_such_group(std::string_view group_name) {
  return {kind::kNoSuchEntity, quoted("The group with name ", group_name, " cannot be found.")};
}

AwsError group_exists(std::string_view group_name) {
  return {kind::kEntityAlreadyExists, quoted("Group with name ", group_name, " already exists.")};
}

AwsError too_many_groups(std::int64_t quota) { return quota_exceeded("GroupsPerAccount", quota); }
AwsError too_many_groups_of_user(std::int64_t quota) { return quota_exceeded("GroupsPerUser", quota); }

AwsError no_such_inline_policy(std::string_view entity_word, std::string_view policy_name) {
  return {kind::kNoSuchEntity,
          quoted("The ", entity_word, quoted(" policy with name ", policy_name, " cannot be found."))};
}

AwsError inline_policies_too_large(std::int64_t quota, std::string_view entity_word, std::string_view name) {
  return {kind::kLimitExceeded, quoted("Maximum policy size of ", std::to_string(quota),
                                       quoted(" bytes exceeded for ", entity_word, quoted(" ", name, "")))};
}

// No texts of managed policies are recorded: what follows is as users report it
// (aws/policies.md#managed-policies).
AwsError trust_policy_too_large(std::int64_t quota) { return quota_exceeded("ACLSizePerRole", quota); }

AwsError invalid_policy_arn(std::string_view arn) {
  return {kind::kInvalidInput, quoted("ARN ", arn, " is not valid.")};
}

AwsError no_such_policy(std::string_view arn) {
  return {kind::kNoSuchEntity, quoted("Policy ", arn, " was not found.")};
}

AwsError policy_not_attachable(std::string_view arn) {
  return {kind::kNoSuchEntity, quoted("Policy ", arn, " does not exist or is not attachable.")};
}

AwsError no_such_policy_version(std::string_view arn, std::string_view version) {
  return {kind::kNoSuchEntity,
          quoted("Policy ", arn, quoted(" version ", version, " does not exist or is not attachable."))};
}

AwsError policy_exists(std::string_view policy_name) {
  return {kind::kEntityAlreadyExists,
          quoted("A policy called ", policy_name, " already exists. Duplicate names are not allowed.")};
}

AwsError policy_too_large(std::int64_t quota) { return quota_exceeded("PolicySize", quota); }
AwsError policy_attached() { return {kind::kDeleteConflict, "Cannot delete a policy attached to entities."}; }

AwsError policy_has_versions() {
  return {kind::kDeleteConflict,
          "This policy has more than one version. Before you delete a policy, you must delete the policy's "
          "versions. The default version is deleted with the policy."};
}

AwsError version_is_default() {
  return {kind::kDeleteConflict, "Cannot delete the default version of a policy."};
}

AwsError too_many_versions(std::int64_t quota) {
  return {kind::kLimitExceeded,
          quoted("A managed policy can have up to ", std::to_string(quota),
                 " versions. Before you create a new version, you must delete an existing version.")};
}

AwsError too_many_policies(std::int64_t quota) { return quota_exceeded("Policies", quota); }

AwsError too_many_attached(std::string_view entity_word, std::int64_t quota) {
  return quota_exceeded(quoted("PoliciesPer", entity_word, ""), quota);
}

AwsError aws_policy_unmodifiable() {
  return {kind::kAccessDenied, "Policies of AWS cannot be changed."};  // a guess
}

AwsError no_such_boundary(std::string_view arn) {
  return {kind::kNoSuchEntity, quoted("Scope ARN: ", arn, " does not exist or is not attachable.")};
}

AwsError no_such_access_key(std::string_view access_key_id) {
  return {kind::kNoSuchEntity, quoted("The Access Key with id ", access_key_id, " cannot be found.")};
}

AwsError too_many_access_keys(std::int64_t quota) { return quota_exceeded("AccessKeysPerUser", quota); }

AwsError expired_is_no_status() {  // the code is recorded, the text is a guess
  return {kind::kInvalidInput, "The status Expired cannot be set on an access key."};
}

AwsError key_last_used_denied(std::string_view caller_arn, std::string_view access_key_id) {
  return {kind::kAccessDenied,
          quoted("User: ", caller_arn,
                 quoted(" is not authorized to perform iam:GetAccessKeyLastUsed on resource: "
                        "access key ",
                        access_key_id, ""))};
}

AwsError login_profile_exists(std::string_view user_name) {
  return {kind::kEntityAlreadyExists, quoted("Login Profile for user ", user_name, " already exists.")};
}

AwsError no_such_login_profile(std::string_view user_name) {
  return {kind::kNoSuchEntity, quoted("Login Profile for User ", user_name, " cannot be found.")};
}

// The model lets the password be absent for root sessions that keyfob doesn't have; what a user gets is a
// guess.
AwsError password_required() {
  return {kind::kValidationError,
          "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be "
          "null"};
}

AwsError alias_exists(std::string_view alias) {
  return {kind::kEntityAlreadyExists, quoted("The account alias ", alias, " already exists.")};
}

AwsError no_such_alias(std::string_view alias) {
  return {kind::kNoSuchEntity, quoted("The account alias with name ", alias, " cannot be found.")};
}

AwsError reserved_tag_key() {
  return {kind::kInvalidInput, "Tag keys beginning with aws: are reserved for system use."};
}

AwsError duplicate_tag_keys(bool case_sensitive) {
  return {kind::kInvalidInput,
          case_sensitive ? "Duplicate tag keys found."
                         : "Duplicate tag keys found. Please note that Tag keys are case insensitive."};
}

AwsError too_many_tags() {
  return {kind::kLimitExceeded, "The number of tags has reached the maximum limit."};
}

AwsError empty_tag_list() { return {kind::kInvalidInput, "Error occurred while validating input. "}; }

}  // namespace keyfob::errors
