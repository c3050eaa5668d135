// The whole account as a document, and named copies of it inside the server.
#include <boost/json.hpp>

#include "server/control_call.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

Result<HttpReply> show(ControlCall& call) {
  return HttpReply{.content_type = "application/json", .body = call.service.state(call.account)};
}

Result<HttpReply> replace(ControlCall& call) {
  CHECK_OK(call.service.replace_state(call.account, call.request.body));
  return no_content();
}

Result<HttpReply> take(ControlCall& call) {
  call.service.snapshots().keep(call.account, call.path_item, call.service.state(call.account));
  return no_content();
}

Result<HttpReply> restore(ControlCall& call) {
  const auto document = call.service.snapshots().find(call.account, call.path_item);
  if (!document) return not_found("No snapshot of that name.");
  CHECK_OK(call.service.replace_state(call.account, *document));
  return no_content();
}

Result<HttpReply> list(ControlCall& call) {
  boost::json::array names;
  for (const auto& name : call.service.snapshots().names(call.account))
    names.push_back(boost::json::object{{"name", name}});
  return json_reply({{"snapshots", std::move(names)}});
}

Result<HttpReply> forget(ControlCall& call) {
  if (!call.service.snapshots().remove(call.account, call.path_item))
    return not_found("No snapshot of that name.");
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
