#include "iam/tag_operations.h"

namespace keyfob::list_policy_tags {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure, kind::kInvalidInput};

extern constexpr Operation operation =
    tag_operations::list<tag_operations::OfPolicy>("ListPolicyTags", errors, "§11");

}  // namespace keyfob::list_policy_tags
