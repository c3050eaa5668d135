#include "iam/inline_policies.h"

namespace keyfob::get_role_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::get_operation<RoleEntity>("GetRolePolicy", errors);

}  // namespace keyfob::get_role_policy
