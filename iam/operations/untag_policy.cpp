#include "iam/tag_operations.h"

namespace keyfob::untag_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kConcurrentModification,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::untag<tag_operations::OfPolicy>("UntagPolicy", errors, "§11");

}  // namespace keyfob::untag_policy
