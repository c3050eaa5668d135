#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"
#include "iam/policies/managed_policies.h"
#include "iam/policies/policy_text.h"
#include "iam/tags/tag_rules.h"

namespace keyfob::create_policy {

struct Input {
  std::string policy_name;
  std::optional<std::string> path;
  std::string policy_document;
  std::optional<std::string> description;
  std::vector<Tag> tags;
};

struct Output {
  ShownPolicy policy;
  std::vector<Tag> tags;
};

Result<Output> handle(Call& call, const Input& in) {
  CHECK_OK(rules::check_tags(in.tags, true));
  CHECK_OK(check_managed_document(in.policy_document));
  if (call.tx.managed_policy(in.policy_name)) return errors::policy_exists(in.policy_name);
  if (call.tx.count_managed_policies() >= call.world.limits.policies)
    return errors::too_many_policies(call.world.limits.policies);

  ManagedPolicy policy{.policy_id = call.world.entropy.id("ANPA", 17),
                       .name = in.policy_name,
                       .path = in.path.value_or("/"),
                       .description = in.description,
                       .created = call.now,
                       .updated = call.now};
  call.tx.add(policy);
  call.tx.add(policy.policy_id,
              PolicyVersion{.number = 1, .document = in.policy_document, .created = call.now});
  call.tx.set_tags(tagged_policy(policy.policy_id), in.tags);
  auto arn = policy_arn(call.account(), policy);
  return Output{.policy = {.found = {.arn = std::move(arn), .policy = std::move(policy)}}, .tags = in.tags};
}

void render(XmlElement result, const Output& out) {
  auto policy = result.add("Policy");
  render_policy(policy, out.policy);
  render_policy_dates(policy, out.policy.found.policy);
  if (!out.tags.empty()) render_tags(policy, out.tags);
}

std::string resource(const ReadCall& call, const Input& in) {
  return policy_arn(call.account(), in.path.value_or("/"), in.policy_name);
}

constexpr MemberSpec input[] = {
    required<&Input::policy_name>("PolicyName", shape::kPolicyName),
    optional<&Input::path>("Path", shape::kPolicyPath),
    required<&Input::policy_document>("PolicyDocument", shape::kPolicyDocument),
    optional<&Input::description>("Description", shape::kPolicyDescription),
    optional<&Input::tags>("Tags", shape::kTagList),
};

constexpr ErrorKind errors[] = {kind::kInvalidInput,           kind::kLimitExceeded,
                                kind::kEntityAlreadyExists,    kind::kMalformedPolicyDocument,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "CreatePolicy",
    .input = input,
    .errors = errors,
    .source = "policies.md#managed-policies, policies.md#policy-documents",
    .evidence = Evidence::documented,
    .tagging = "TagPolicy",
});

}  // namespace keyfob::create_policy
