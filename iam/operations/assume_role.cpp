#include "iam/assume_role.h"

#include "iam/lookup.h"
#include "iam/operation.h"

namespace keyfob::assume_role {

Result<AssumedRole> handle(Call& call, const AssumeRoleInput& in) { return assume(call, in); }

std::string resource(Call&, const AssumeRoleInput& in) { return in.role_arn; }

constexpr MemberSpec input[] = {
    required<&AssumeRoleInput::role_arn>("RoleArn", shape::kStsArn),
    required<&AssumeRoleInput::role_session_name>("RoleSessionName", shape::kRoleSessionName),
    optional<&AssumeRoleInput::policy_arns>("PolicyArns", shape::kPolicyDescriptorList),
    optional<&AssumeRoleInput::policy>("Policy", shape::kUnrestrictedSessionPolicyDocument),
    optional<&AssumeRoleInput::duration_seconds>("DurationSeconds", shape::kRoleDurationSeconds),
    optional<&AssumeRoleInput::tags>("Tags", shape::kTagList),
    optional<&AssumeRoleInput::transitive_tag_keys>("TransitiveTagKeys", shape::kTagKeyList),
    optional<&AssumeRoleInput::external_id>("ExternalId", shape::kExternalId),
    optional<&AssumeRoleInput::serial_number>("SerialNumber", shape::kStsSerialNumber),
    optional<&AssumeRoleInput::token_code>("TokenCode", shape::kTokenCode),
    optional<&AssumeRoleInput::source_identity>("SourceIdentity", shape::kSourceIdentity),
};

constexpr ErrorKind errors[] = {kind::kMalformedPolicyDocument, kind::kPackedPolicyTooLarge,
                                kind::kRegionDisabled};

extern constexpr Operation operation = define<&handle, &resource, &render_assumed_role>({
    .name = "AssumeRole",
    .service = ServiceName::sts,
    .access = Access::write,
    .input = input,
    .errors = errors,
    .source = "§6, §10, §13",
    .permission = Permission::handled,
    .sessions = Sessions::not_federated,
});

}  // namespace keyfob::assume_role
