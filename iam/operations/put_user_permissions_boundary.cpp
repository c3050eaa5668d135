#include "iam/boundaries.h"

namespace keyfob::put_user_permissions_boundary {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kPolicyNotAttachable,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    boundaries::put_operation<UserEntity>("PutUserPermissionsBoundary", errors);

}  // namespace keyfob::put_user_permissions_boundary
