#include "iam/tag_operations.h"

namespace keyfob::untag_role {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::untag<tag_operations::OfRole>("UntagRole", errors, "§9.7, §11");

}  // namespace keyfob::untag_role
