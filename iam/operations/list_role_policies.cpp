#include "iam/inline_policies.h"

namespace keyfob::list_role_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::list_operation<RoleEntity>("ListRolePolicies", errors);

}  // namespace keyfob::list_role_policies
