#include "iam/devices/fido.h"

#include <algorithm>

#include "iam/call/errors.h"

namespace keyfob {
namespace {

Result<void> check(const FidoEnrolment& enrolment) {
  if (!kSecurityKeyName.accepts(enrolment.name) ||
      std::int64_t(enrolment.name.size()) > kSecurityKeyName.max) {
    return AwsError{kind::kValidationError,
                    "A security key's name is 1 to 64 characters of letters, digits and +=,.@_-"};
  }
  return check_certifications(enrolment.certifications);
}

// Whose the key is, and where AWS's ARN says so (aws/devices.md#security-keys).
struct Holder {
  std::string id;
  std::string arn_part;
};

Result<Holder> find_holder(ReadTx& tx, const std::optional<std::string>& user_name) {
  if (!user_name) return Holder{.id = tx.account_id().str(), .arn_part = "root-account/"};
  const auto user = tx.user(*user_name);
  if (!user) return errors::no_such_user(*user_name);
  return Holder{.id = user->user_id, .arn_part = "user/" + user->name + "/"};
}

}  // namespace

Result<void> check_certifications(const Certifications& certifications) {
  const auto printable = [](const auto& entry) {
    const auto& [key, value] = entry;
    return !key.empty() && key.size() <= 128 && shape::is_latin(key) && !value.empty() &&
           value.size() <= 32 && shape::is_latin(value);
  };
  if (!std::ranges::all_of(certifications, printable)) {
    return AwsError{kind::kValidationError,
                    "A certification has a key of 1 to 128 and a value of 1 to 32 characters."};
  }
  return {};
}

Result<Device> enrol_fido(Tx& tx, Entropy& entropy, const Limits& limits, const FidoEnrolment& enrolment,
                          Instant now) {
  CHECK_OK(check(enrolment));
  TRY(const Holder holder, find_holder(tx, enrolment.user_name));
  if (tx.count_devices_of(holder.id) >= limits.devices_per_user) {
    return errors::too_many_devices_per_user(limits.devices_per_user);
  }
  Device device;
  device.kind = DeviceKind::fido;
  device.serial_number = "arn:aws:iam::" + tx.account_id().str() + ":u2f/" + holder.arn_part +
                         enrolment.name + "-" + entropy.id("", 26);
  device.owner = holder.id;
  device.enabled = now;
  device.certifications = enrolment.certifications;
  tx.add(device);
  return device;
}

}  // namespace keyfob
