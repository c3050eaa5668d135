#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::delete_policy_version {

struct Input {
  std::string policy_arn;
  std::string version_id;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(ManagedPolicy policy, find_own_policy(call, in.policy_arn));
  TRY(const PolicyVersion version,
      find_version(call, {.arn = in.policy_arn, .policy = policy}, in.version_id));
  if (version.number == policy.default_version) return errors::version_is_default();
  call.tx.remove_policy_version(policy.policy_id, version.number);
  return {};
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
    required<&Input::version_id>("VersionId", shape::kPolicyVersionId),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kDeleteConflict, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeletePolicyVersion",
    .input = input,
    .errors = errors,
    .source = "policies.md#policy-versions",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::delete_policy_version
