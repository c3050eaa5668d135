#include "iam/inline_policies.h"

namespace keyfob::list_user_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::list_operation<UserEntity>("ListUserPolicies", errors);

}  // namespace keyfob::list_user_policies
