#include "iam/inline_policies.h"

namespace keyfob::get_user_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::get_operation<UserEntity>("GetUserPolicy", errors);

}  // namespace keyfob::get_user_policy
