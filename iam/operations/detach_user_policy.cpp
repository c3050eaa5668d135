#include "iam/attachments.h"

namespace keyfob::detach_user_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kServiceFailure};

extern constexpr Operation operation = attachments::detach_operation<UserEntity>("DetachUserPolicy", errors);

}  // namespace keyfob::detach_user_policy
