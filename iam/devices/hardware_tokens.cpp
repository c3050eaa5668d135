#include "iam/devices/hardware_tokens.h"

#include "protocol/shape.h"
#include "protocol/text.h"
#include "totp/base32.h"
#include "totp/code.h"

namespace keyfob {
namespace {

AwsError bad_request(std::string message) { return {"BadRequest", 400, std::move(message)}; }

Result<void> check_serial_number(const std::string& serial_number) {
  const auto length = std::int64_t(characters(serial_number));
  if (length < shape::kSerialNumber.min || length > shape::kSerialNumber.max ||
      !shape::is_serial_number(serial_number)) {
    return bad_request("\"serialNumber\" must be 9 to 256 characters of A–Z, a–z, 0–9 and _+=/:,.@-");
  }
  return {};
}

Result<Secret> read_seed(const std::string& text) {
  auto seed = totp::base32_decode(text);
  if (!seed || seed->empty() || seed->size() > totp::kLongestSeed) {
    return bad_request("\"seed\" must be base32 of at most " + std::to_string(totp::kLongestSeed) +
                       " bytes.");
  }
  return Secret{std::move(*seed)};
}

}  // namespace

Result<Device> put_on_shelf(Call& call, const HardwareToken& token) {
  CHECK_OK(check_serial_number(token.serial_number));
  Device device;
  device.kind = DeviceKind::hardware_totp;
  device.serial_number = token.serial_number;
  if (token.seed) {
    TRY(device.seed, read_seed(*token.seed));
  } else {
    device.seed = Secret{call.world.entropy.bytes(totp::kSeedBytes)};
  }
  if (call.tx.device(device.serial_number)) {
    return AwsError{"Conflict", 409, "A device with serial number " + device.serial_number + " exists."};
  }
  call.tx.add(device);
  return device;
}

}  // namespace keyfob
