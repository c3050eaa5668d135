// Which codes GetSessionToken takes, and how often it may be asked: aws/codes.md#codes-for-sts,
// aws/codes.md#tries.
#include <string>

#include "tests/catch.h"
#include "tests/unit/emulator.h"

using namespace keyfob;

namespace {

const std::string kPhone = "arn:aws:iam::123456789012:mfa/phone";

const std::string kTaken = "200";
const std::string kWrong = "403 MultiFactorAuthentication failed with invalid MFA one time pass code. ";
const std::string kUnable =
    "403 MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial "
    "number is "
    "valid and associated with this user.";

// bob with a key, and a device that he enabled with the codes of the previous and the current step.
class Scene : public Emulator {
 public:
  explicit Scene(int drift = 0) : drift_(drift) {
    do_as_root("CreateUser&UserName=bob");
    key_ = between(do_as_root("CreateAccessKey&UserName=bob"), "<AccessKeyId>", "</AccessKeyId>");
    make_device();
  }

  void make_device() {
    do_as_root("CreateVirtualMFADevice&VirtualMFADeviceName=phone");
    do_as_root("EnableMFADevice&UserName=bob" + codes(kPhone, drift_ - 1, drift_));
  }
  void lose_device() {
    do_as_root("DeactivateMFADevice&UserName=bob&SerialNumber=" + kPhone);
    do_as_root("DeleteVirtualMFADevice&SerialNumber=" + kPhone);
  }

  std::string use(const std::string& token) {
    const auto reply = sts("GetSessionToken&SerialNumber=" + kPhone + "&TokenCode=" + token, key_);
    const auto message = between(reply.body, "<Message>", "</Message>");
    return std::to_string(reply.status) + (message.empty() ? "" : " " + message);
  }
  std::string use_step(int steps_from_now) { return use(code(steps_from_now)); }

  // The device's own steps: it is `drift_` ahead of the account's clock.
  std::string code(int steps_from_now) { return Emulator::code(kPhone, drift_ + steps_from_now); }

 private:
  std::string do_as_root(const std::string& call) {
    const auto reply = iam(call);
    REQUIRE(reply.status == 200);
    return reply.body;
  }

  int drift_;
  std::string key_;
};

}  // namespace

TEST_CASE("two steps to either side are taken around the stored offset, no more") {
  const int drift = GENERATE(0, 700, -700);
  Scene scene(drift);
  CHECK(scene.use_step(-3) == kWrong);
  CHECK(scene.use_step(3) == kWrong);
  CHECK(scene.use_step(2) == kTaken);
  CHECK(scene.use_step(-2) == kTaken);  // older than what was used, and unused itself
}

TEST_CASE("enabling doesn't use its codes up, but a use does") {
  Scene scene;
  for (const int step : {-1, 0}) {
    CHECK(scene.use_step(step) == kTaken);
    CHECK(scene.use_step(step) == kWrong);
  }
}

TEST_CASE("a resync takes used codes and doesn't revive them") {
  Scene scene;
  CHECK(scene.use_step(1) == kTaken);
  scene.iam("ResyncMFADevice&UserName=bob&SerialNumber=" + kPhone + "&AuthenticationCode1=" + scene.code(1) +
            "&AuthenticationCode2=" + scene.code(2));
  CHECK(scene.use_step(1) == kWrong);
  CHECK(scene.use_step(2) == kTaken);
}

TEST_CASE("nine tries in a slot of three minutes, good or bad, then none till the next") {
  Scene scene;
  CHECK(scene.use_step(0) == kTaken);
  for (int used = 1; used < 9; ++used) CHECK(scene.use_step(0) == kWrong);
  CHECK(scene.use_step(1) == kUnable);
  scene.advance(std::chrono::seconds{179});
  CHECK(scene.use_step(0) == kUnable);
  scene.advance(std::chrono::seconds{1});
  CHECK(scene.use_step(0) == kTaken);
}

TEST_CASE("the tries belong to the serial number and stay when its device is removed") {
  Scene scene;
  for (int used = 0; used < 9; ++used) scene.use_step(50);
  scene.lose_device();
  scene.make_device();
  CHECK(scene.use_step(0) == kUnable);
  scene.advance(std::chrono::minutes{3});
  CHECK(scene.use_step(0) == kTaken);
}

TEST_CASE("a device that is assigned to nobody can't be used") {
  Scene scene;
  scene.iam("DeactivateMFADevice&UserName=bob&SerialNumber=" + kPhone);
  CHECK(scene.use_step(0) == kUnable);
}
