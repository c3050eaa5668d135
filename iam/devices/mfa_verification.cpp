#include "iam/devices/mfa_verification.h"

#include "iam/call/errors.h"
#include "iam/devices/propagation.h"
#include "totp/search.h"

namespace keyfob {
namespace {

constexpr std::int64_t kTriesPerSlot = 9;
constexpr auto kSlot = std::chrono::minutes{3};

std::int64_t slot_of(Instant now) {
  return std::chrono::floor<std::chrono::minutes>(now).time_since_epoch() / kSlot;
}

totp::Step adjusted_step(const Device& device, Instant now) { return totp::step_of(now) + device.drift; }

// The step of an unused code within STS's window.
std::optional<totp::Step> find_unused(ReadTx& tx, Instant now, const Device& device,
                                      const std::string& token_code) {
  const auto code = totp::parse_code(token_code);
  if (!code) return std::nullopt;
  totp::CodeGenerator generator(device.seed.reveal());
  for (const auto step : totp::find_code(generator, adjusted_step(device, now), totp::kStsWindow, *code)) {
    if (!tx.is_used_code(device.serial_number, step)) return step;
  }
  return std::nullopt;
}

}  // namespace

bool shows_code(ReadTx& tx, Instant now, const Device& device, const std::string& token_code) {
  return find_unused(tx, now, device, token_code).has_value();
}

Result<void> use_code(Tx& tx, Instant now, const Device& device, const std::string& token_code) {
  const auto slot = slot_of(now);
  if (tx.verifications(device.serial_number, slot) >= kTriesPerSlot) return errors::mfa_cannot_validate();
  tx.count_verification(device.serial_number, slot);

  const auto step = find_unused(tx, now, device, token_code);
  if (!step) return errors::mfa_invalid_code();
  // The clock may be turned back: used codes are remembered for as long as an enrolment search reaches.
  tx.use_code(device.serial_number, *step, adjusted_step(device, now) - totp::kSearchBack);
  return {};
}

Result<void> verify_mfa(Call& call, const MfaClaim& claim) {
  if (!claim.serial_number || !claim.token_code) return errors::mfa_needs_both();
  const auto device = device_at_sts(call, *claim.serial_number);
  if (!device || device->kind == DeviceKind::fido || device->owner != call.caller.user_id())
    return errors::mfa_cannot_validate();
  call.keeps_failure = true;
  return use_code(call.tx, call.now, *device, *claim.token_code);
}

}  // namespace keyfob
