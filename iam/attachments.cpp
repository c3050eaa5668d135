#include "iam/attachments.h"

#include "iam/errors.h"
#include "iam/managed_policies.h"
#include "iam/names.h"

namespace keyfob::attachments {

Result<void> attach(Call& call, EntityKind kind, std::string_view entity_id, std::string_view quota_word,
                    const std::string& policy_arn) {
  CHECK_OK(check_attachable(call, policy_arn));
  if (call.tx.is_attached(entity_id, policy_arn)) return {};
  const auto quota = call.limits.policies_per_entity;
  if (std::int64_t(call.tx.attachments_to(entity_id).size()) >= quota)
    return errors::too_many_attached(quota_word, quota);
  call.tx.attach({.policy_arn = policy_arn, .entity_kind = kind, .entity_id = std::string(entity_id)});
  return {};
}

Result<void> detach(Call& call, std::string_view entity_id, const std::string& policy_arn) {
  CHECK_OK(check_policy_arn(policy_arn));
  if (!call.tx.detach(entity_id, policy_arn)) return errors::no_such_policy(policy_arn);
  return {};
}

std::vector<std::string> attached(Call& call, std::string_view entity_id, std::string_view path_prefix) {
  std::vector<std::string> arns;
  for (auto& attachment : call.tx.attachments_to(entity_id)) {
    const auto parts = parse_iam_arn(attachment.policy_arn);
    if (parts && parts->path.starts_with(path_prefix)) arns.push_back(std::move(attachment.policy_arn));
  }
  return arns;
}

void render_attached(XmlElement result, std::span<const std::string> arns, const char* name) {
  auto list = result.add(name);
  for (const auto& arn : arns) {
    auto member = list.add("member");
    member.add("PolicyName", std::string_view(arn).substr(arn.rfind('/') + 1));
    member.add("PolicyArn", arn);
  }
}

void render_list(XmlElement result, const Slice<std::string>& page) {
  render_is_truncated(result, page.next_marker);
  render_attached(result, page.items);
  render_marker(result, page.next_marker);
}

}  // namespace keyfob::attachments
