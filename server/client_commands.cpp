#include "server/client_commands.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "server/command_client.h"

namespace keyfob::server {

void add_client_commands(CLI::App& app, std::function<int()>& command) {
  ClientCommands commands(command);
  commands.add(app, "health", "exit with 0 when the server answers", [](const Client& client) {
    client.show({.path = "/health"},
                [](const boost::json::value& health) { std::cout << text_of(health, "status") << "\n"; });
  });
  commands.add(app, "reset", "the account as new; --account '*' for all of them",
               [](const Client& client) { client.tell({.method = "POST", .path = "/reset"}); });
  add_device_commands(app, commands);
  add_clock_commands(app, commands);
  add_observe_commands(app, commands);
  add_state_commands(app, commands);
}

}  // namespace keyfob::server
