// Devices as their makers and holders see them: tokens on the shelf, security keys, codes, seeds and QR
// images.
#include "iam/call/names.h"
#include "iam/devices/fido.h"
#include "iam/devices/hardware_tokens.h"
#include "iam/devices/propagation.h"
#include "server/control_bodies.h"
#include "server/control_call.h"
#include "server/control_words.h"
#include "totp/base32.h"
#include "totp/otpauth.h"
#include "totp/qr.h"

namespace keyfob::server {

constexpr Member kNewHardwareToken[] = {
    constant("type", "hardware"),
    required<&NewHardwareToken::serial_number>("serialNumber", {},
                                               {.shape = &shape::kSerialNumber, .checked_by_rules = true}),
    optional<&NewHardwareToken::seed>("seed", "Base32; made by the server, and told once, without it.",
                                      kSeedBounds),
};
constexpr Struct NewHardwareToken::json{.name = "HardwareToken",
                                        .members = kNewHardwareToken,
                                        .example = R"({"type":"hardware","serialNumber":"GAHT12345678"})"};

constexpr Member kNewSecurityKey[] = {
    constant("type", "fido"),
    members_of<&NewSecurityKey::whose>(),
    required<&NewSecurityKey::name>("name", {}, {.shape = &kSecurityKeyName, .checked_by_rules = true}),
    optional<&NewSecurityKey::certifications>("certifications", "Levels by the names of what was certified."),
};
constexpr Struct NewSecurityKey::json{
    .name = "SecurityKey",
    .members = kNewSecurityKey,
    .example = R"({"type":"fido","userName":"bob","name":"key1","certifications":{"FIDO":"L1"}})"};

namespace device_calls {

constexpr Shape kText{.name = "text", .min = 1};

// Which device is asked about.
struct Which {
  std::string serial;
  static const Struct json;
};
constexpr Member kWhich[] = {
    required<&Which::serial>("serial", "A device's serial number.", {.shape = &kText})};
constexpr Struct Which::json{.members = kWhich,
                             .example = R"({"serial":"arn:aws:iam::123456789012:mfa/phone"})"};

struct WhichAndWhen {
  Which which;
  std::optional<Instant> at;
  static const Struct json;
};
constexpr Member kWhichAndWhen[] = {
    members_of<&WhichAndWhen::which>(),
    optional<&WhichAndWhen::at>("at", "The time to show codes of; the account's time without it."),
};
constexpr Struct WhichAndWhen::json{.members = kWhichAndWhen};

struct ShownSeed {
  std::string serial_number;
  std::string seed;
  static const Struct json;
};
constexpr Member kShownSeed[] = {required<&ShownSeed::serial_number>("serialNumber"),
                                 required<&ShownSeed::seed>("seed", "Base32.", kSeedBounds)};
constexpr Struct ShownSeed::json{.members = kShownSeed};

struct ShownTag {
  std::string key, value;
  static const Struct json;
};
constexpr Member kShownTag[] = {required<&ShownTag::key>("key"), required<&ShownTag::value>("value")};
constexpr Struct ShownTag::json{.name = "Tag", .members = kShownTag};

struct ShownDevice {
  std::string serial_number;
  std::string type;
  std::optional<std::string> user_name;
  std::optional<bool> root;
  std::optional<Instant> enable_date;
  std::vector<ShownTag> tags;
  static const Struct json;
};
constexpr Member kShownDevice[] = {
    required<&ShownDevice::serial_number>("serialNumber"),
    required<&ShownDevice::type>("type", {}, kDeviceTypeBounds),
    optional<&ShownDevice::user_name>("userName"),
    optional<&ShownDevice::root>("root", "The account's root has it."),
    optional<&ShownDevice::enable_date>("enableDate"),
    required<&ShownDevice::tags>("tags"),
};
constexpr Struct ShownDevice::json{.name = "Device", .members = kShownDevice};

struct Devices {
  std::vector<ShownDevice> devices;
  static const Struct json;
};
constexpr Member kDevices[] = {required<&Devices::devices>("devices")};
constexpr Struct Devices::json{.members = kDevices};

struct AddedDevice {
  std::string serial_number;
  std::string type;
  std::optional<std::string> seed;
  static const Struct json;
};
constexpr Member kAddedDevice[] = {
    required<&AddedDevice::serial_number>("serialNumber"),
    required<&AddedDevice::type>("type", {}, kDeviceTypeBounds),
    optional<&AddedDevice::seed>("seed", "Base32; only when it was made by the server.", kSeedBounds),
};
constexpr Struct AddedDevice::json{.name = "AddedDevice", .members = kAddedDevice};

std::string type_of(const Device& device) { return kDeviceTypes[int(device.kind)]; }
std::string seed_of(const Device& device) { return totp::base32_encode(device.seed.reveal()); }

AwsError no_device(const std::string& serial_number) {
  return not_found("No device with serial number " + serial_number + ".");
}

Result<Device> stored_device(ControlCall& call, const Which& which) {
  std::optional<Device> device;
  call.service.store().read(call.account, [&](ReadTx& tx) { device = tx.device(which.serial); });
  if (!device) return no_device(which.serial);
  return std::move(*device);
}

Result<Device> totp_device(ControlCall& call, const Which& which, const std::string& lacks) {
  TRY(Device device, stored_device(call, which));
  if (device.kind == DeviceKind::fido) return not_found("A security key has no " + lacks + ".");
  return device;
}

Result<Codes> codes(ControlCall& call, const Query<WhichAndWhen>& in) {
  TRY(const Device device, totp_device(call, in.which, "codes"));
  return codes_of(device, in.at.value_or(call.now()));
}

Result<ShownSeed> seed(ControlCall& call, const Query<Which>& in) {
  TRY(const Device device, totp_device(call, in, "seed"));
  return ShownSeed{.serial_number = device.serial_number, .seed = seed_of(device)};
}

Result<HttpReply> qr(ControlCall& call, const Query<Which>& in) {
  TRY(const Device device, stored_device(call, in));
  if (device.kind != DeviceKind::virtual_totp) return not_found("Only a virtual device has a QR code.");
  const auto uri = totp::otpauth_uri(device_name(device.serial_number), device.label, seed_of(device));
  return HttpReply{.content_type = "image/png", .body = totp::qr_png(uri)};
}

ShownDevice shown(ReadTx& tx, const Device& device) {
  ShownDevice shown{.serial_number = device.serial_number,
                    .type = type_of(device),
                    .user_name = {},
                    .root = {},
                    .enable_date = device.enabled,
                    .tags = {}};
  if (device.owner) {
    if (const auto user = tx.user_by_id(*device.owner)) shown.user_name = user->name;
    if (device.owner == tx.account_id().str()) shown.root = true;
  }
  for (auto& tag : tx.tags(tagged_device(device.serial_number))) {
    shown.tags.push_back({std::move(tag.key), std::move(tag.value)});
  }
  return shown;
}

Result<Devices> list(ControlCall& call) {
  Devices listed;
  call.service.store().read(call.account, [&](ReadTx& tx) {
    for (const auto& device : tx.devices()) listed.devices.push_back(shown(tx, device));
  });
  return listed;
}

Result<Device> added(Call& as_root, const NewHardwareToken& token) {
  return put_on_shelf(as_root, {.serial_number = token.serial_number, .seed = token.seed});
}

// A security key or passkey, as the AWS console enrols it.
Result<Device> added(Call& as_root, const NewSecurityKey& key) {
  FidoEnrolment enrolment{.user_name = {}, .name = key.name, .certifications = key.certifications};
  TRY(const bool root, is_root(key.whose));
  if (!root) enrolment.user_name = key.whose.user_name;
  return enrol_fido(as_root.tx, as_root.world.entropy, as_root.world.limits, enrolment, as_root.now);
}

Result<AddedDevice> add(ControlCall& call, const NewDevice& in) {
  Device device;
  CHECK_OK(call.service.accounts().as_root(call.account, [&](Call& as_root) -> Result<void> {
    TRY(device, std::visit([&](const auto& asked) { return added(as_root, asked); }, in));
    return {};
  }));
  AddedDevice answer{.serial_number = device.serial_number, .type = type_of(device), .seed = {}};
  const auto* token = std::get_if<NewHardwareToken>(&in);
  if (token != nullptr && !token->seed) answer.seed = seed_of(device);
  return answer;
}

Result<void> remove(ControlCall& call, const Query<Which>& in) {
  return call.service.accounts().as_root(call.account, [&](Call& as_root) -> Result<void> {
    const auto device = as_root.tx.device(in.serial);
    if (!device) return no_device(in.serial);
    remove_device(as_root, *device);
    return {};
  });
}

constexpr Content kPng[] = {
    {"image/png", R"({"type":"string","contentEncoding":"binary","contentMediaType":"image/png"})"}};

constexpr Route kRoutes[] = {
    route<&codes>({.method = "GET",
                   .path = "/_keyfob/codes",
                   .id = "codes",
                   .section = &section::kCodes,
                   .summary = "The codes that a device shows.",
                   .answers = "The codes.",
                   .fails = {404}}),
    route<&qr>({.method = "GET",
                .path = "/_keyfob/qr",
                .id = "qr",
                .section = &section::kCodes,
                .summary = "The QR image of a virtual device.",
                .answers = "The image.",
                .content = kPng,
                .fails = {404}}),
    route<&seed>({.method = "GET",
                  .path = "/_keyfob/seed",
                  .id = "seed",
                  .section = &section::kCodes,
                  .summary = "The seed of a virtual device or hardware token.",
                  .answers = "The seed, in the clear.",
                  .fails = {404}}),
    route<&list>({.method = "GET",
                  .path = "/_keyfob/devices",
                  .id = "listDevices",
                  .section = &section::kDevices,
                  .summary = "Every device of the account, of every kind.",
                  .answers = "The devices, without their seeds."}),
    route<&add>({.method = "POST",
                 .path = "/_keyfob/devices",
                 .id = "addDevice",
                 .section = &section::kDevices,
                 .summary = "Puts a hardware token on the shelf, or enrols a user's security key.",
                 .status = 201,
                 .answers = "The device is there.",
                 .fails = {404, 409}}),
    route<&remove>({.method = "DELETE",
                    .path = "/_keyfob/devices",
                    .id = "removeDevice",
                    .section = &section::kDevices,
                    .summary = "Takes a device away, whatever its state.",
                    .fails = {404}}),
};

}  // namespace device_calls

std::span<const Route> device_routes() { return device_calls::kRoutes; }

}  // namespace keyfob::server
