// Which codes GetSessionToken takes, and how often it may be asked: catalogue §6.
#include <string>

#include "iam/request/service.h"
#include "tests/catch.h"
#include "totp/code.h"

using namespace keyfob;

namespace {

constexpr AccountId kAccount{123456789012};
const std::string kPhone = "arn:aws:iam::123456789012:mfa/phone";

const std::string kTaken = "200";
const std::string kWrong = "403 MultiFactorAuthentication failed with invalid MFA one time pass code. ";
const std::string kUnable =
    "403 MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial "
    "number is "
    "valid and associated with this user.";

// bob with a key, and a device that he enabled with the codes of the previous and the current step.
class Scene {
 public:
  explicit Scene(int drift = 0)
      : service_(store_, {.authentication = {}, .limits = {}, .entropy_seed = 11}), drift_(drift) {
    advance(std::chrono::seconds{0});
    iam("CreateUser&UserName=bob");
    const auto body = iam("CreateAccessKey&UserName=bob").body;
    key_ = body.substr(body.find("AKIA"), 20);
    make_device();
  }

  void make_device() {
    iam("CreateVirtualMFADevice&VirtualMFADeviceName=phone");
    iam("EnableMFADevice&UserName=bob&SerialNumber=" + kPhone + "&AuthenticationCode1=" + code(-1) +
        "&AuthenticationCode2=" + code(0));
  }
  void lose_device() {
    iam("DeactivateMFADevice&UserName=bob&SerialNumber=" + kPhone);
    iam("DeleteVirtualMFADevice&SerialNumber=" + kPhone);
  }
  void advance(std::chrono::seconds by) {
    now_ += by;
    service_.accounts().change_clock(
        kAccount, [&](ClockSetting, Instant) { return ClockSetting{.offset = {}, .frozen_at = now_}; });
  }

  HttpReply iam(const std::string& call) {
    const auto reply = send("Version=2010-05-08&Action=" + call, "test");
    REQUIRE(reply.status == 200);
    return reply;
  }
  std::string use(const std::string& token) {
    const auto reply = send(
        "Version=2011-06-15&Action=GetSessionToken&SerialNumber=" + kPhone + "&TokenCode=" + token, key_);
    const auto from = reply.body.find("<Message>");
    if (from == std::string::npos) return std::to_string(reply.status);
    const auto text = reply.body.substr(from + 9, reply.body.find("</Message>") - from - 9);
    return std::to_string(reply.status) + " " + text;
  }
  std::string use_step(int steps_from_now) { return use(code(steps_from_now)); }

  // The device's own steps: it is `drift_` ahead of the account's clock.
  std::string code(int steps_from_now) {
    std::optional<Device> phone;
    store_.read(kAccount, [&](ReadTx& tx) { phone = tx.device(kPhone); });
    REQUIRE(phone);
    totp::CodeGenerator codes(phone->seed.reveal());
    return totp::format_code(codes.at(totp::step_of(now_) + drift_ + steps_from_now));
  }

 private:
  HttpReply send(const std::string& body, const std::string& key) {
    const auto authorization = "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/us-east-1/sts/aws4_request";
    const HeaderField headers[] = {{"Content-Type", "application/x-www-form-urlencoded"},
                                   {"Authorization", authorization}};
    return service_.handle({.method = "POST", .target = "/", .body = body, .headers = headers, .peer = {}});
  }

  Store store_;
  Service service_;
  int drift_;
  std::string key_;
  Instant now_ = *from_iso8601("2026-01-01T00:00:00Z");
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

TEST_CASE("the tries belong to the serial number and outlive its device") {
  Scene scene;
  for (int used = 0; used < 9; ++used) scene.use_step(50);
  scene.lose_device();
  scene.make_device();
  CHECK(scene.use_step(0) == kUnable);
  scene.advance(std::chrono::minutes{3});
  CHECK(scene.use_step(0) == kTaken);
}

TEST_CASE("a device that is nobody's can't be used") {
  Scene scene;
  scene.iam("DeactivateMFADevice&UserName=bob&SerialNumber=" + kPhone);
  CHECK(scene.use_step(0) == kUnable);
}
