#include "iam/devices/device_rules.h"

#include "iam/call/errors.h"
#include "totp/search.h"

namespace keyfob::rules {
namespace {

// The device after its pair was accepted: the drift measured again, the pair remembered (aws/codes.md#drift).
Result<Device> accept_pair(Device device, CodePair codes, Instant now) {
  const auto first = totp::parse_code(codes.first);
  const auto second = totp::parse_code(codes.second);
  if (!first || !second) return errors::invalid_authentication_code();

  totp::CodeGenerator generator(device.seed.reveal());
  const auto step = totp::step_of(now);
  const auto found = totp::find_pair(generator, step + device.drift, device.last_pair, *first, *second);
  if (!found) return errors::invalid_authentication_code();

  device.drift = *found - step;
  device.last_pair = *found;
  return device;
}

}  // namespace

Result<void> self_management(const Caller& caller, const User& user, std::int64_t devices_of_user) {
  const bool manages_self = caller.is_user() && caller.user->user_id == user.user_id;
  if (manages_self && devices_of_user > 0 && !caller.mfa_authenticated())
    return errors::self_management_needs_mfa();
  return {};
}

Result<Device> enable(Device device, const User& user, CodePair codes, Instant now, EnableLimits limits) {
  if (device.owner == user.user_id) return errors::device_already_of_user(user.name);
  if (device.owner) return errors::device_in_use();
  if (limits.devices_of_user >= limits.quota) return errors::too_many_devices_per_user(limits.quota);
  TRY(Device enabled, accept_pair(std::move(device), codes, now));
  enabled.owner = user.user_id;
  enabled.enabled = now;
  return enabled;
}

Result<Device> resync(Device device, const User& user, CodePair codes, Instant now) {
  if (device.owner != user.user_id || device.kind == DeviceKind::fido) return errors::device_of_another();
  return accept_pair(std::move(device), codes, now);
}

Device release(Device device) {
  device.owner = std::nullopt;
  device.enabled = std::nullopt;
  return device;
}

}  // namespace keyfob::rules
