#include "iam/inline_policies.h"

namespace keyfob::delete_group_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::delete_operation<GroupEntity>("DeleteGroupPolicy", errors);

}  // namespace keyfob::delete_group_policy
