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

Result<Enrolment> enroll_in_one_transaction(ControlCall& control, const std::string& user_name,
                                            const std::string& device_name) {
  auto& service = control.service;
  const Caller root{.account = control.account, .user = {}, .access_key = {}, .session = {}};
  Result<Enrolment> enrolled = bad_request("");
  service.store().write(control.account, [&](Tx& tx) {
    Call call{.caller = root,
              .now = control.now(),
              .tx = tx,
              .entropy = service.entropy(),
              .limits = service.options().limits,
              .propagation_delay = service.options().propagation_delay};
    enrolled = enroll(call, user_name, device_name);
    return enrolled.has_value();
  });
  return enrolled;
}

Result<HttpReply> enroll(ControlCall& call) {
  TRY(const json::object body, parse_object(call.request.body));
  TRY(const std::string user_name, text_member(body, "userName"));
  TRY(const std::string device_name, text_member(body, "deviceName", user_name));
  TRY(const Enrolment enrolled, enroll_in_one_transaction(call, user_name, device_name));
  auto answer = codes_json(enrolled.device, *enrolled.device.enabled);
  answer["userName"] = enrolled.user.name;
  answer["seed"] = totp::base32_encode(enrolled.device.seed.reveal());
  return json_reply(answer, 201);
}

constexpr Route kRoutes[] = {{"POST", "/_keyfob/enroll", enroll}};

}  // namespace

std::span<const Route> enroll_routes() { return kRoutes; }

}  // namespace keyfob::server
