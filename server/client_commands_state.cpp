#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "protocol/text.h"
#include "server/client_commands.h"
#include "server/command_client.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

constexpr const char* kStandard = "-";  // standard input or output in the place of a file

std::string read_file(const std::string& path) {
  const auto all_of = [](std::istream& in) {
    return std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  };
  if (path == kStandard) return all_of(std::cin);
  std::ifstream file(path, std::ios::binary);
  auto text = all_of(file);
  if (!file) throw std::runtime_error("can't read " + path);
  return text;
}

void write_file(const std::string& path, const std::string& text) {
  if (path == kStandard) {
    std::cout << text;
    return;
  }
  std::ofstream file(path, std::ios::binary);
  if (!(file << text).flush()) throw std::runtime_error("can't write " + path);
}

void add_export(ClientCommand& state) {
  const auto path = std::make_shared<std::string>(kStandard);
  state
      .add("export", "write the account as one document, seeds and secrets in the clear",
           [path](const Client& client) { write_file(*path, client.ask({.path = "/state"})); })
      .add_option("file", *path, "- is standard output")
      ->type_name("FILE")
      ->capture_default_str();
}

void add_import(ClientCommand& state) {
  const auto path = std::make_shared<std::string>();
  state
      .add("import", "replace the account by a document, wholly or not at all",
           [path](const Client& client) {
             client.tell({.method = "PUT", .path = "/state", .body = read_file(*path)});
           })
      .add_option("file", *path, "- is standard input")
      ->type_name("FILE")
      ->required();
}

void print_names(const json::value& listed) {
  for (const auto& snapshot : listed.at("snapshots").as_array())
    std::cout << text_of(snapshot, "name") << "\n";
}

// A command about the snapshot of one name.
void add_named(ClientCommand& snapshot, const std::string& command, const std::string& help,
               const std::string& method, const std::string& below = {}) {
  const auto name = std::make_shared<std::string>();
  snapshot
      .add(command, help,
           [=](const Client& client) {
             client.tell({.method = method, .path = "/snapshots/" + percent_encode(*name) + below});
           })
      .add_option("name", *name, "the snapshot's name")
      ->type_name("NAME")
      ->required();
}

}  // namespace

void add_state_commands(CLI::App& app, std::function<int()>& command) {
  ClientCommand state(app, command, "state", "the whole account as a document");
  add_export(state);
  add_import(state);

  ClientCommand snapshot(app, command, "snapshot", "copies of the account that the server keeps");
  add_named(snapshot, "save", "keep the account as it is", "PUT");
  add_named(snapshot, "restore", "bring the account back, its clock too", "POST", "/restore");
  snapshot.add("list", "the names of the snapshots",
               [](const Client& client) { client.show({.path = "/snapshots"}, print_names); });
  add_named(snapshot, "remove", "forget a snapshot", "DELETE");
}

}  // namespace keyfob::server
