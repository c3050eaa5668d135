// A user with an enabled device, for tests that need no more than that.
#include <boost/json.hpp>

#include "iam/enroll.h"
#include "server/control_call.h"
#include "server/device_codes.h"
#include "server/json_reply.h"
#include "totp/base32.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

Result<HttpReply> enroll(ControlCall& call) {
  TRY(const json::object body, parse_object(call.request.body));
  TRY(const std::string user_name, text_member(body, "userName"));
  TRY(const std::string device_name, text_member(body, "deviceName", user_name));
  Enrolment enrolled;
  CHECK_OK(call.service.as_root(call.account, [&](Call& as_root) -> Result<void> {
    TRY(enrolled, keyfob::enroll(as_root, user_name, device_name));
    return {};
  }));
  auto answer = codes_json(enrolled.device, *enrolled.device.enabled);
  answer["userName"] = enrolled.user.name;
  answer["seed"] = totp::base32_encode(enrolled.device.seed.reveal());
  return json_reply(answer, 201);
}

constexpr Route kRoutes[] = {{"POST", "/_keyfob/enroll", enroll}};

}  // namespace

std::span<const Route> enroll_routes() { return kRoutes; }

}  // namespace keyfob::server
