#include "iam/attachments.h"

namespace keyfob::list_attached_user_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::list_operation<UserEntity>("ListAttachedUserPolicies", errors);

}  // namespace keyfob::list_attached_user_policies
