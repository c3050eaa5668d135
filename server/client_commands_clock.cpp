#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>
#include <memory>

#include "server/client_commands.h"
#include "server/command_client.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

void print_clock(const json::value& clock) {
  std::cout << text_of(clock, "now") << (clock.at("frozen").as_bool() ? " (frozen)" : "") << "\n";
}

void add_freeze(ClientCommand& clock) {
  const auto at = std::make_shared<std::string>();
  clock
      .add("freeze", "stop the clock, at a time or now",
           [at](const Client& client) {
             json::object body;
             if (!at->empty()) body["at"] = *at;
             client.show({.method = "POST", .path = "/clock/freeze", .body = json::serialize(body)},
                         print_clock);
           })
      .add_option("at", *at, "2026-01-01T00:00:00Z")
      ->type_name("TIME");
}

void add_advance(ClientCommand& clock) {
  const auto seconds = std::make_shared<double>(0);
  clock
      .add("advance", "move the clock by seconds",
           [seconds](const Client& client) {
             client.show({.method = "POST",
                          .path = "/clock/advance",
                          .body = json::serialize(json::object{{"seconds", *seconds}})},
                         print_clock);
           })
      .add_option("seconds", *seconds, "may be fractional or negative")
      ->required();
}

}  // namespace

void add_clock_commands(CLI::App& app, std::function<int()>& command) {
  ClientCommand clock(app, command, "clock", "the account's time");
  clock.run([](const Client& client) { client.show({.path = "/clock"}, print_clock); });
  add_freeze(clock);
  add_advance(clock);
  clock.add("resume", "let the clock run on", [](const Client& client) {
    client.show({.method = "POST", .path = "/clock/resume"}, print_clock);
  });
  clock.add("back", "the machine's time again",
            [](const Client& client) { client.tell({.method = "DELETE", .path = "/clock"}); });
}

}  // namespace keyfob::server
