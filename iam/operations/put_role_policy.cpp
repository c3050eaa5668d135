#include "iam/inline_policies.h"

namespace keyfob::put_role_policy {

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kMalformedPolicyDocument, kind::kNoSuchEntity,
                                kind::kUnmodifiableEntity, kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::put_operation<RoleEntity>("PutRolePolicy", errors);

}  // namespace keyfob::put_role_policy
