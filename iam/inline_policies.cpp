#include "iam/inline_policies.h"

#include "iam/errors.h"
#include "iam/policy_text.h"
#include "protocol/text.h"

namespace keyfob::inline_policies {

Result<void> put(Call& call, std::string_view owner, const PutInput& in, std::string_view entity_word,
                 std::int64_t quota) {
  CHECK_OK(check_permissions(in.document));
  auto size = policy_size(in.document);
  std::string name = in.policy_name;
  for (const auto& other : call.tx.inline_policies(owner)) {
    if (fold_case(other.name) != fold_case(name)) {
      size += policy_size(other.document);
    } else {
      name = other.name;  // the first spelling stays
    }
  }
  if (size > quota) return errors::inline_policies_too_large(quota, entity_word, in.entity_name);
  call.tx.save(owner, {.name = name, .document = in.document});
  return {};
}

// Echoes the policy's name in the spelling asked for (catalogue §9.6).
Result<GetOutput> get(Call& call, std::string_view owner, std::string entity_name, const NameInput& in,
                      std::string_view entity_word) {
  auto policy = call.tx.inline_policy(owner, in.policy_name);
  if (!policy) return errors::no_such_inline_policy(entity_word, in.policy_name);
  return GetOutput{.entity_name = std::move(entity_name),
                   .policy_name = in.policy_name,
                   .document = std::move(policy->document)};
}

Result<void> remove(Call& call, std::string_view owner, const NameInput& in, std::string_view entity_word) {
  if (!call.tx.remove_inline_policy(owner, in.policy_name))
    return errors::no_such_inline_policy(entity_word, in.policy_name);
  return {};
}

std::vector<std::string> names(Call& call, std::string_view owner) {
  std::vector<std::string> names;
  for (auto& policy : call.tx.inline_policies(owner)) names.push_back(std::move(policy.name));
  return names;
}

void render_get(XmlElement result, const char* entity_member, const GetOutput& out) {
  result.add(entity_member, out.entity_name);
  result.add("PolicyName", out.policy_name);
  add_document(result, "PolicyDocument", out.document);
}

void render_list(XmlElement result, const Slice<std::string>& page) {
  render_is_truncated(result, page.next_marker);
  auto list = result.add("PolicyNames");
  for (const auto& name : page.items) list.add("member", name);
  render_marker(result, page.next_marker);
}

}  // namespace keyfob::inline_policies
