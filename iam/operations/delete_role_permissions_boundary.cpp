#include "iam/boundaries.h"

namespace keyfob::delete_role_permissions_boundary {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kUnmodifiableEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    boundaries::delete_operation<RoleEntity>("DeleteRolePermissionsBoundary", errors);

}  // namespace keyfob::delete_role_permissions_boundary
