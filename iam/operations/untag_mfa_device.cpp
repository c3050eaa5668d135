#include "iam/tag_operations.h"

namespace keyfob::untag_mfa_device {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kConcurrentModification,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::untag<tag_operations::OfDevice>("UntagMFADevice", errors, "§5.9, §11");

}  // namespace keyfob::untag_mfa_device
