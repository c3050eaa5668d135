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

// Adds the commands of the client to the command line; the one that was given is left in `command`.
class ClientCommands {
 public:
  explicit ClientCommands(std::function<int()>& command);

  // A subcommand with the options --url, --account, --token and --json. What `run` throws is one line on
  // standard error and status 1.
  CLI::App* add(CLI::App& parent, const std::string& name, const std::string& help,
                std::function<void(const Client&)> run);
  // A word before subcommands, which says nothing by itself.
  static CLI::App* add_group(CLI::App& parent, const std::string& name, const std::string& help);

 private:
  std::shared_ptr<Client> client_;
  std::function<int()>& command_;
};

// A member that may be missing, as text.
std::string text_of(const boost::json::value& object, const char* name);

}  // namespace keyfob::server
