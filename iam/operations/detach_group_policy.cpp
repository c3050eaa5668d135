#include "iam/attachments.h"

namespace keyfob::detach_group_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::detach_operation<GroupEntity>("DetachGroupPolicy", errors);

}  // namespace keyfob::detach_group_policy
