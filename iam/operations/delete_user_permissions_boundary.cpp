#include "iam/boundaries.h"

namespace keyfob::delete_user_permissions_boundary {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    boundaries::delete_operation<UserEntity>("DeleteUserPermissionsBoundary", errors);

}  // namespace keyfob::delete_user_permissions_boundary
