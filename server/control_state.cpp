// The whole account as a document, and named copies of it inside the server.
#include <boost/json.hpp>

#include "server/control_call.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

Result<HttpReply> show(ControlCall& call) {
  return HttpReply{.content_type = "application/json", .body = call.service.accounts().state(call.account)};
}

Result<HttpReply> replace(ControlCall& call) {
  CHECK_OK(call.service.accounts().replace_state(call.account, call.request.body));
  return no_content();
}

AwsError no_snapshot() { return not_found("No snapshot of that name."); }

Result<HttpReply> take(ControlCall& call) {
  call.service.accounts().take_snapshot(call.account, call.path_item);
  return no_content();
}

Result<HttpReply> restore(ControlCall& call) {
  switch (call.service.accounts().restore_snapshot(call.account, call.path_item)) {
    case Restored::no_such_snapshot:
      return no_snapshot();
    case Restored::not_ours_any_more:
      return conflict("The account's alias or one of its access keys is another account's by now.");
    case Restored::done:
      break;
  }
  return no_content();
}

Result<HttpReply> list(ControlCall& call) {
  boost::json::array names;
  for (auto& name : call.service.accounts().snapshots(call.account))
    names.push_back(boost::json::object{{"name", std::move(name)}});
  return json_reply({{"snapshots", std::move(names)}});
}

Result<HttpReply> forget(ControlCall& call) {
  if (!call.service.accounts().remove_snapshot(call.account, call.path_item)) return no_snapshot();
  return no_content();
}

constexpr Route kRoutes[] = {
    {"GET", "/_keyfob/state", show},
    {"PUT", "/_keyfob/state", replace},
    {"GET", "/_keyfob/snapshots", list},
    {"PUT", "/_keyfob/snapshots/{}", take},
    {"DELETE", "/_keyfob/snapshots/{}", forget},
    {"POST", "/_keyfob/snapshots/{}/restore", restore},
};

}  // namespace

std::span<const Route> state_routes() { return kRoutes; }

}  // namespace keyfob::server
