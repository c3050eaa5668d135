#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/policies/managed_policies.h"
#include "iam/policies/policy_text.h"

namespace keyfob::create_policy_version {

struct Input {
  std::string policy_arn;
  std::string policy_document;
  std::optional<bool> set_as_default;
};

struct Output {
  PolicyVersion version;
  bool is_default;
};

Result<Output> handle(Call& call, const Input& in) {
  TRY(ManagedPolicy policy, find_own_policy(call, in.policy_arn));
  CHECK_OK(check_managed_document(in.policy_document));
  const auto quota = call.world.limits.versions_per_policy;
  if (std::int64_t(call.tx.policy_versions(policy.policy_id).size()) >= quota)
    return errors::too_many_versions(quota);

  PolicyVersion version{.number = ++policy.last_version, .document = in.policy_document, .created = call.now};
  policy.updated = call.now;
  const bool is_default = in.set_as_default.value_or(false);
  if (is_default) policy.default_version = version.number;
  call.tx.add(policy.policy_id, version);
  call.tx.update(policy);
  return Output{.version = std::move(version), .is_default = is_default};
}

void render(XmlElement result, const Output& out) {
  render_version(result.add("PolicyVersion"), out.version, out.is_default, false);
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
    required<&Input::policy_document>("PolicyDocument", shape::kPolicyDocument),
    optional<&Input::set_as_default>("SetAsDefault", shape::kBoolean),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kMalformedPolicyDocument, kind::kInvalidInput,
                                kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "CreatePolicyVersion",
    .input = input,
    .errors = errors,
    .source = "policies.md#policy-versions",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::create_policy_version
