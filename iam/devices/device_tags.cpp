#include "iam/call/lookup.h"
#include "iam/tags/tag_operations.h"

namespace keyfob {

struct TagsOfDevice {
  static constexpr std::string_view kMember = "SerialNumber";
  static constexpr const Shape& kShape = shape::kSerialNumber;
  static constexpr bool kCaseSensitive = true;
  static Result<Tagged> find(const ReadCall& call, const std::string& serial_number) {
    TRY(const Device device, find_virtual_device(call, serial_number));
    return tagged_device(device.serial_number);
  }
  static std::string resource(const ReadCall&, const std::string& serial_number) { return serial_number; }
};

}  // namespace keyfob

namespace keyfob::tag_mfa_device {

constexpr ErrorKind errors[] = {kind::kInvalidInput, kind::kNoSuchEntity, kind::kLimitExceeded,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::tag<TagsOfDevice>("TagMFADevice", errors, "devices.md#tagmfadevice, tags.md");

}  // namespace keyfob::tag_mfa_device

namespace keyfob::untag_mfa_device {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kConcurrentModification,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::untag<TagsOfDevice>("UntagMFADevice", errors, "devices.md#untagmfadevice, tags.md");

}  // namespace keyfob::untag_mfa_device

namespace keyfob::list_mfa_device_tags {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::list<TagsOfDevice>("ListMFADeviceTags", errors, "devices.md#listmfadevicetags, tags.md");

}  // namespace keyfob::list_mfa_device_tags
