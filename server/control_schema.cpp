// What this API and the state document look like, for programs that read schemas.
#include <algorithm>
#include <boost/json.hpp>

#include "iam/state/state.h"
#include "protocol/json_text.h"
#include "server/control_call.h"
#include "server/embedded_files.h"

namespace keyfob::server {
namespace {

HttpReply document_reply(std::string_view name) {
  const auto found = std::ranges::find(documents(), name, &EmbeddedFile::name);
  return {.content_type = found->content_type, .body = std::string(found->content)};
}

Result<HttpReply> openapi(ControlCall&) { return document_reply("openapi.json"); }
Result<HttpReply> schema_of_state(ControlCall&) {
  return HttpReply{.content_type = "application/schema+json", .body = pretty_json(state_schema())};
}

constexpr Route kRoutes[] = {
    {"GET", "/_keyfob/openapi.json", openapi},
    {"GET", "/_keyfob/state.schema.json", schema_of_state},
};

}  // namespace

std::span<const Route> schema_routes() { return kRoutes; }

}  // namespace keyfob::server
