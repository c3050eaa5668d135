// `keyfob health`, `keyfob codes …`: thin clients of the control API, for people and for scripts.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace keyfob::server {

class ClientCommands;

void add_client_commands(CLI::App& app, std::function<int()>& command);

// By what they are about.
void add_clock_commands(CLI::App& app, ClientCommands& commands);    // clock
void add_device_commands(CLI::App& app, ClientCommands& commands);   // codes, device, enroll
void add_observe_commands(CLI::App& app, ClientCommands& commands);  // faults, requests
void add_state_commands(CLI::App& app, ClientCommands& commands);    // state, snapshot

}  // namespace keyfob::server
