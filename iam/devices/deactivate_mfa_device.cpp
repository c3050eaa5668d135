#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/devices/device_rules.h"
#include "iam/devices/propagation.h"

namespace keyfob::deactivate_mfa_device {

struct Input {
  std::optional<std::string> user_name;
  std::string serial_number;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(const User user, find_user_or_caller(call, in.user_name));
  CHECK_OK(rules::self_management(call.caller, user, call.tx.count_devices_of(user.user_id)));
  TRY(Device device, find_device(call, in.serial_number));
  if (device.owner != user.user_id) return errors::device_of_another();
  if (device.kind == DeviceKind::fido) {
    // a security key has no life without its user (aws/devices.md#security-keys)
    remove_device(call, device);
  } else {
    remember_for_sts(call, device);
    call.tx.update(rules::release(std::move(device)));
  }
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    optional<&Input::user_name>("UserName", shape::kExistingUserName),
    required<&Input::serial_number>("SerialNumber", shape::kSerialNumber),
};

constexpr ErrorKind errors[] = {kind::kEntityTemporarilyUnmodifiable, kind::kNoSuchEntity,
                                kind::kLimitExceeded, kind::kServiceFailure, kind::kConcurrentModification};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeactivateMFADevice",
    .input = input,
    .errors = errors,
    .source = "devices.md#deactivatemfadevice, devices.md#self-management",
});

}  // namespace keyfob::deactivate_mfa_device
