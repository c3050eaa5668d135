#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/devices/propagation.h"

namespace keyfob::delete_virtual_mfa_device {

struct Input {
  std::string serial_number;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(const Device device, find_virtual_device(call, in.serial_number));
  if (device.owner) return errors::device_assigned();
  remove_device(call, device);
  return {};
}

std::string resource(const ReadCall&, const Input& in) { return in.serial_number; }

constexpr MemberSpec input[] = {
    required<&Input::serial_number>("SerialNumber", shape::kSerialNumber),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kDeleteConflict, kind::kLimitExceeded,
                                kind::kServiceFailure, kind::kConcurrentModification};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeleteVirtualMFADevice",
    .input = input,
    .errors = errors,
    .source = "devices.md#deletevirtualmfadevice",
});

}  // namespace keyfob::delete_virtual_mfa_device
