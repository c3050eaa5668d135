// `keyfob state-schema`: what the state document looks like, as a JSON schema or as Markdown for
// docs/state.md.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace keyfob::server {

void add_state_schema_command(CLI::App& app, std::function<int()>& command);

}  // namespace keyfob::server
