#include "server/client_commands.h"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "protocol/text.h"
#include "server/http_client.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

struct ClientArguments {
  ClientOptions server;
  std::string account;
  bool as_json = false;
  std::string serial_number;
  std::string at;
  double seconds = 0;
};

// Beside the server, as its container's health check is, KEYFOB_PORT says where it listens.
std::string default_url() {
  const char* port = std::getenv("KEYFOB_PORT");
  return "http://127.0.0.1:" + std::string(port != nullptr && *port != '\0' ? port : "4593");
}

std::string target(const ClientArguments& arguments, const std::string& path,
                   const std::string& parameters = {}) {
  std::string query = parameters;
  if (!arguments.account.empty())
    query += (query.empty() ? "" : "&") + ("account=" + percent_encode(arguments.account));
  return query.empty() ? path : path + "?" + query;
}

// Prints what the server said and turns its errors into a line and a status.
int answer(const ClientArguments& arguments, const std::string& method, const std::string& where,
           const std::string& body, const std::function<void(const json::value&)>& print) {
  try {
    const auto reply = fetch(arguments.server, method, where, body);
    if (reply.status >= 400) {
      boost::system::error_code ignored;
      const auto value = json::parse(reply.body, ignored);
      const auto* error = value.is_object() ? value.get_object().if_contains("error") : nullptr;
      const std::string message = error != nullptr ? std::string(error->at("message").as_string())
                                                   : "HTTP " + std::to_string(reply.status);
      std::cerr << "keyfob: " << message << "\n";
      return 1;
    }
    if (arguments.as_json || reply.body.empty()) {
      std::cout << reply.body;
    } else {
      print(json::parse(reply.body));
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "keyfob: " << error.what() << "\n";
    return 1;
  }
}

void print_clock(const json::value& value) {
  std::cout << value.at("now").as_string().c_str() << (value.at("frozen").as_bool() ? " (frozen)" : "")
            << "\n";
}

}  // namespace

void add_client_commands(CLI::App& app, std::function<int()>& command) {
  auto arguments = std::make_shared<ClientArguments>();
  arguments->server.url = default_url();
  const auto add = [&](CLI::App& parent, const char* name, const char* help, std::function<int()> run) {
    auto* sub = parent.add_subcommand(name, help);
    sub->add_option("--url", arguments->server.url, "the server")
        ->envname("KEYFOB_URL")
        ->capture_default_str();
    sub->add_option("--account", arguments->account, "the account, when not the default one");
    sub->add_option("--token", arguments->server.token, "the server's control token")
        ->envname("KEYFOB_CONTROL_TOKEN");
    sub->add_flag("--json", arguments->as_json, "print the server's JSON");
    // CLI11 calls a subcommand's callback before its parent's, which then has nothing more to say.
    sub->callback([&command, sub, run = std::move(run)] {
      if (sub->get_subcommands().empty()) command = run;
    });
    return sub;
  };

  add(app, "health", "exit with 0 when the server answers", [arguments] {
    return answer(*arguments, "GET", "/_keyfob/health", {}, [](const json::value& value) {
      std::cout << value.at("status").as_string().c_str() << "\n";
    });
  });

  add(app, "codes", "previous, current and next code of a device",
      [arguments] {
        const auto query = "serial=" + percent_encode(arguments->serial_number);
        return answer(*arguments, "GET", target(*arguments, "/_keyfob/codes", query), {},
                      [](const json::value& value) {
                        std::cout << value.at("previous").as_string().c_str() << " "
                                  << value.at("current").as_string().c_str() << " "
                                  << value.at("next").as_string().c_str() << "\n";
                      });
      })
      ->add_option("serial", arguments->serial_number, "serial number")
      ->required();

  add(app, "reset", "the account as new; --account '*' for all of them", [arguments] {
    return answer(*arguments, "POST", target(*arguments, "/_keyfob/reset"), {}, [](const json::value&) {});
  });

  const auto clock = [arguments](const char* method, const char* path, const auto& body) {
    return [=] { return answer(*arguments, method, target(*arguments, path), body(), print_clock); };
  };
  const auto nothing = [] { return std::string(); };
  auto* clock_command = add(app, "clock", "the account's time", clock("GET", "/_keyfob/clock", nothing));
  clock_command->require_subcommand(0, 1);
  add(*clock_command, "freeze", "stop the clock, at a time or now",
      clock("POST", "/_keyfob/clock/freeze",
            [arguments] {
              return arguments->at.empty() ? std::string("{}")
                                           : json::serialize(json::object{{"at", arguments->at}});
            }))
      ->add_option("at", arguments->at, "2026-01-01T00:00:00Z");
  add(*clock_command, "advance", "move the clock by seconds",
      clock("POST", "/_keyfob/clock/advance",
            [arguments] {
              return json::serialize(json::object{{"seconds", arguments->seconds}});
            }))
      ->add_option("seconds", arguments->seconds, "may be fractional or negative")
      ->required();
  add(*clock_command, "resume", "let the clock run on", clock("POST", "/_keyfob/clock/resume", nothing));
  add(*clock_command, "back", "the machine's time again", clock("DELETE", "/_keyfob/clock", nothing));
}

}  // namespace keyfob::server
