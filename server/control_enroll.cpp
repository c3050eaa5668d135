// A user with an enabled device, for tests that need no more than that.
#include "iam/controls/enroll.h"
#include "server/control_bodies.h"
#include "server/control_call.h"
#include "server/control_words.h"
#include "totp/base32.h"

namespace keyfob::server {

constexpr Member kWhose[] = {
    optional<&Whose::user_name>("userName", "The user's name."),
    optional<&Whose::root>("root", "The account's root, in the place of a user.", {.otherwise = "false"}),
};
constexpr Struct Whose::json{
    .members = kWhose,
    .also =
        R"({"anyOf":[{"required":["userName"]},{"required":["root"],"properties":{"root":{"const":true}}}]})"};

Result<bool> is_root(const Whose& whose) {
  const bool root = whose.root.value_or(false);
  if (!root && !whose.user_name) return bad_request("\"userName\" is required.");
  return root;
}

constexpr Member kNewEnrolment[] = {
    members_of<&NewEnrolment::whose>(),
    optional<&NewEnrolment::device_name>(
        "deviceName", "When it is left out: the user's name, and root-account-mfa-device for root."),
};
constexpr Struct NewEnrolment::json{.members = kNewEnrolment, .example = R"({"userName":"bob"})"};

namespace enroll_calls {

struct ShownEnrolment {
  Codes codes;
  std::optional<std::string> user_name;
  std::string seed;
  static const Struct json;
};
constexpr Member kShownEnrolment[] = {members_of<&ShownEnrolment::codes>(),
                                      optional<&ShownEnrolment::user_name>("userName"),
                                      required<&ShownEnrolment::seed>("seed", "Base32.", kSeedBounds)};
constexpr Struct ShownEnrolment::json{.name = "Enrolment", .members = kShownEnrolment};

Result<Enrolment> enrol(Call& as_root, const NewEnrolment& in) {
  TRY(const bool root, is_root(in.whose));
  if (root) return enroll_root(as_root, in.device_name.value_or(kRootDeviceName));
  return enroll(as_root, *in.whose.user_name, in.device_name.value_or(*in.whose.user_name));
}

Result<ShownEnrolment> answer(ControlCall& call, const NewEnrolment& in) {
  Enrolment enrolled;
  CHECK_OK(call.service.accounts().as_root(call.account, [&](Call& as_root) -> Result<void> {
    TRY(enrolled, enrol(as_root, in));
    return {};
  }));
  return ShownEnrolment{.codes = codes_of(enrolled.device, *enrolled.device.enabled),
                        .user_name = enrolled.user ? std::optional(enrolled.user->name) : std::nullopt,
                        .seed = totp::base32_encode(enrolled.device.seed.reveal())};
}

constexpr Route kRoutes[] = {
    route<&answer>({.method = "POST",
                    .path = "/_keyfob/enroll",
                    .id = "enroll",
                    .section = &section::kEnrolment,
                    .summary = "A user with an enabled virtual device, in one go.",
                    .description =
                        "What CreateUser (when there is none of that name), CreateVirtualMFADevice and "
                        "EnableMFADevice do, with IAM's errors, wholly or not at all.",
                    .status = 201,
                    .answers = "The user has the device.",
                    .fails = {404, 409}}),
};

}  // namespace enroll_calls

std::span<const Route> enroll_routes() { return enroll_calls::kRoutes; }

}  // namespace keyfob::server
