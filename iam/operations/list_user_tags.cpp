#include "iam/tag_operations.h"

namespace keyfob::list_user_tags {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::list<tag_operations::OfUser>("ListUserTags", errors, "§9.8, §11");

}  // namespace keyfob::list_user_tags
