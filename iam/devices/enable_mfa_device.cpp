#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/devices/device_rules.h"
#include "iam/devices/propagation.h"

namespace keyfob::enable_mfa_device {

struct Input {
  std::string user_name;
  std::string serial_number;
  std::string code1;
  std::string code2;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(const User user, find_user(call, in.user_name));
  const auto devices = call.tx.count_devices_of(user.user_id);
  CHECK_OK(rules::self_management(call.caller, user, devices));
  TRY(const Device device, find_device(call, in.serial_number));
  TRY(const Device enabled,
      rules::enable(device, user, {in.code1, in.code2}, call.now,
                    {.devices_of_user = devices, .quota = call.world.limits.devices_per_user}));
  remember_for_sts(call, device);
  call.tx.update(enabled);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::user_name>("UserName", shape::kExistingUserName),
    required<&Input::serial_number>("SerialNumber", shape::kSerialNumber),
    required<&Input::code1>("AuthenticationCode1", shape::kAuthenticationCode),
    required<&Input::code2>("AuthenticationCode2", shape::kAuthenticationCode),
};

constexpr ErrorKind errors[] = {kind::kEntityAlreadyExists,
                                kind::kEntityTemporarilyUnmodifiable,
                                kind::kInvalidAuthenticationCode,
                                kind::kLimitExceeded,
                                kind::kNoSuchEntity,
                                kind::kServiceFailure,
                                kind::kConcurrentModification};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "EnableMFADevice",
    .input = input,
    .errors = errors,
    .source = "devices.md#enablemfadevice, devices.md#self-management, codes.md#pairs-of-codes",
});

}  // namespace keyfob::enable_mfa_device
