// What this API and the state document look like, for programs that read schemas.
#include "server/control_call.h"
#include "server/documents.h"

namespace keyfob::server {
namespace {

Result<HttpReply> openapi(ControlCall&) {
  return HttpReply{.content_type = "application/json", .body = std::string(kOpenApi)};
}

Result<HttpReply> state_schema(ControlCall&) {
  return HttpReply{.content_type = "application/schema+json", .body = std::string(kStateSchema)};
}

constexpr Route kRoutes[] = {
    {"GET", "/_keyfob/openapi.json", openapi},
    {"GET", "/_keyfob/state.schema.json", state_schema},
};

}  // namespace

std::span<const Route> schema_routes() { return kRoutes; }

}  // namespace keyfob::server
