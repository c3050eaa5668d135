#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::set_default_policy_version {

struct Input {
  std::string policy_arn;
  std::string version_id;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(ManagedPolicy policy, find_own_policy(call, in.policy_arn));
  TRY(const PolicyVersion version,
      find_version(call, {.arn = in.policy_arn, .policy = policy}, in.version_id));
  policy.default_version = version.number;
  policy.updated = call.now;
  call.tx.update(policy);
  return {};
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
    required<&Input::version_id>("VersionId", shape::kPolicyVersionId),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kLimitExceeded,
                                kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "SetDefaultPolicyVersion",
    .input = input,
    .errors = errors,
    .source = "policies.md#policy-versions",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::set_default_policy_version
