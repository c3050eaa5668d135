#include "iam/tag_operations.h"

namespace keyfob::list_role_tags {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::list<tag_operations::OfRole>("ListRoleTags", errors, "§9.7, §11");

}  // namespace keyfob::list_role_tags
