#include "iam/tag_operations.h"

namespace keyfob::untag_user {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::untag<tag_operations::OfUser>("UntagUser", errors, "§9.8, §11");

}  // namespace keyfob::untag_user
