#include "iam/tag_operations.h"

namespace keyfob::tag_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::tag<tag_operations::OfPolicy>("TagPolicy", errors, "§11");

}  // namespace keyfob::tag_policy
