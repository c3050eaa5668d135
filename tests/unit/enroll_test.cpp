// Enrolment in one go: AWS's calls and AWS's errors, wholly or not at all.
#include "iam/enroll.h"

#include "storage/store.h"
#include "tests/catch.h"
#include "totp/code.h"

using namespace keyfob;

namespace {

constexpr AccountId kAccount{123456789012};

class Emulator {
 public:
  // "arn…" or "status code message".
  std::string enroll(const std::string& user, const std::string& device) {
    const Caller root{.account = kAccount, .user = {}, .access_key = {}, .session = {}};
    std::string said;
    store_.write(kAccount, [&](Tx& tx) {
      Call call{.caller = root, .now = now_, .tx = tx, .entropy = entropy_, .limits = limits_};
      const auto enrolled = keyfob::enroll(call, user, device);
      said = enrolled ? enrolled->device.serial_number
                      : std::to_string(enrolled.error().status) + " " + enrolled.error().code + " " +
                            enrolled.error().message.value_or("");
      return enrolled.has_value();
    });
    return said;
  }
  std::optional<User> user(const std::string& name) {
    std::optional<User> user;
    store_.read(kAccount, [&](Tx& tx) { user = tx.user(name); });
    return user;
  }
  std::optional<Device> device(const std::string& name) {
    std::optional<Device> device;
    store_.read(kAccount, [&](Tx& tx) { device = tx.device("arn:aws:iam::123456789012:mfa/" + name); });
    return device;
  }
  Instant now() const { return now_; }
  Limits limits_;

 private:
  Store store_{""};
  Entropy entropy_{1};
  Instant now_ = *from_iso8601("2026-01-01T00:00:00Z");
};

}  // namespace

TEST_CASE("an enrolled user has an enabled device without drift") {
  Emulator account;
  CHECK(account.enroll("bob", "phone") == "arn:aws:iam::123456789012:mfa/phone");
  const auto bob = account.user("bob");
  const auto phone = account.device("phone");
  REQUIRE(bob);
  REQUIRE(phone);
  CHECK(phone->owner == bob->user_id);
  CHECK(phone->enabled == account.now());
  CHECK(phone->drift == 0);
}

TEST_CASE("a user who is there, in any case of letters, gets one device more") {
  Emulator account;
  account.enroll("bob", "phone");
  CHECK(account.enroll("BOB", "tablet") == "arn:aws:iam::123456789012:mfa/tablet");
  CHECK(account.device("tablet")->owner == account.user("bob")->user_id);
}

TEST_CASE("an enrolment that fails leaves nothing behind") {
  Emulator account;
  account.enroll("bob", "phone");
  CHECK(account.enroll("carol", "phone") == "409 EntityAlreadyExists MFA device already exists.");
  CHECK_FALSE(account.user("carol"));

  CHECK(account.enroll("carol", "a b").starts_with("400 ValidationError "));
  CHECK_FALSE(account.user("carol"));

  account.limits_.devices_per_user = 1;
  CHECK(account.enroll("bob", "tablet").starts_with("409 LimitExceeded "));
  CHECK_FALSE(account.device("tablet"));
}
