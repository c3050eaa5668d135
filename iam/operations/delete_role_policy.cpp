#include "iam/inline_policies.h"

namespace keyfob::delete_role_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kUnmodifiableEntity,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::delete_operation<RoleEntity>("DeleteRolePolicy", errors);

}  // namespace keyfob::delete_role_policy
