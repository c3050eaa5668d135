#include "iam/errors.h"

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

AwsError session_not_accepted() {  // without a full stop: §14
  return {kind::kInvalidClientTokenId, "The security token included in the request is invalid"};
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

// The names of these quotas are guesses, by analogy with AccessKeysPerUser (§5.2).
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

// The space at the end, and in the next the two in the middle, are AWS's (§10).
AwsError mfa_invalid_code() {
  return {kind::kAccessDenied, "MultiFactorAuthentication failed with invalid MFA one time pass code. "};
}

AwsError mfa_cannot_validate() {
  return {kind::kAccessDenied,
          "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial "
          "number is "
          "valid and associated with this user."};
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
