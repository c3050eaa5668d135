// Put and Delete of the permissions boundary of a user or a role, each written once. `errors` is a constexpr
// array: what the service model declares for that operation.

#include <string>

#include "iam/call/entities.h"
#include "iam/call/operation.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::boundaries {

struct PutInput {
  std::string entity_name;
  std::string permissions_boundary;
};

struct DeleteInput {
  std::string entity_name;
};

template <class Entity>
Result<void> handle_put(Call& call, const PutInput& in) {
  TRY(auto entity, Entity::find(call, in.entity_name));
  CHECK_OK(check_boundary(call, in.permissions_boundary));
  entity.boundary = in.permissions_boundary;
  call.tx.update(entity);
  return {};
}

// Where there is none, deleting it is no error (a guess).
template <class Entity>
Result<void> handle_delete(Call& call, const DeleteInput& in) {
  TRY(auto entity, Entity::find(call, in.entity_name));
  entity.boundary = std::nullopt;
  call.tx.update(entity);
  return {};
}

template <class Entity>
std::string resource_of(const ReadCall& call, const auto& in) {
  return Entity::resource(call, in.entity_name);
}

template <class Entity>
inline constexpr MemberSpec kPutInput[] = {
    required<&PutInput::entity_name>(Entity::kMember, Entity::kShape),
    required<&PutInput::permissions_boundary>("PermissionsBoundary", shape::kArn),
};

template <class Entity>
inline constexpr MemberSpec kDeleteInput[] = {
    required<&DeleteInput::entity_name>(Entity::kMember, Entity::kShape),
};

template <class Entity>
constexpr Operation put_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_put<Entity>, &resource_of<Entity, PutInput>>(
      {.name = name,
       .input = kPutInput<Entity>,
       .errors = errors,
       .source = "policies.md#permissions-boundaries",
       .evidence = Evidence::documented});
}

template <class Entity>
constexpr Operation delete_operation(std::string_view name, std::span<const ErrorKind> errors) {
  return define<&handle_delete<Entity>, &resource_of<Entity, DeleteInput>>(
      {.name = name,
       .input = kDeleteInput<Entity>,
       .errors = errors,
       .source = "policies.md#permissions-boundaries",
       .evidence = Evidence::documented});
}

}  // namespace keyfob::boundaries

namespace keyfob::put_user_permissions_boundary {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kPolicyNotAttachable,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    boundaries::put_operation<UserEntity>("PutUserPermissionsBoundary", errors);

}  // namespace keyfob::put_user_permissions_boundary

namespace keyfob::delete_user_permissions_boundary {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    boundaries::delete_operation<UserEntity>("DeleteUserPermissionsBoundary", errors);

}  // namespace keyfob::delete_user_permissions_boundary

namespace keyfob::put_role_permissions_boundary {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kUnmodifiableEntity,
                                kind::kPolicyNotAttachable, kind::kServiceFailure};

extern constexpr Operation operation =
    boundaries::put_operation<RoleEntity>("PutRolePermissionsBoundary", errors);

}  // namespace keyfob::put_role_permissions_boundary

namespace keyfob::delete_role_permissions_boundary {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kUnmodifiableEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    boundaries::delete_operation<RoleEntity>("DeleteRolePermissionsBoundary", errors);

}  // namespace keyfob::delete_role_permissions_boundary
