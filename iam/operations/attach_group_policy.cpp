#include "iam/attachments.h"

namespace keyfob::attach_group_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kPolicyNotAttachable, kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::attach_operation<GroupEntity>("AttachGroupPolicy", errors);

}  // namespace keyfob::attach_group_policy
