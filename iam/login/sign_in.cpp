#include "iam/login/sign_in.h"

#include <algorithm>

#include "iam/devices/mfa_verification.h"
#include "iam/devices/propagation.h"
#include "iam/sts/sessions.h"

namespace keyfob {
namespace {

constexpr std::chrono::hours kConsoleSession{12};
constexpr std::size_t kMostDevices = 1000;

AwsError invalid_credentials() {
  return {"InvalidCredentials", 401, "The user name or the password is wrong."};
}
AwsError mfa_required() { return {"MFARequired", 401, "The user has an MFA device: a code is needed."}; }
AwsError invalid_mfa_code() { return {"InvalidMFACode", 401, "The MFA code is wrong, used or out of date."}; }

// A user with several devices may take the code of any; only those that show codes can help. A good code is a
// try of the device that shows it, a wrong one a try of each.
Result<void> check_code(Call& call, const std::vector<Device>& devices, const std::string& code) {
  auto& tx = call.tx;
  const auto now = call.now;
  const auto fits = [&](const Device& device) {
    return device.kind != DeviceKind::fido && shows_code(tx, now, device, code);
  };
  if (const auto device = std::ranges::find_if(devices, fits); device != devices.end()) {
    if (use_code(tx, now, *device, code)) return {};
    return invalid_mfa_code();
  }
  for (const auto& device : devices) {
    if (device.kind != DeviceKind::fido) (void)use_code(tx, now, device, code);
  }
  return invalid_mfa_code();
}

// The user's devices, those that STS knows of, as it knows them.
std::vector<Device> known_to_sts(const ReadCall& call, const std::vector<Device>& devices, const User& user) {
  std::vector<Device> known;
  for (const auto& device : devices) {
    auto seen = device_at_sts(call, device.serial_number);
    if (seen && seen->owner == user.user_id) known.push_back(std::move(*seen));
  }
  return known;
}

}  // namespace

Result<Session> sign_in(Call& call, const SignInRequest& request) {
  auto& tx = call.tx;
  const auto now = call.now;
  auto user = tx.user(request.user_name);
  const auto profile = user ? tx.login_profile(user->user_id) : std::nullopt;
  if (!profile || !profile->password.equals(request.password.reveal())) return invalid_credentials();

  const auto devices = tx.devices_of(user->user_id, 0, kMostDevices).items;
  if (!devices.empty()) {
    if (!request.code) return mfa_required();
    call.keeps_failure = true;
    CHECK_OK(check_code(call, known_to_sts(call, devices, *user), *request.code));
  }
  user->password_last_used = now;
  tx.update(*user);
  return open_session(tx, call.world.entropy, now,
                      {.kind = SessionKind::console,
                       .principal_id = user->user_id,
                       .lasts = kConsoleSession,
                       .mfa_at = devices.empty() ? std::nullopt : std::optional(now)});
}

}  // namespace keyfob
