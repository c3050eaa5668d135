#include "iam/attachments.h"

namespace keyfob::attach_role_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity,       kind::kLimitExceeded,       kind::kInvalidInput,
                                kind::kUnmodifiableEntity, kind::kPolicyNotAttachable, kind::kServiceFailure};

extern constexpr Operation operation = attachments::attach_operation<RoleEntity>("AttachRolePolicy", errors);

}  // namespace keyfob::attach_role_policy
