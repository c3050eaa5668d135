#include "iam/inline_policies.h"

namespace keyfob::put_user_policy {

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kMalformedPolicyDocument, kind::kNoSuchEntity,
                                kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::put_operation<UserEntity>("PutUserPolicy", errors);

}  // namespace keyfob::put_user_policy
