// The rules of devices without a store: aws/devices.md, aws/codes.md#pairs-of-codes.
#include "iam/devices/device_rules.h"

#include "tests/catch.h"
#include "totp/code.h"

using namespace keyfob;

namespace {

constexpr Instant kNow{std::chrono::seconds{1'767'225'600}};
const std::string kSeed(40, 'k');

User user(const std::string& name) {
  return {.user_id = "AIDA" + name,
          .name = name,
          .path = "/",
          .created = kNow,
          .password_last_used = {},
          .boundary = {}};
}
const User kBob = user("bob");
const User kEve = user("eve");

Device fresh() {
  Device device;
  device.serial_number = "arn:aws:iam::123456789012:mfa/phone";
  device.seed = Secret{kSeed};
  return device;
}

std::string code(std::int64_t steps_from_now) {
  totp::CodeGenerator codes(kSeed);
  return totp::format_code(codes.at(totp::step_of(kNow) + steps_from_now));
}

Result<Device> enable(const Device& device, std::int64_t first, std::int64_t second, const User& owner = kBob,
                      std::int64_t has = 0) {
  const auto one = code(first);
  const auto two = code(second);
  return rules::enable(device, owner, {one, two}, kNow, {.devices_of_user = has, .quota = 8});
}

Result<Device> resync(const Device& device, std::int64_t first, std::int64_t second,
                      const User& owner = kBob) {
  const auto one = code(first);
  const auto two = code(second);
  return rules::resync(device, owner, {one, two}, kNow);
}

std::string message(const Result<Device>& result) {
  return result ? "accepted" : result.error().message.value_or("");
}

const std::string kBadCode = "Authentication code for device is not valid.";

}  // namespace

TEST_CASE("a pair must be two codes in a row, in their order") {
  CHECK(enable(fresh(), -1, 0).has_value());
  CHECK(message(enable(fresh(), 0, 0)) == kBadCode);
  CHECK(message(enable(fresh(), 0, -1)) == kBadCode);
  CHECK(message(enable(fresh(), -2, 0)) == kBadCode);
}

TEST_CASE("a pair is found from 998 steps back to 1000 ahead, and its offset is kept") {
  CHECK(enable(fresh(), -999, -998)->drift == -998);
  CHECK(enable(fresh(), 999, 1000)->drift == 1000);
  CHECK(message(enable(fresh(), -1000, -999)) == kBadCode);
  CHECK(message(enable(fresh(), 1000, 1001)) == kBadCode);
}

TEST_CASE("the search goes around the offset that is known") {
  const auto device = *enable(fresh(), 999, 1000);
  CHECK(resync(device, 1999, 2000)->drift == 2000);
  CHECK(message(resync(device, 2000, 2001)) == kBadCode);
}

TEST_CASE("a pair can't come again or overlap the last, not even for another owner") {
  const auto enabled = *enable(fresh(), -1, 0);
  const auto released = rules::release(enabled);
  CHECK(message(enable(released, -1, 0)) == kBadCode);
  CHECK(message(enable(released, 0, 1, kEve)) == kBadCode);
  CHECK(enable(released, 1, 2, kEve)->owner == kEve.user_id);
}

TEST_CASE("whose the device is comes before its codes") {
  const auto enabled = *enable(fresh(), -1, 0);
  CHECK(message(enable(enabled, 5, 5)) == "MFA Device for user bob already exists.");
  CHECK(message(enable(enabled, 5, 5, kEve)) == "MFA Device is already in use.");
  CHECK(message(resync(enabled, 5, 5, kEve)) == "MFA Device invalid for user.");
  CHECK(message(resync(fresh(), -1, 0)) == "MFA Device invalid for user.");
}

TEST_CASE("the ninth device is one too many") {
  CHECK(enable(fresh(), -1, 0, kBob, 7).has_value());
  CHECK(enable(fresh(), -1, 0, kBob, 8).error().code == "LimitExceeded");
}

TEST_CASE("a resync keeps the day of enabling") {
  auto device = *enable(fresh(), -1, 0);
  device.enabled = kNow - std::chrono::hours(1);
  const auto after = *resync(device, 1, 2);
  CHECK(after.enabled == device.enabled);
  CHECK(after.drift == 2);
}

TEST_CASE("a released device keeps its seed, offset and pairs, and loses owner and date") {
  const auto released = rules::release(*enable(fresh(), 4, 5));
  CHECK(released.seed.equals(kSeed));
  CHECK(released.drift == 5);
  CHECK(released.last_pair == totp::step_of(kNow) + 5);
  CHECK_FALSE(released.owner);
  CHECK_FALSE(released.enabled);
}

TEST_CASE("who has a device manages his own only with a code shown") {
  Caller bob{.account = AccountId{123456789012},
             .kind = CallerKind::user,
             .user = kBob,
             .access_key = {},
             .session = {}};
  CHECK(rules::self_management(bob, kBob, 0).has_value());
  CHECK(rules::self_management(bob, kEve, 3).has_value());
  CHECK(rules::self_management(bob, kBob, 1).error().code == "AccessDenied");
  const Caller root{.account = bob.account, .user = {}, .access_key = {}, .session = {}};
  CHECK(rules::self_management(root, kBob, 1).has_value());

  Session session;
  session.mfa_at = kNow;
  bob.session = session;
  CHECK(rules::self_management(bob, kBob, 1).has_value());
}
