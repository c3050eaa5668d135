// `keyfob completion SHELL` and `keyfob man`: the command line, told from its own declarations.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace keyfob::server {

void add_reference_commands(CLI::App& app, std::function<int()>& command);

}  // namespace keyfob::server
