#include "iam/sts/session_policies.h"

#include <algorithm>
#include <unordered_set>

#include "iam/call/errors.h"
#include "iam/policies/managed_policies.h"
#include "iam/policy/document.h"
#include "protocol/text.h"

namespace keyfob {

Result<std::vector<SessionPolicy>> read_session_policies(ReadTx& tx,
                                                         const std::optional<std::string>& document,
                                                         const std::vector<std::string>& policy_arns) {
  std::vector<SessionPolicy> policies;
  if (document) {
    CHECK_OK(policy::compile(*document, policy::DocumentKind::session));
    policies.push_back({.policy_arn = {}, .document = *document});
  }
  for (const auto& arn : policy_arns) {
    if (!default_document(tx, arn)) return errors::invalid_arn(arn);  // a guess
    policies.push_back({.policy_arn = arn, .document = {}});
  }
  return policies;
}

Result<void> check_session_tags(const std::vector<Tag>& tags) {
  std::unordered_set<std::string> keys;
  for (const auto& tag : tags) {
    if (!keys.insert(fold_case(tag.key)).second) return errors::duplicate_session_tags();
  }
  return {};
}

Result<std::optional<int>> packed_policy_size(const std::vector<SessionPolicy>& policies,
                                              const std::vector<Tag>& tags) {
  constexpr std::size_t kAllotted = 4096;  // bytes
  if (policies.empty() && tags.empty()) return std::optional<int>();
  std::size_t size = 0;
  for (const auto& policy : policies) size += policy.policy_arn.size() + policy.document.size();
  for (const auto& tag : tags) size += tag.key.size() + tag.value.size();
  const auto percent = std::max<int>(1, int(size * 100 / kAllotted));
  if (percent > 100) return errors::packed_policy_too_large(percent);
  return std::optional(percent);
}

void keep_session_details(Tx& tx, const Session& session, const std::vector<SessionPolicy>& policies,
                          const std::vector<Tag>& tags) {
  tx.add(session.access_key_id, policies);
  tx.set_tags(tagged_session(session.access_key_id), tags);
}

void render_packed_policy_size(XmlElement result, const std::optional<int>& size) {
  if (size) result.add("PackedPolicySize", std::int64_t{*size});
}

}  // namespace keyfob
