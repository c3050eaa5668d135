// Documents that are part of the binary, as they lay in the source tree when it was built. Their definitions
// are made by server/embed.cmake.
#pragma once

#include <string_view>

namespace keyfob::server {

extern const std::string_view kOpenApi;      // server/openapi.json
extern const std::string_view kStateSchema;  // docs/state.schema.json

}  // namespace keyfob::server
