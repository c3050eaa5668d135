// The control API's descriptions, made from its routes.
#pragma once

#include <string>

namespace keyfob::server {

// OpenAPI 3.1: what GET /_keyfob/openapi.json answers. Made with the first call.
const std::string& openapi_document();

// The table of calls in docs/control-api.md.
const std::string& calls_as_markdown();

}  // namespace keyfob::server
