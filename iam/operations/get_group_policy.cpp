#include "iam/inline_policies.h"

namespace keyfob::get_group_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = inline_policies::get_operation<GroupEntity>("GetGroupPolicy", errors);

}  // namespace keyfob::get_group_policy
