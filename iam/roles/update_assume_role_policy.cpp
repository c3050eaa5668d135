#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/roles/roles.h"
#include "iam/roles/trust.h"

namespace keyfob::update_assume_role_policy {

struct Input {
  std::string role_name;
  std::string policy_document;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(Role role, find_role(call, in.role_name));
  CHECK_OK(check_trust_policy(call, in.policy_document));
  role.trust_policy = trust_to_keep(call.tx, in.policy_document);
  call.tx.update(role);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return role_resource(call, in.role_name); }

constexpr MemberSpec input[] = {
    required<&Input::role_name>("RoleName", shape::kRoleName),
    required<&Input::policy_document>("PolicyDocument", shape::kPolicyDocument),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kMalformedPolicyDocument, kind::kLimitExceeded,
                                kind::kUnmodifiableEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "UpdateAssumeRolePolicy",
    .input = input,
    .errors = errors,
    .source = "roles.md#trust-policies",
});

}  // namespace keyfob::update_assume_role_policy
