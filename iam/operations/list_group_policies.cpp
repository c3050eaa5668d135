#include "iam/inline_policies.h"

namespace keyfob::list_group_policies {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    inline_policies::list_operation<GroupEntity>("ListGroupPolicies", errors);

}  // namespace keyfob::list_group_policies
