// `keyfob operations`: what is supported, as a table, as Markdown for docs/parity.md, or as JSON with every
// declaration.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace keyfob::server {

void add_operations_command(CLI::App& app, std::function<int()>& command);

}  // namespace keyfob::server
