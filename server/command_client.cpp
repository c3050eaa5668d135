#include "server/command_client.h"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "protocol/text.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

// Beside the server, as its container's health check is, KEYFOB_PORT says where it listens.
std::string default_url() {
  const char* port = std::getenv("KEYFOB_PORT");
  return "http://127.0.0.1:" + std::string(port != nullptr && *port != '\0' ? port : "4593");
}

std::string target(const ControlRequest& request, const std::string& account) {
  auto query = request.query;
  if (!account.empty()) query.emplace_back("account", account);
  std::string target = "/_keyfob" + request.path;
  char separator = '?';
  for (const auto& [name, value] : query) {
    target.append(1, separator).append(name).append("=").append(percent_encode(value));
    separator = '&';
  }
  return target;
}

std::string message_of(const ClientReply& reply) {
  boost::system::error_code ignored;
  const auto value = json::parse(reply.body, ignored);
  const auto* error = value.is_object() ? value.get_object().if_contains("error") : nullptr;
  if (error == nullptr) return "HTTP " + std::to_string(reply.status);
  return text_of(*error, "message");
}

}  // namespace

std::string Client::ask(const ControlRequest& request) const {
  auto reply = fetch(server, request.method, target(request, account), request.body);
  if (reply.status >= 400) throw std::runtime_error(message_of(reply));
  return std::move(reply.body);
}

void Client::show(const ControlRequest& request, const std::function<void(const json::value&)>& print) const {
  const auto body = ask(request);
  if (as_json || body.empty()) {
    std::cout << body;
  } else {
    boost::system::error_code error;
    const auto value = json::parse(body, error);
    if (error) throw std::runtime_error("what answers at " + server.url + " is no keyfob");
    print(value);
  }
}

void Client::tell(const ControlRequest& request) const {
  show(request, [](const json::value&) {});
}

ClientCommand::ClientCommand(CLI::App& app, std::function<int()>& command, const std::string& name,
                             const std::string& help)
    : client_(std::make_shared<Client>()), command_(command), app_(*app.add_subcommand(name, help)) {
  client_->server.url = default_url();
  app_.require_subcommand(1);
  app_.add_option("--url", client_->server.url, "the server")
      ->envname("KEYFOB_URL")
      ->type_name("URL")
      ->capture_default_str();
  app_.add_option("--account", client_->account, "the account, when not the default one")
      ->type_name("ACCOUNT");
  app_.add_option("--token", client_->server.token, "the server's control token")
      ->envname("KEYFOB_CONTROL_TOKEN")
      ->type_name("TOKEN");
  app_.add_flag("--json", client_->as_json, "print the server's JSON");
}

CLI::App& ClientCommand::run(Run run) {
  app_.require_subcommand(0, 1);
  call_back(app_, std::move(run));
  return app_;
}

CLI::App& ClientCommand::add(const std::string& name, const std::string& help, Run run) {
  auto& sub = *app_.add_subcommand(name, help);
  sub.footer("--url, --account, --token and --json are understood as by `keyfob " + app_.get_name() + "`.");
  call_back(sub, std::move(run));
  return sub;
}

void ClientCommand::call_back(CLI::App& app, Run run) {
  // CLI11 calls a subcommand's callback before its parent's, which then has nothing more to say.
  app.callback([&app, &command = command_, client = client_, run = std::move(run)] {
    if (!app.get_subcommands().empty()) return;
    command = [client, run] {
      try {
        run(*client);
        return 0;
      } catch (const std::exception& error) {
        std::cerr << "keyfob: " << error.what() << "\n";
        return 1;
      }
    };
  });
}

std::string text_of(const json::value& object, const char* name) {
  const auto* member = object.as_object().if_contains(name);
  if (member == nullptr) return {};
  return member->is_string() ? std::string(member->get_string()) : json::serialize(*member);
}

}  // namespace keyfob::server
