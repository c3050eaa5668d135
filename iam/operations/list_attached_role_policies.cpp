#include "iam/attachments.h"

namespace keyfob::list_attached_role_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::list_operation<RoleEntity>("ListAttachedRolePolicies", errors);

}  // namespace keyfob::list_attached_role_policies
