// What this API and the state document look like, for programs that read schemas.
#include <algorithm>

#include "server/control_call.h"
#include "server/embedded_files.h"

namespace keyfob::server {
namespace {

HttpReply document_reply(std::string_view name) {
  const auto found = std::ranges::find(documents(), name, &EmbeddedFile::name);
  return {.content_type = found->content_type, .body = std::string(found->content)};
}

Result<HttpReply> openapi(ControlCall&) { return document_reply("openapi.json"); }
Result<HttpReply> state_schema(ControlCall&) { return document_reply("state.schema.json"); }

constexpr Route kRoutes[] = {
    {"GET", "/_keyfob/openapi.json", openapi},
    {"GET", "/_keyfob/state.schema.json", state_schema},
};

}  // namespace

std::span<const Route> schema_routes() { return kRoutes; }

}  // namespace keyfob::server
