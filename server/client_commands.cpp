#include "server/client_commands.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "server/command_client.h"

namespace keyfob::server {

void add_client_commands(CLI::App& app, std::function<int()>& command) {
  ClientCommand(app, command, "health", "exit with 0 when the server answers").run([](const Client& client) {
    client.show({.path = "/health"},
                [](const boost::json::value& health) { std::cout << text_of(health, "status") << "\n"; });
  });
  ClientCommand(app, command, "reset", "the account as new; --account '*' for all of them")
      .run([](const Client& client) { client.tell({.method = "POST", .path = "/reset"}); });
  add_device_commands(app, command);
  add_clock_commands(app, command);
  add_observe_commands(app, command);
  add_state_commands(app, command);
}

}  // namespace keyfob::server
