#include "iam/tag_operations.h"

namespace keyfob::list_mfa_device_tags {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::list<tag_operations::OfDevice>("ListMFADeviceTags", errors, "§5.9, §11");

}  // namespace keyfob::list_mfa_device_tags
