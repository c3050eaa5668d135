#include "iam/attachments.h"

namespace keyfob::detach_role_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kUnmodifiableEntity, kind::kServiceFailure};

extern constexpr Operation operation = attachments::detach_operation<RoleEntity>("DetachRolePolicy", errors);

}  // namespace keyfob::detach_role_policy
