// Enrolment in one go: AWS's calls and AWS's errors, wholly or not at all.
#include "iam/controls/enroll.h"

#include "tests/catch.h"
#include "tests/unit/emulator.h"

using namespace keyfob;

namespace {

class Enroller : public Emulator {
 public:
  explicit Enroller(Limits limits = {}) : Emulator({.limits = limits}) {}

  // "arn…" or "status code message".
  std::string enroll(const std::string& user, const std::string& device) {
    return try_to([&](Call& call) { return keyfob::enroll(call, user, device); });
  }
  std::string enroll_root(const std::string& device) {
    return try_to([&](Call& call) { return keyfob::enroll_root(call, device); });
  }
  std::optional<User> user(const std::string& name) {
    return ask([&](ReadTx& tx) { return tx.user(name); });
  }
  std::optional<Device> device(const std::string& name) {
    return ask([&](ReadTx& tx) { return tx.device("arn:aws:iam::123456789012:mfa/" + name); });
  }

 private:
  template <class Enrol>
  std::string try_to(Enrol enrol) {
    std::string said;
    const auto result = service().accounts().as_root(kAccount, [&](Call& call) -> Result<void> {
      TRY(const Enrolment enrolled, enrol(call));
      said = enrolled.device.serial_number;
      return {};
    });
    if (result) return said;
    const auto& error = result.error();
    return std::to_string(error.status) + " " + error.code + " " + error.message.value_or("");
  }
};

}  // namespace

TEST_CASE("an enrolled user has an enabled device without drift") {
  Enroller account;
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
  Enroller account;
  account.enroll("bob", "phone");
  CHECK(account.enroll("BOB", "tablet") == "arn:aws:iam::123456789012:mfa/tablet");
  CHECK(account.device("tablet")->owner == account.user("bob")->user_id);
}

TEST_CASE("an enrolment that fails leaves nothing behind") {
  Enroller account;
  account.enroll("bob", "phone");
  CHECK(account.enroll("carol", "phone") == "409 EntityAlreadyExists MFA device already exists.");
  CHECK_FALSE(account.user("carol"));

  CHECK(account.enroll("carol", "a b").starts_with("400 ValidationError "));
  CHECK_FALSE(account.user("carol"));
}

TEST_CASE("an enrolment keeps to the quotas") {
  Enroller account({.devices_per_user = 1});
  account.enroll("bob", "phone");
  CHECK(account.enroll("bob", "tablet").starts_with("409 LimitExceeded "));
  CHECK_FALSE(account.device("tablet"));
}

TEST_CASE("root has devices of its own, eight at most") {
  Enroller account({.devices_per_user = 1});
  CHECK(account.enroll_root(kRootDeviceName) == "arn:aws:iam::123456789012:mfa/root-account-mfa-device");
  const auto device = account.device(kRootDeviceName);
  REQUIRE(device);
  CHECK(device->owner == "123456789012");
  CHECK(device->drift == 0);
  CHECK(account.enroll_root("another").starts_with("409 LimitExceeded "));
  CHECK_FALSE(account.device("another"));
}
