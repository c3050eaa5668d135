// What the client commands have in common: one call of the control API, its answer printed for people or as
// JSON, its errors as one line.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/http_client.h"

namespace CLI {
class App;
}

namespace keyfob::server {

struct ControlRequest {
  std::string method = "GET";
  std::string path;  // below /_keyfob
  std::vector<std::pair<std::string, std::string>> query = {};
  std::string body = {};
};

struct Client {
  ClientOptions server;
  std::string account;  // the server's default one when empty
  bool as_json = false;

  // The body of the answer. Throws std::runtime_error with what the server says is wrong.
  std::string ask(const ControlRequest& request) const;
  // Prints the answer: the server's JSON, or what `print` makes of it. An answer without a body prints
  // nothing.
  void show(const ControlRequest& request, const std::function<void(const boost::json::value&)>& print) const;
  // For a call that answers without a body.
  void tell(const ControlRequest& request) const;
};

// A word of the command line that speaks to a server, with the options --url, --account, --token and --json;
// its subcommands understand them too. The command that was given is left in `command`; what it throws is one
// line on standard error and status 1.
class ClientCommand {
 public:
  using Run = std::function<void(const Client&)>;

  ClientCommand(CLI::App& app, std::function<int()>& command, const std::string& name,
                const std::string& help);

  // What it does without a subcommand; without this it needs one.
  CLI::App& run(Run run);
  CLI::App& add(const std::string& name, const std::string& help, Run run);

 private:
  void call_back(CLI::App& app, Run run);

  std::shared_ptr<Client> client_;
  std::function<int()>& command_;
  CLI::App& app_;
};

// A member that may be missing, as text.
std::string text_of(const boost::json::value& object, const char* name);

}  // namespace keyfob::server
