// What users, roles and groups alike have of policies, in the state document: those inside, those attached
// and a boundary.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "iam/state/forms.h"
#include "iam/state/section.h"

namespace keyfob {

template <>
const JsonKind& json_kind<InlinePolicy>();

template <auto Inside>
constexpr JsonMember inline_policies_member() {
  return sparse<Inside>("inlinePolicies", "Policies inside it.");
}
template <auto Arns>
constexpr JsonMember attached_policies_member() {
  return sparse<Arns>("attachedPolicies", "ARNs of what is attached: policies of this document or of AWS.");
}
template <auto Arn>
constexpr JsonMember boundary_member() {
  return optional<Arn>("permissionsBoundary", "ARN of its boundary, a policy of this document or of AWS.");
}

std::vector<std::string> attached_arns(ReadTx& tx, std::string_view entity_id);

// `place` is that of the user, role or group.
void store_inline_policies(Tx& tx, std::string_view entity_id, const std::vector<InlinePolicy>& policies,
                           const Place& place);
void store_attachments(Tx& tx, EntityKind kind, const std::string& entity_id,
                       const std::vector<std::string>& arns, const Place& place);
// Fails when the boundary isn't there.
void expect_boundary(Tx& tx, const std::optional<std::string>& arn, const Place& place);

}  // namespace keyfob
