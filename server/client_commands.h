// `keyfob health`, `keyfob codes …`: thin clients of the control API.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace keyfob::server {

void add_client_commands(CLI::App& app, std::function<int()>& command);

}  // namespace keyfob::server
