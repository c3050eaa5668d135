// A user with an enabled device, for tests that need no more than that.
#include <boost/json.hpp>

#include "iam/controls/enroll.h"
#include "server/control_call.h"
#include "server/device_codes.h"
#include "server/json_reply.h"
#include "totp/base32.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

Result<Enrolment> enrol(Call& as_root, const json::object& body) {
  TRY(const bool root, flag_member(body, "root"));
  if (root) {
    TRY(const std::string device_name, text_member(body, "deviceName", kRootDeviceName));
    return enroll_root(as_root, device_name);
  }
  TRY(const std::string user_name, text_member(body, "userName"));
  TRY(const std::string device_name, text_member(body, "deviceName", user_name));
  return enroll(as_root, user_name, device_name);
}

Result<HttpReply> answer(ControlCall& call) {
  TRY(const json::object body, parse_object(call.request.body));
  Enrolment enrolled;
  CHECK_OK(call.service.accounts().as_root(call.account, [&](Call& as_root) -> Result<void> {
    TRY(enrolled, enrol(as_root, body));
    return {};
  }));
  auto answer = codes_json(enrolled.device, *enrolled.device.enabled);
  if (enrolled.user) answer["userName"] = enrolled.user->name;
  answer["seed"] = totp::base32_encode(enrolled.device.seed.reveal());
  return json_reply(answer, 201);
}

constexpr Route kRoutes[] = {{"POST", "/_keyfob/enroll", answer}};

}  // namespace

std::span<const Route> enroll_routes() { return kRoutes; }

}  // namespace keyfob::server
