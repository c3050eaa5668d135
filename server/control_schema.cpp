// What this API and the state document look like, for programs that read schemas.
#include <boost/json/object.hpp>

#include "iam/state/state.h"
#include "protocol/json_text.h"
#include "server/control_call.h"
#include "server/openapi.h"

namespace keyfob::server {
namespace schema_calls {

Result<HttpReply> openapi(ControlCall&) {
  return HttpReply{.content_type = "application/json", .body = openapi_document()};
}

Result<HttpReply> state_schema(ControlCall&) {
  return HttpReply{.content_type = "application/schema+json", .body = pretty_json(keyfob::state_schema())};
}

constexpr Content kOpenApi[] = {{"application/json", R"({"type":"object","required":["openapi","paths"]})"}};
constexpr Content kSchema[] = {{"application/schema+json", R"({"type":"object","required":["$schema"]})"}};

constexpr Route kRoutes[] = {
    route<&openapi>({.method = "GET",
                     .path = "/_keyfob/openapi.json",
                     .id = "openApi",
                     .section = &section::kDescriptions,
                     .summary = "This API, for programs.",
                     .answers = "OpenAPI 3.1.",
                     .content = kOpenApi}),
    route<&state_schema>({.method = "GET",
                          .path = "/_keyfob/state.schema.json",
                          .id = "stateSchema",
                          .section = &section::kDescriptions,
                          .summary = "The JSON schema of the state document.",
                          .answers = "A schema of draft 2020-12.",
                          .content = kSchema}),
};

}  // namespace schema_calls

std::span<const Route> schema_routes() { return schema_calls::kRoutes; }

}  // namespace keyfob::server
