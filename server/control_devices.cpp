// Devices as their makers and holders see them: tokens on the shelf, security keys, codes and QR images.
#include <boost/json.hpp>

#include "iam/call/names.h"
#include "iam/devices/fido.h"
#include "iam/devices/propagation.h"
#include "protocol/shape.h"
#include "protocol/text.h"
#include "server/control_call.h"
#include "server/device_codes.h"
#include "server/json_reply.h"
#include "totp/base32.h"
#include "totp/code.h"
#include "totp/otpauth.h"
#include "totp/qr.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

AwsError no_device(const std::string& serial_number) {
  return not_found("No device with serial number " + serial_number + ".");
}

Result<Device> stored_device(ControlCall& call) {
  TRY(const std::string serial_number, call.required("serial"));
  std::optional<Device> device;
  call.service.store().read(call.account, [&](ReadTx& tx) { device = tx.device(serial_number); });
  if (!device) return no_device(serial_number);
  return std::move(*device);
}

Result<Device> totp_device(ControlCall& call) {
  TRY(Device device, stored_device(call));
  if (device.kind == DeviceKind::fido) return not_found("A security key has no codes.");
  return device;
}

Result<HttpReply> codes(ControlCall& call) {
  TRY(const Device device, totp_device(call));
  auto at = call.now();
  if (const auto text = call.query.find("at")) {
    TRY(at, to_time("at", *text));
  }
  return json_reply(codes_json(device, at));
}

Result<HttpReply> qr(ControlCall& call) {
  TRY(const Device device, stored_device(call));
  if (device.kind != DeviceKind::virtual_totp) return not_found("Only a virtual device has a QR code.");
  const auto seed = totp::base32_encode(device.seed.reveal());
  return HttpReply{
      .content_type = "image/png",
      .body = totp::qr_png(totp::otpauth_uri(device_name(device.serial_number), device.label, seed))};
}

json::object shown(ReadTx& tx, const Device& device) {
  json::object shown{{"serialNumber", device.serial_number}, {"type", kDeviceTypes[int(device.kind)]}};
  if (device.owner) {
    const auto user = tx.user_by_id(*device.owner);
    if (user) shown["userName"] = user->name;
    if (device.owner == tx.account_id().str()) shown["root"] = true;
  }
  if (device.enabled) shown["enableDate"] = to_rfc3339(*device.enabled);
  json::array tags;
  for (const auto& tag : tx.tags(tagged_device(device.serial_number))) {
    tags.push_back({{"key", tag.key}, {"value", tag.value}});
  }
  shown["tags"] = std::move(tags);
  return shown;
}

Result<HttpReply> list(ControlCall& call) {
  json::array devices;
  call.service.store().read(call.account, [&](ReadTx& tx) {
    for (const auto& device : tx.devices()) devices.push_back(shown(tx, device));
  });
  return json_reply({{"devices", std::move(devices)}});
}

// A token as it comes from its maker: known, and nobody's.
Result<HttpReply> put_on_shelf(ControlCall& call, const json::object& body) {
  Device device;
  device.kind = DeviceKind::hardware_totp;
  TRY(device.serial_number, text_member(body, "serialNumber"));
  const auto length = std::int64_t(characters(device.serial_number));
  if (length < shape::kSerialNumber.min || length > shape::kSerialNumber.max ||
      !shape::is_serial_number(device.serial_number)) {
    return bad_request("\"serialNumber\" must be 9 to 256 characters of A–Z, a–z, 0–9 and _+=/:,.@-");
  }
  const bool given = body.contains("seed");
  if (given) {
    TRY(const std::string text, text_member(body, "seed"));
    const auto seed = totp::base32_decode(text);
    if (!seed || seed->empty() || seed->size() > totp::kLongestSeed) {
      return bad_request("\"seed\" must be base32 of at most " + std::to_string(totp::kLongestSeed) +
                         " bytes.");
    }
    device.seed = Secret{*seed};
  } else {
    device.seed = Secret{call.service.entropy().bytes(totp::kSeedBytes)};
  }

  CHECK_OK(call.service.accounts().as_root(call.account, [&](Call& as_root) -> Result<void> {
    if (as_root.tx.device(device.serial_number))
      return conflict("A device with serial number " + device.serial_number + " exists.");
    as_root.tx.add(device);
    return {};
  }));
  json::object answer{{"serialNumber", device.serial_number}, {"type", "hardware"}};
  if (!given) answer["seed"] = totp::base32_encode(device.seed.reveal());
  return json_reply(answer, 201);
}

// A security key or passkey of a user, as the AWS console enrols it.
Result<HttpReply> enrol_security_key(ControlCall& call, const json::object& body) {
  FidoEnrolment enrolment;
  TRY(const bool root, flag_member(body, "root"));
  if (!root) {
    TRY(enrolment.user_name, text_member(body, "userName"));
  }
  TRY(enrolment.name, text_member(body, "name"));
  if (const auto* certifications = body.if_contains("certifications")) {
    if (!certifications->is_object()) return bad_request("\"certifications\" must be an object.");
    for (const auto& [key, value] : certifications->get_object()) {
      if (!value.is_string()) return bad_request("A certification's level must be a string.");
      enrolment.certifications.emplace_back(std::string(key), std::string(value.get_string()));
    }
  }
  Device device;
  CHECK_OK(call.service.accounts().as_root(call.account, [&](Call& as_root) -> Result<void> {
    TRY(device, enrol_fido(as_root.tx, as_root.world.entropy, as_root.world.limits, enrolment, as_root.now));
    return {};
  }));
  return json_reply({{"serialNumber", device.serial_number}, {"type", "fido"}}, 201);
}

Result<HttpReply> add(ControlCall& call) {
  TRY(const json::object body, parse_object(call.request.body));
  TRY(const std::string type, text_member(body, "type"));
  if (type == "hardware") return put_on_shelf(call, body);
  if (type == "fido") return enrol_security_key(call, body);
  return bad_request("\"type\" must be \"hardware\" or \"fido\".");
}

Result<HttpReply> remove(ControlCall& call) {
  TRY(const std::string serial_number, call.required("serial"));
  CHECK_OK(call.service.accounts().as_root(call.account, [&](Call& as_root) -> Result<void> {
    const auto device = as_root.tx.device(serial_number);
    if (!device) return no_device(serial_number);
    remove_device(as_root, *device);
    return {};
  }));
  return no_content();
}

constexpr Route kRoutes[] = {
    {"GET", "/_keyfob/codes", codes},       {"GET", "/_keyfob/qr", qr},
    {"GET", "/_keyfob/devices", list},      {"POST", "/_keyfob/devices", add},
    {"DELETE", "/_keyfob/devices", remove},
};

}  // namespace

std::span<const Route> device_routes() { return kRoutes; }

}  // namespace keyfob::server
