// `keyfob health`, `keyfob codes …`: thin clients of the control API, for people and for scripts.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace keyfob::server {

// Each adds what is about its subject; the command that was given is left in `command`.
void add_client_commands(CLI::App& app, std::function<int()>& command);   // health, reset, and all of these:
void add_clock_commands(CLI::App& app, std::function<int()>& command);    // clock
void add_device_commands(CLI::App& app, std::function<int()>& command);   // codes, device, enroll
void add_observe_commands(CLI::App& app, std::function<int()>& command);  // faults, requests
void add_state_commands(CLI::App& app, std::function<int()>& command);    // state, snapshot

}  // namespace keyfob::server
