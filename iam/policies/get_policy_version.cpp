#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::get_policy_version {

struct Input {
  std::string policy_arn;
  std::string version_id;
};

struct Output {
  PolicyVersion version;
  bool is_default;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(const FoundPolicy found, find_policy(call, in.policy_arn));
  TRY(PolicyVersion version, find_version(call, found, in.version_id));
  const bool is_default = version.number == found.policy.default_version;
  return Output{.version = std::move(version), .is_default = is_default};
}

void render(XmlElement result, const Output& out) {
  render_version(result.add("PolicyVersion"), out.version, out.is_default, true);
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
    required<&Input::version_id>("VersionId", shape::kPolicyVersionId),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetPolicyVersion",
    .input = input,
    .errors = errors,
    .source = "policies.md#policy-versions",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::get_policy_version
