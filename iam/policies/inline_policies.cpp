// Put, Get, List and Delete of the policies inside a user, a role or a group
// (aws/policies.md#inline-policies), each written once. `errors` is a constexpr array: what the service model
// declares for that operation.

#include <string>
#include <vector>

#include "iam/call/entities.h"
#include "iam/call/errors.h"
#include "iam/call/listed.h"
#include "iam/call/operation.h"
#include "iam/policies/policy_text.h"
#include "protocol/text.h"

namespace keyfob::inline_policies {

struct PutInput {
  std::string entity_name;
  std::string policy_name;
  std::string document;
};

struct NameInput {
  std::string entity_name;
  std::string policy_name;
};

struct ListInput {
  std::string entity_name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct GetOutput {
  std::string entity_name;
  std::string policy_name;
  std::string document;
};

// Checks the document, and that the owner's policies together stay within the quota: white space isn't
// counted.
Result<void> put(Call& call, std::string_view owner, const PutInput& in, std::string_view entity_word,
                 std::int64_t quota);
Result<GetOutput> get(const ReadCall& call, std::string_view owner, std::string entity_name,
                      const NameInput& in, std::string_view entity_word);
Result<void> remove(Call& call, std::string_view owner, const NameInput& in, std::string_view entity_word);
std::vector<std::string> names(const ReadCall& call, std::string_view owner);

void render_get(XmlElement result, const char* entity_member, const GetOutput& out);
void render_names(XmlElement result, const List<std::string>& names);

// --- The operations, for each kind of entity ---

template <class Entity>
Result<void> handle_put(Call& call, const PutInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return put(call, Entity::id(entity), in, Entity::kWord, Entity::kInlineQuota);
}

template <class Entity>
Result<GetOutput> handle_get(const ReadCall& call, const NameInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return get(call, Entity::id(entity), entity.name, in, Entity::kWord);
}

template <class Entity>
Result<void> handle_delete(Call& call, const NameInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return remove(call, Entity::id(entity), in, Entity::kWord);
}

// A marker belongs to the policies of one kind of owner: "user", "role", "group".
template <class Entity>
Result<List<std::string>> handle_list(const ReadCall& call, const ListInput& in) {
  TRY(const auto entity, Entity::find(call, in.entity_name));
  return listed(Entity::kWord, in, names(call, Entity::id(entity)));
}

template <class Entity>
std::string resource_of(const ReadCall& call, const auto& in) {
  return Entity::resource(call, in.entity_name);
}

template <class Entity>
void render_get_of(XmlElement result, const GetOutput& out) {
  render_get(result, Entity::kMember.data(), out);
}

// The older operations name a user as one that exists: up to 128 characters.
template <class Entity>
inline constexpr const Shape& kNameShape =
    Entity::kKind == EntityKind::user ? shape::kExistingUserName : Entity::kShape;

template <class Entity>
inline constexpr MemberSpec kPutInput[] = {
    required<&PutInput::entity_name>(Entity::kMember, kNameShape<Entity>),
    required<&PutInput::policy_name>("PolicyName", shape::kPolicyName),
    required<&PutInput::document>("PolicyDocument", shape::kPolicyDocument),
};

template <class Entity>
inline constexpr MemberSpec kNameInput[] = {
    required<&NameInput::entity_name>(Entity::kMember, kNameShape<Entity>),
    required<&NameInput::policy_name>("PolicyName", shape::kPolicyName),
};

template <class Entity>
inline constexpr MemberSpec kListInput[] = {
    required<&ListInput::entity_name>(Entity::kMember, kNameShape<Entity>),
    optional<&ListInput::marker>("Marker", shape::kMarker),
    optional<&ListInput::max_items>("MaxItems", shape::kMaxItems),
};

template <class Entity>
constexpr Operation put_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_put<Entity>, &resource_of<Entity, PutInput>>(
      {.name = name, .input = kPutInput<Entity>, .errors = errors, .source = "policies.md#inline-policies"});
}

template <class Entity>
constexpr Operation get_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_get<Entity>, &resource_of<Entity, NameInput>, &render_get_of<Entity>>(
      {.name = name, .input = kNameInput<Entity>, .errors = errors, .source = "policies.md#inline-policies"});
}

