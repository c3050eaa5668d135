#include "iam/policies/attachments.h"

#include "iam/call/entities.h"
#include "iam/call/errors.h"
#include "iam/call/listed.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::attachments {

Result<void> attach(Call& call, EntityKind kind, std::string_view entity_id, std::string_view quota_word,
                    const std::string& policy_arn) {
  CHECK_OK(check_attachable(call, policy_arn));
  if (call.tx.is_attached(entity_id, policy_arn)) return {};
  const auto quota = call.world.limits.policies_per_entity;
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

std::vector<std::string> attached(const ReadCall& call, std::string_view entity_id,
                                  std::string_view path_prefix) {
  std::vector<std::string> arns;
  for (auto& attachment : call.tx.attachments_to(entity_id)) {
    const auto parts = parse_iam_arn(attachment.policy_arn);
    if (parts && parts->path.starts_with(path_prefix)) arns.push_back(std::move(attachment.policy_arn));
  }
  return arns;
}

void add_attached(XmlElement list, const std::string& arn) {
  auto member = list.add("member");
  member.add("PolicyName", std::string_view(arn).substr(arn.rfind('/') + 1));
  member.add("PolicyArn", arn);
}

void render_attached_list(XmlElement result, const List<std::string>& arns) {
  render_list(result, "AttachedPolicies", arns, add_attached);
}

}  // namespace keyfob::attachments

// Attach, Detach and ListAttached, each written once for users, roles and groups.
namespace keyfob::attachments {

struct Input {
  std::string entity_name;
  std::string policy_arn;
};

struct ListInput {
  std::string entity_name;
  std::optional<std::string> path_prefix;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

template <class Entity>
Result<void> handle_attach(Call& call, const Input& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return attach(call, Entity::kKind, Entity::id(entity), Entity::kQuotaWord, in.policy_arn);
}

template <class Entity>
Result<void> handle_detach(Call& call, const Input& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return detach(call, Entity::id(entity), in.policy_arn);
}

template <class Entity>
Result<List<std::string>> handle_list(const ReadCall& call, const ListInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return listed(Entity::kQuotaWord, in, attached(call, Entity::id(entity), in.path_prefix.value_or("/")));
}

template <class Entity>
std::string resource_of(const ReadCall& call, const auto& in) {
  return Entity::resource(call, in.entity_name);
}

template <class Entity>
inline constexpr MemberSpec kInput[] = {
    required<&Input::entity_name>(Entity::kMember, Entity::kShape),
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
};

template <class Entity>
inline constexpr MemberSpec kListInput[] = {
    required<&ListInput::entity_name>(Entity::kMember, Entity::kShape),
    optional<&ListInput::path_prefix>("PathPrefix", shape::kPolicyPath),
    optional<&ListInput::marker>("Marker", shape::kMarker),
    optional<&ListInput::max_items>("MaxItems", shape::kMaxItems),
};

template <class Entity>
constexpr Operation attach_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_attach<Entity>, &resource_of<Entity, Input>>({.name = name,
                                                                      .input = kInput<Entity>,
                                                                      .errors = errors,
                                                                      .source = "policies.md#attachments",
                                                                      .evidence = Evidence::documented});
}

template <class Entity>
constexpr Operation detach_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_detach<Entity>, &resource_of<Entity, Input>>({.name = name,
                                                                      .input = kInput<Entity>,
                                                                      .errors = errors,
                                                                      .source = "policies.md#attachments",
                                                                      .evidence = Evidence::documented});
}

template <class Entity>
constexpr Operation list_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_list<Entity>, &resource_of<Entity, ListInput>, &render_attached_list>(
      {.name = name,
       .input = kListInput<Entity>,
       .errors = errors,
       .source = "policies.md#attachments",
       .evidence = Evidence::documented});
}

}  // namespace keyfob::attachments

namespace keyfob::attach_user_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kPolicyNotAttachable, kind::kServiceFailure};

extern constexpr Operation operation = attachments::attach_operation<UserEntity>("AttachUserPolicy", errors);

}  // namespace keyfob::attach_user_policy

namespace keyfob::detach_user_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kServiceFailure};

extern constexpr Operation operation = attachments::detach_operation<UserEntity>("DetachUserPolicy", errors);

}  // namespace keyfob::detach_user_policy

namespace keyfob::list_attached_user_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::list_operation<UserEntity>("ListAttachedUserPolicies", errors);

}  // namespace keyfob::list_attached_user_policies

namespace keyfob::attach_role_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity,       kind::kLimitExceeded,       kind::kInvalidInput,
                                kind::kUnmodifiableEntity, kind::kPolicyNotAttachable, kind::kServiceFailure};

extern constexpr Operation operation = attachments::attach_operation<RoleEntity>("AttachRolePolicy", errors);

}  // namespace keyfob::attach_role_policy

namespace keyfob::detach_role_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kUnmodifiableEntity, kind::kServiceFailure};

extern constexpr Operation operation = attachments::detach_operation<RoleEntity>("DetachRolePolicy", errors);

}  // namespace keyfob::detach_role_policy

namespace keyfob::list_attached_role_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::list_operation<RoleEntity>("ListAttachedRolePolicies", errors);

}  // namespace keyfob::list_attached_role_policies

namespace keyfob::attach_group_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kPolicyNotAttachable, kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::attach_operation<GroupEntity>("AttachGroupPolicy", errors);

}  // namespace keyfob::attach_group_policy

namespace keyfob::detach_group_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::detach_operation<GroupEntity>("DetachGroupPolicy", errors);

}  // namespace keyfob::detach_group_policy

namespace keyfob::list_attached_group_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::list_operation<GroupEntity>("ListAttachedGroupPolicies", errors);

}  // namespace keyfob::list_attached_group_policies
