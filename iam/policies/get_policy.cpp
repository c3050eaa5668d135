#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::get_policy {

struct Input {
  std::string policy_arn;
};

struct Output {
  ShownPolicy policy;
  std::vector<Tag> tags;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(FoundPolicy found, find_policy(call, in.policy_arn));
  auto tags = call.tx.tags(tagged_policy(found.policy.policy_id));
  return Output{.policy = show(call, std::move(found)), .tags = std::move(tags)};
}

void render(XmlElement result, const Output& out) {
  const auto& policy = out.policy.found.policy;
  auto element = result.add("Policy");
  render_policy(element, out.policy);
  if (policy.description) element.add("Description", *policy.description);
  render_policy_dates(element, policy);
  if (!out.tags.empty()) render_tags(element, out.tags);
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetPolicy",
    .input = input,
    .errors = errors,
    .source = "policies.md#managed-policies",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::get_policy
