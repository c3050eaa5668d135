// `keyfob control-api`: the control API as its routes declare it, as OpenAPI or as the table of
// docs/control-api.md.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace keyfob::server {

void add_control_api_command(CLI::App& app, std::function<int()>& command);

}  // namespace keyfob::server
