// AWS's shapes: what a member may hold (aws/shapes.md). Each shape of the service model that keyfob reads is
// declared once, under its name in the model, and a test holds the declarations against the model in the
// installed botocore.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace keyfob {

enum class ShapeType { string, integer, boolean, list, structure };

struct Field;

struct Shape {
  std::string_view name;
  ShapeType type = ShapeType::string;
  // Characters of a string, items of a list, value of an integer.
  std::int64_t min = 0;
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  // What is below has an error of its own, which the operation gives.
  bool min_checked_later = false;
  // The pattern as the model and the error texts spell it, and the function that decides; none: anything
  // goes.
  std::string_view pattern = {};
  bool (*accepts)(std::string_view) = nullptr;
  // Where IAM says in prose what another shape's pattern says (aws/errors.md#prose-instead-of-a-pattern):
  // what follows "The specified value for x is invalid. ".
  std::string_view prose = {};
  std::span<const std::string_view> values = {};  // of an enum
  const Shape* element = nullptr;                 // of a list
  std::span<const Field> fields = {};             // of a structure
  // Must be seen by nobody: a password, a code, a key. More than the model calls so.
  bool sensitive = false;
};

struct Field {
  std::string_view name;
  const Shape* shape;
  bool required;
};

namespace shape {

// Character classes, whole values. `\w` and `\d` are ASCII (aws/errors.md#paths-and-character-classes).
bool is_name(std::string_view text);           // [\w+=,.@-]+
bool is_serial_number(std::string_view text);  // [\w+=/:,.@-]+
bool is_serial_number_or_empty(std::string_view text);
bool is_word(std::string_view text);  // [\w]+
bool is_digits(std::string_view text);
bool is_digits_or_empty(std::string_view text);
bool is_path(std::string_view text);
bool is_path_prefix(std::string_view text);
bool is_tag_key(std::string_view text);
bool is_tag_value(std::string_view text);
bool is_latin(std::string_view text);       // [\u0020-\u00FF]+
bool is_latin_text(std::string_view text);  // [\u0009\u000A\u000D\u0020-\u00FF]+
bool is_description(std::string_view text);
bool is_name_or_empty(std::string_view text);  // [\w+=,.@-]*
bool is_external_id(std::string_view text);
bool is_alias(std::string_view text);
bool is_arn(std::string_view text);                // of STS: no control characters
bool is_policy_path(std::string_view text);        // ((/[A-Za-z0-9\.,\+@=_-]+)*)/
bool is_policy_version_id(std::string_view text);  // v[1-9][0-9]*(\.[A-Za-z0-9-]*)?

inline constexpr std::string_view kNameProse =
    "It must contain only alphanumeric characters and/or the following: +=,.@_-";

inline constexpr Shape kExistingUserName{.name = "existingUserNameType",
                                         .min = 1,
                                         .max = 128,
                                         .pattern = R"([\w+=,.@-]+)",
                                         .accepts = is_name,
                                         .prose = kNameProse};
inline constexpr Shape kUserName{.name = "userNameType",
                                 .min = 1,
                                 .max = 64,
                                 .pattern = R"([\w+=,.@-]+)",
                                 .accepts = is_name,
                                 .prose = kNameProse};
inline constexpr Shape kRoleName{.name = "roleNameType",
                                 .min = 1,
                                 .max = 64,
                                 .pattern = R"([\w+=,.@-]+)",
                                 .accepts = is_name,
                                 .prose = kNameProse};
inline constexpr Shape kGroupName{.name = "groupNameType",
                                  .min = 1,
                                  .max = 128,
                                  .pattern = R"([\w+=,.@-]+)",
                                  .accepts = is_name,
                                  .prose = kNameProse};
inline constexpr Shape kPolicyName{.name = "policyNameType",
                                   .min = 1,
                                   .max = 128,
                                   .pattern = R"([\w+=,.@-]+)",
                                   .accepts = is_name,
                                   .prose = kNameProse};
inline constexpr Shape kVirtualMFADeviceName{.name = "virtualMFADeviceName",
                                             .min = 1,
                                             .pattern = R"([\w+=,.@-]+)",
                                             .accepts = is_name,
                                             // the prose is a guess
                                             // (aws/errors.md#prose-instead-of-a-pattern)
                                             .prose = kNameProse};
inline constexpr Shape kPath{
    .name = "pathType",
    .min = 1,
    .max = 512,
    .pattern = R"((\u002F)|(\u002F[\u0021-\u007E]+\u002F))",
    .accepts = is_path,
    .prose = "It must begin and end with / and contain only alphanumeric characters and/or / characters."};
inline constexpr Shape kPathPrefix{
    .name = "pathPrefixType",
    .min = 1,
    .max = 512,
    .pattern = R"(\u002F[\u0021-\u007F]*)",
    .accepts = is_path_prefix,
    .prose =
        "It must begin with the / character and contain only alphanumeric characters and/or / characters."};
inline constexpr Shape kSerialNumber{.name = "serialNumberType",
                                     .min = 9,
                                     .max = 256,
                                     .pattern = R"([\w+=/:,.@-]+)",
                                     .accepts = is_serial_number};
inline constexpr Shape kStsSerialNumber{.name = "serialNumberType",
                                        .min = 9,
                                        .max = 256,
                                        .pattern = R"([\w+=/:,.@-]*)",
                                        .accepts = is_serial_number_or_empty};
inline constexpr Shape kAuthenticationCode{.name = "authenticationCodeType",
                                           .min = 6,
                                           .max = 6,
                                           .pattern = R"([\d]+)",
                                           .accepts = is_digits,
                                           .sensitive = true};
inline constexpr Shape kTokenCode{.name = "tokenCodeType",
                                  .min = 6,
                                  .max = 6,
                                  .pattern = R"([\d]*)",
                                  .accepts = is_digits_or_empty,
                                  .sensitive = true};
inline constexpr Shape kAccessKeyId{.name = "accessKeyIdType",
                                    .min = 16,
                                    .max = 128,
                                    .pattern = R"([\w]+)",
                                    .accepts = is_word,
                                    .prose = "It must contain only alphanumeric characters."};
inline constexpr Shape kStsAccessKeyId{
    .name = "accessKeyIdType",
    .min = 16,
    .max = 128,
    .pattern = R"([\w]*)",
    .accepts = [](std::string_view text) { return text.empty() || is_word(text); }};
inline constexpr Shape kId{
    .name = "idType", .min = 16, .max = 128, .pattern = R"([\w]+)", .accepts = is_word};
inline constexpr Shape kMarker{
    .name = "markerType", .min = 1, .max = 320, .pattern = R"([\u0020-\u00FF]+)", .accepts = is_latin};
inline constexpr Shape kMaxItems{.name = "maxItemsType", .type = ShapeType::integer, .min = 1, .max = 1000};
inline constexpr Shape kDurationSeconds{
    .name = "durationSecondsType", .type = ShapeType::integer, .min = 900, .max = 129600};
inline constexpr Shape kBoolean{.name = "booleanType", .type = ShapeType::boolean};
inline constexpr Shape kBooleanObject{.name = "booleanObjectType", .type = ShapeType::boolean};
inline constexpr Shape kPassword{.name = "passwordType",
                                 .min = 1,
                                 .max = 128,
                                 .pattern = R"([\u0009\u000A\u000D\u0020-\u00FF]+)",
                                 .accepts = is_latin_text,
                                 .sensitive = true};
inline constexpr Shape kAccountAlias{.name = "accountAliasType",
                                     .min = 3,
                                     .max = 63,
                                     .pattern = R"(^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$)",
                                     .accepts = is_alias};
inline constexpr Shape kArn{.name = "arnType", .min = 20, .max = 2048};
inline constexpr Shape kPolicyDocument{.name = "policyDocumentType",
                                       .min = 1,
                                       .max = 131072,
                                       .pattern = R"([\u0009\u000A\u000D\u0020-\u00FF]+)",
                                       .accepts = is_latin_text};

inline constexpr Shape kRoleDescription{.name = "roleDescriptionType",
                                        .max = 1000,
                                        .pattern = R"([\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*)",
                                        .accepts = is_description};
inline constexpr Shape kRoleMaxSessionDuration{.name = "roleMaxSessionDurationType",
                                               .type = ShapeType::integer,
                                               .min = 3600,
                                               .max = 43200,
                                               .min_checked_later = true};  // aws/roles.md#createrole
inline constexpr Shape kPolicyPath{.name = "policyPathType",
                                   .min = 1,
                                   .max = 512,
                                   .pattern = R"(((/[A-Za-z0-9\.,\+@=_-]+)*)/)",
                                   .accepts = is_policy_path};
inline constexpr Shape kPolicyDescription{.name = "policyDescriptionType", .max = 1000};
inline constexpr Shape kPolicyVersionId{.name = "policyVersionIdType",
                                        .pattern = R"(v[1-9][0-9]*(\.[A-Za-z0-9-]*)?)",
                                        .accepts = is_policy_version_id};
inline constexpr std::string_view kPolicyScopeValues[] = {"All", "AWS", "Local"};
inline constexpr Shape kPolicyScope{.name = "policyScopeType", .values = kPolicyScopeValues};
inline constexpr std::string_view kPolicyUsageValues[] = {"PermissionsPolicy", "PermissionsBoundary"};
inline constexpr Shape kPolicyUsage{.name = "PolicyUsageType", .values = kPolicyUsageValues};
inline constexpr std::string_view kEntityTypeValues[] = {"User", "Role", "Group", "LocalManagedPolicy",
                                                         "AWSManagedPolicy"};
inline constexpr Shape kEntityType{.name = "EntityType", .values = kEntityTypeValues};
inline constexpr Shape kEntityList{
    .name = "entityListType", .type = ShapeType::list, .element = &kEntityType};

inline constexpr Shape kSimulationPolicyList{
    .name = "SimulationPolicyListType", .type = ShapeType::list, .element = &kPolicyDocument};
inline constexpr Shape kActionName{.name = "ActionNameType", .min = 3, .max = 128};
inline constexpr Shape kActionNameList{
    .name = "ActionNameListType", .type = ShapeType::list, .element = &kActionName};
inline constexpr Shape kResourceName{.name = "ResourceNameType", .min = 1, .max = 2048};
inline constexpr Shape kResourceNameList{
    .name = "ResourceNameListType", .type = ShapeType::list, .element = &kResourceName};
inline constexpr Shape kContextKeyName{.name = "ContextKeyNameType", .min = 5, .max = 256};
inline constexpr Shape kContextKeyValue{.name = "ContextKeyValueType"};
inline constexpr Shape kContextKeyValueList{
    .name = "ContextKeyValueListType", .type = ShapeType::list, .element = &kContextKeyValue};
inline constexpr std::string_view kContextKeyTypeValues[] = {
    "string", "stringList", "numeric", "numericList", "boolean", "booleanList",
    "ip",     "ipList",     "binary",  "binaryList",  "date",    "dateList"};
inline constexpr Shape kContextKeyType{.name = "ContextKeyTypeEnum", .values = kContextKeyTypeValues};
inline constexpr Field kContextEntryFields[] = {{"ContextKeyName", &kContextKeyName, false},
                                                {"ContextKeyValues", &kContextKeyValueList, false},
                                                {"ContextKeyType", &kContextKeyType, false}};
inline constexpr Shape kContextEntry{
    .name = "ContextEntry", .type = ShapeType::structure, .fields = kContextEntryFields};
inline constexpr Shape kContextEntryList{
    .name = "ContextEntryListType", .type = ShapeType::list, .element = &kContextEntry};

inline constexpr Shape kRoleSessionName{.name = "roleSessionNameType",
                                        .min = 2,
                                        .max = 64,
                                        .pattern = R"([\w+=,.@-]*)",
                                        .accepts = is_name_or_empty};
inline constexpr Shape kStsUserName{
    .name = "userNameType", .min = 2, .max = 32, .pattern = R"([\w+=,.@-]*)", .accepts = is_name_or_empty};
// The model says 64 characters, AWS takes 256 (aws/shapes.md#where-aws-leaves-its-model).
inline constexpr Shape kSourceIdentity{.name = "sourceIdentityType",
                                       .min = 2,
                                       .max = 256,
                                       .pattern = R"([\w+=,.@-]*)",
                                       .accepts = is_name_or_empty};
inline constexpr Shape kExternalId{.name = "externalIdType",
                                   .min = 2,
                                   .max = 1224,
                                   .pattern = R"([\w+=,.@:\/-]*)",
                                   .accepts = is_external_id};
inline constexpr Shape kRoleDurationSeconds{
    .name = "roleDurationSecondsType", .type = ShapeType::integer, .min = 900, .max = 43200};
inline constexpr Shape kUnrestrictedSessionPolicyDocument{.name = "unrestrictedSessionPolicyDocumentType",
                                                          .min = 1,
                                                          .pattern = R"([\u0009\u000A\u000D\u0020-\u00FF]+)",
                                                          .accepts = is_latin_text};
inline constexpr Shape kSessionPolicyDocument{.name = "sessionPolicyDocumentType",
                                              .min = 1,
                                              .max = 2048,
                                              .pattern = R"([\u0009\u000A\u000D\u0020-\u00FF]+)",
                                              .accepts = is_latin_text};
inline constexpr Shape kStsArn{
    .name = "arnType",
    .min = 20,
    .max = 2048,
    .pattern = R"([\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+)",
    .accepts = is_arn};
inline constexpr Field kPolicyDescriptorFields[] = {{"arn", &kStsArn, false}};
inline constexpr Shape kPolicyDescriptor{
    .name = "PolicyDescriptorType", .type = ShapeType::structure, .fields = kPolicyDescriptorFields};
inline constexpr Shape kPolicyDescriptorList{
    .name = "policyDescriptorListType", .type = ShapeType::list, .element = &kPolicyDescriptor};
inline constexpr Shape kEncodedMessage{.name = "encodedMessageType", .min = 1, .max = 10240};

inline constexpr std::string_view kStatusValues[] = {"Active", "Inactive", "Expired"};
inline constexpr Shape kStatus{.name = "statusType", .values = kStatusValues};
inline constexpr std::string_view kAssignmentStatusValues[] = {"Assigned", "Unassigned", "Any"};
inline constexpr Shape kAssignmentStatus{.name = "assignmentStatusType", .values = kAssignmentStatusValues};

inline constexpr Shape kTagKey{.name = "tagKeyType",
                               .min = 1,
                               .max = 128,
                               .pattern = R"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)",
                               .accepts = is_tag_key};
inline constexpr Shape kTagValue{.name = "tagValueType",
                                 .min = 0,
                                 .max = 256,
                                 .pattern = R"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)",
                                 .accepts = is_tag_value};
// AWS checks the value before the key (aws/errors.md#several-violations).
inline constexpr Field kTagFields[] = {{"Value", &kTagValue, true}, {"Key", &kTagKey, true}};
inline constexpr Shape kTag{.name = "Tag", .type = ShapeType::structure, .fields = kTagFields};
inline constexpr Shape kTagList{.name = "tagListType", .type = ShapeType::list, .max = 50, .element = &kTag};
inline constexpr Shape kTagKeyList{
    .name = "tagKeyListType", .type = ShapeType::list, .max = 50, .element = &kTagKey};

}  // namespace shape
}  // namespace keyfob