template <class Entity>
constexpr Operation list_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_list<Entity>, &resource_of<Entity, ListInput>, &render_names>(
      {.name = name, .input = kListInput<Entity>, .errors = errors, .source = "policies.md#inline-policies"});
}

template <class Entity>
constexpr Operation delete_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_delete<Entity>, &resource_of<Entity, NameInput>>(
      {.name = name, .input = kNameInput<Entity>, .errors = errors, .source = "policies.md#inline-policies"});
}

}  // namespace keyfob::inline_policies

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

// Echoes the policy's name in the spelling asked for (aws/policies.md#inline-policies).
Result<GetOutput> get(const ReadCall& call, std::string_view owner, std::string entity_name,
                      const NameInput& in, std::string_view entity_word) {
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

std::vector<std::string> names(const ReadCall& call, std::string_view owner) {
  std::vector<std::string> names;
  for (auto& policy : call.tx.inline_policies(owner)) names.push_back(std::move(policy.name));
  return names;
}

void render_get(XmlElement result, const char* entity_member, const GetOutput& out) {
  result.add(entity_member, out.entity_name);
  result.add("PolicyName", out.policy_name);
  add_document(result, "PolicyDocument", out.document);
}

void render_names(XmlElement result, const List<std::string>& names) {
  render_list(result, "PolicyNames", names,
              [](XmlElement list, const std::string& name) { list.add("member", name); });
}

}  // namespace keyfob::inline_policies

namespace keyfob::put_user_policy {

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kMalformedPolicyDocument, kind::kNoSuchEntity,
                                kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::put_operation<UserEntity>("PutUserPolicy", errors);

}  // namespace keyfob::put_user_policy

namespace keyfob::get_user_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::get_operation<UserEntity>("GetUserPolicy", errors);

}  // namespace keyfob::get_user_policy

namespace keyfob::list_user_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::list_operation<UserEntity>("ListUserPolicies", errors);

}  // namespace keyfob::list_user_policies

namespace keyfob::delete_user_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::delete_operation<UserEntity>("DeleteUserPolicy", errors);

}  // namespace keyfob::delete_user_policy

namespace keyfob::put_role_policy {

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kMalformedPolicyDocument, kind::kNoSuchEntity,
                                kind::kUnmodifiableEntity, kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::put_operation<RoleEntity>("PutRolePolicy", errors);

}  // namespace keyfob::put_role_policy

namespace keyfob::get_role_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::get_operation<RoleEntity>("GetRolePolicy", errors);

}  // namespace keyfob::get_role_policy

namespace keyfob::list_role_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::list_operation<RoleEntity>("ListRolePolicies", errors);

}  // namespace keyfob::list_role_policies

namespace keyfob::delete_role_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kUnmodifiableEntity,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::delete_operation<RoleEntity>("DeleteRolePolicy", errors);

}  // namespace keyfob::delete_role_policy

namespace keyfob::put_group_policy {

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kMalformedPolicyDocument, kind::kNoSuchEntity,
                                kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::put_operation<GroupEntity>("PutGroupPolicy", errors);

}  // namespace keyfob::put_group_policy

namespace keyfob::get_group_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::get_operation<GroupEntity>("GetGroupPolicy", errors);

}  // namespace keyfob::get_group_policy

namespace keyfob::list_group_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::list_operation<GroupEntity>("ListGroupPolicies", errors);

}  // namespace keyfob::list_group_policies

namespace keyfob::delete_group_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::delete_operation<GroupEntity>("DeleteGroupPolicy", errors);

}  // namespace keyfob::delete_group_policy
