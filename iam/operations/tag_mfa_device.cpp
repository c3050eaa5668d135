#include "iam/tag_operations.h"

namespace keyfob::tag_mfa_device {

constexpr ErrorKind errors[] = {kind::kInvalidInput, kind::kNoSuchEntity, kind::kLimitExceeded,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::tag<tag_operations::OfDevice>("TagMFADevice", errors, "§5.9, §11");

}  // namespace keyfob::tag_mfa_device
