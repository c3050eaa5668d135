#include "iam/boundaries.h"

namespace keyfob::put_role_permissions_boundary {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kUnmodifiableEntity,
                                kind::kPolicyNotAttachable, kind::kServiceFailure};

extern constexpr Operation operation =
    boundaries::put_operation<RoleEntity>("PutRolePermissionsBoundary", errors);

}  // namespace keyfob::put_role_permissions_boundary
