#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"
#include "iam/tags/tag_rules.h"
#include "protocol/text.h"
#include "totp/base32.h"
#include "totp/code.h"
#include "totp/otpauth.h"
#include "totp/qr.h"

namespace keyfob::create_virtual_mfa_device {

struct Input {
  std::optional<std::string> path;
  std::string name;
  std::vector<Tag> tags;
};

struct Output {
  Device device;
  std::vector<Tag> tags;
};

std::string serial_number(const ReadCall& call, const Input& in) {
  return mfa_arn(call.account(), in.path.value_or("/"), in.name);
}

Result<Output> handle(Call& call, const Input& in) {
  CHECK_OK(rules::check_tags(in.tags, true));
  Device device;
  device.serial_number = serial_number(call, in);
  if (std::int64_t(device.serial_number.size()) > shape::kSerialNumber.max)
    return errors::serial_number_too_long();
  if (call.tx.device(device.serial_number)) return errors::device_exists();
  const auto quota = call.world.limits.virtual_devices;
  if (call.tx.count_virtual_devices() >= quota) return errors::too_many_virtual_devices(quota);

  device.seed = Secret{call.world.entropy.bytes(totp::kSeedBytes)};
  device.label = account_of(call).alias.value_or(call.account().str());
  call.tx.add(device);
  call.tx.set_tags(tagged_device(device.serial_number), in.tags);
  return Output{.device = std::move(device), .tags = in.tags};
}

// Drawn here, outside the transaction.
void render(XmlElement result, const Output& out) {
  const auto seed = totp::base32_encode(out.device.seed.reveal());
  const auto uri = totp::otpauth_uri(device_name(out.device.serial_number), out.device.label, seed);
  auto device = result.add("VirtualMFADevice");
  device.add("QRCodePNG", base64_encode(totp::qr_png(uri)));
  device.add("Base32StringSeed", base64_encode(seed));  // base64 of the base32 text (aws/devices.md#seed)
  device.add("SerialNumber", out.device.serial_number);
  if (!out.tags.empty()) render_tags(device, out.tags);
}

constexpr MemberSpec input[] = {
    optional<&Input::path>("Path", shape::kPath),
    required<&Input::name>("VirtualMFADeviceName", shape::kVirtualMFADeviceName),
    optional<&Input::tags>("Tags", shape::kTagList),
};

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kInvalidInput, kind::kEntityAlreadyExists,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &serial_number, &render>({
    .name = "CreateVirtualMFADevice",
    .input = input,
    .errors = errors,
    .source = "devices.md#createvirtualmfadevice, devices.md#virtual-devices",
    .tagging = "TagMFADevice",
});

}  // namespace keyfob::create_virtual_mfa_device
