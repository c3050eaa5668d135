#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::get_mfa_device {

struct Input {
  std::string serial_number;
  std::optional<std::string> user_name;
};

struct Output {
  Device device;
  std::string user_name;
};

// Security keys alone are answered for (aws/devices.md#getmfadevice); what a hardware TOTP token gets is a
// guess: the same refusal.
Result<Output> handle(const ReadCall& call, const Input& in) {
  std::optional<User> named;
  if (in.user_name) {
    TRY(named, find_user(call, *in.user_name));
  }
  TRY(Device device, find_device(call, in.serial_number));
  if (device.kind != DeviceKind::fido) return errors::device_not_supported();
  if (named && device.owner != named->user_id) return errors::device_of_another();
  auto owner = call.tx.user_by_id(device.owner.value_or(""));
  return Output{.device = std::move(device), .user_name = owner ? std::move(owner->name) : std::string()};
}

void render(XmlElement result, const Output& out) {
  if (!out.user_name.empty()) result.add("UserName", out.user_name);
  result.add("SerialNumber", out.device.serial_number);
  if (out.device.enabled) result.add("EnableDate", *out.device.enabled);
  if (out.device.certifications.empty()) return;  // absent, not empty (aws/wire.md#success-envelope)
  auto certifications = result.add("Certifications");
  for (const auto& [key, value] : out.device.certifications) {
    auto entry = certifications.add("entry");
    entry.add("key", key);
    entry.add("value", value);
  }
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::serial_number>("SerialNumber", shape::kSerialNumber),
    optional<&Input::user_name>("UserName", shape::kUserName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetMFADevice",
    .input = input,
    .errors = errors,
    .source = "devices.md#getmfadevice, devices.md#security-keys",
});

}  // namespace keyfob::get_mfa_device
