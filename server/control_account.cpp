// Health, reset, and the doors for people who come from other emulators.
#include <boost/json.hpp>

#include "server/control_call.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

Result<HttpReply> health(ControlCall&) { return json_reply({{"status", "ok"}, {"version", KEYFOB_VERSION}}); }

Result<HttpReply> localstack_health(ControlCall&) {
  return json_reply({{"services", {{"iam", "running"}, {"sts", "running"}}},
                     {"edition", "keyfob"},
                     {"version", KEYFOB_VERSION}});
}

Result<HttpReply> reset(ControlCall& call) {
  if (call.all_accounts) {
    call.service.reset_all();
  } else {
    call.service.reset(call.account);
  }
  return no_content();
}

Result<HttpReply> moto_reset(ControlCall& call) {
  call.service.reset_all();
  return json_reply({{"status", "ok"}});
}

constexpr Route kRoutes[] = {
    {"GET", "/_keyfob/health", health},
    {"POST", "/_keyfob/reset", reset},
    {"GET", "/_localstack/health", localstack_health},
    {"POST", "/moto-api/reset", moto_reset},
};

}  // namespace

std::span<const Route> account_routes() { return kRoutes; }

}  // namespace keyfob::server
