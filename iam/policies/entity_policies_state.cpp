#include "iam/policies/entity_policies_state.h"

#include "iam/policies/managed_policies.h"

namespace keyfob {
namespace inline_policy_state {

constexpr JsonMember kMembers[] = {
    required<&InlinePolicy::name, Shaped<shape::kPolicyName>>("policyName", "Its name."),
    required<&InlinePolicy::document, PolicyText<policy::DocumentKind::identity>>("policyDocument",
                                                                                  "What it says."),
};
constexpr JsonKind kKind{.name = "inlinePolicy", .members = kMembers};

void expect_policy(Tx& tx, const std::string& arn, const Place& place) {
  if (!default_document(tx, arn)) place.fail("is no policy of this document or of AWS");
}

}  // namespace inline_policy_state

template <>
const JsonKind& json_kind<InlinePolicy>() {
  return inline_policy_state::kKind;
}

std::vector<std::string> attached_arns(ReadTx& tx, std::string_view entity_id) {
  std::vector<std::string> arns;
  for (auto& attachment : tx.attachments_to(entity_id)) arns.push_back(std::move(attachment.policy_arn));
  return arns;
}

void store_inline_policies(Tx& tx, std::string_view entity_id, const std::vector<InlinePolicy>& policies,
                           const Place& place) {
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (tx.inline_policy(entity_id, policies[i].name))
      place["inlinePolicies"][i]["policyName"].fail("is there twice");
    tx.save(entity_id, policies[i]);
  }
}

void store_attachments(Tx& tx, EntityKind kind, const std::string& entity_id,
                       const std::vector<std::string>& arns, const Place& place) {
  for (std::size_t i = 0; i < arns.size(); ++i) {
    const auto list = place["attachedPolicies"];
    inline_policy_state::expect_policy(tx, arns[i], list[i]);
    if (tx.is_attached(entity_id, arns[i])) list[i].fail("is there twice");
    tx.attach({.policy_arn = arns[i], .entity_kind = kind, .entity_id = entity_id});
  }
}

void expect_boundary(Tx& tx, const std::optional<std::string>& arn, const Place& place) {
  if (arn) inline_policy_state::expect_policy(tx, *arn, place["permissionsBoundary"]);
}

}  // namespace keyfob
