#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::delete_policy {

struct Input {
  std::string policy_arn;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(const ManagedPolicy policy, find_own_policy(call, in.policy_arn));
  if (call.tx.count_attachments_of(in.policy_arn) + call.tx.count_boundary_uses(in.policy_arn) > 0)
    return errors::policy_attached();
  if (call.tx.policy_versions(policy.policy_id).size() > 1) return errors::policy_has_versions();
  call.tx.remove_tags(tagged_policy(policy.policy_id));
  call.tx.remove_managed_policy(policy.policy_id);
  return {};
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kDeleteConflict, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeletePolicy",
    .input = input,
    .errors = errors,
    .source = "policies.md#managed-policies",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::delete_policy
