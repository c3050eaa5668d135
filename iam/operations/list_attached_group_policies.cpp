#include "iam/attachments.h"

namespace keyfob::list_attached_group_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation =
    attachments::list_operation<GroupEntity>("ListAttachedGroupPolicies", errors);

}  // namespace keyfob::list_attached_group_policies
