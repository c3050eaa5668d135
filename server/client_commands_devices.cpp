#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>
#include <memory>

#include "server/client_commands.h"
#include "server/command_client.h"
#include "server/control_bodies.h"
#include "server/text_table.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

void add_codes(CLI::App& app, std::function<int()>& command) {
  struct Arguments {
    std::string serial_number;
    std::string at;
  };
  const auto arguments = std::make_shared<Arguments>();
  auto& codes =
      ClientCommand(app, command, "codes", "previous, current and next code of a device")
          .run([=](const Client& client) {
            ControlRequest request{.path = "/codes", .query = {{"serial", arguments->serial_number}}};
            if (!arguments->at.empty()) request.query.emplace_back("at", arguments->at);
            client.show(request, [](const json::value& shown) {
              std::cout << text_of(shown, "previous") << " " << text_of(shown, "current") << " "
                        << text_of(shown, "next") << "\n";
            });
          });
  codes.add_option("serial", arguments->serial_number, "serial number")->type_name("SERIAL")->required();
  codes.add_option("--at", arguments->at, "at this time, not now: 2026-01-01T00:00:00Z")->type_name("TIME");
}

// CLI11's way to check: what is wrong, or nothing.
std::string check_certification(const std::string& text) {
  return text.find('=') == std::string::npos ? "must be NAME=LEVEL" : "";
}

std::string tags_text(const json::value& device) {
  std::string text;
  for (const auto& tag : device.at("tags").as_array()) {
    text += (text.empty() ? "" : ",") + text_of(tag, "key") + "=" + text_of(tag, "value");
  }
  return text;
}

void print_devices(const json::value& listed) {
  TextTable table{{"SERIAL NUMBER", "TYPE", "USER", "ENABLED", "TAGS"}};
  for (const auto& device : listed.at("devices").as_array()) {
    const bool roots = device.as_object().contains("root");
    table.push_back({text_of(device, "serialNumber"), text_of(device, "type"),
                     roots ? "(root)" : text_of(device, "userName"), text_of(device, "enableDate"),
                     tags_text(device)});
  }
  std::cout << aligned(std::move(table));
}

struct DeviceArguments {
  std::string hardware;  // a serial number
  std::optional<std::string> seed;
  std::vector<std::string> fido;  // a user and a name
  std::vector<std::string> certifications;
};

NewDevice body_of(const DeviceArguments& given) {
  if (!given.hardware.empty()) return NewHardwareToken{.serial_number = given.hardware, .seed = given.seed};
  NewSecurityKey key{
      .whose = {.user_name = given.fido.at(0), .root = {}}, .name = given.fido.at(1), .certifications = {}};
  for (const auto& certification : given.certifications) {
    const auto equals = certification.find('=');
    key.certifications.emplace_back(certification.substr(0, equals), certification.substr(equals + 1));
  }
  return key;
}

void print_added(const json::value& added) {
  std::cout << text_of(added, "serialNumber") << "\n";
  if (const auto seed = text_of(added, "seed"); !seed.empty()) std::cout << seed << "\n";
}

void add_device_add(ClientCommand& device) {
  const auto given = std::make_shared<DeviceArguments>();
  auto& add = device.add(
      "add", "put a hardware token on the shelf, or enrol a user's security key",
      [given](const Client& client) {
        client.show({.method = "POST", .path = "/devices", .body = json_text(body_of(*given))}, print_added);
      });
  auto* kind = add.add_option_group("kind");
  kind->require_option(1);
  auto* hardware = kind->add_option("--hardware", given->hardware, "a hardware token's serial number")
                       ->type_name("SERIAL");
  auto* fido = kind->add_option("--fido", given->fido, "the user of a security key, and the key's name")
                   ->expected(2)
                   ->type_name("USER NAME");
  add.add_option("--seed", given->seed, "of the token; without it one is made, and printed this once")
      ->type_name("BASE32")
      ->needs(hardware);
  add.add_option("--certification", given->certifications, "of the key, such as FIDO=L1; more than once")
      ->type_name("NAME=LEVEL")
      ->expected(1)
      ->take_all()
      ->check(check_certification)
      ->needs(fido);
}

void add_device_remove(ClientCommand& device) {
  const auto serial_number = std::make_shared<std::string>();
  device
      .add("remove", "take a device away, whatever its state",
           [serial_number](const Client& client) {
             client.tell({.method = "DELETE", .path = "/devices", .query = {{"serial", *serial_number}}});
           })
      .add_option("serial", *serial_number, "serial number")
      ->type_name("SERIAL")
      ->required();
}

void print_enrolment(const json::value& enrolled) {
  std::cout << aligned({{"serial number", text_of(enrolled, "serialNumber")},
                        {"seed", text_of(enrolled, "seed")},
                        {"current code", text_of(enrolled, "current")}});
}

void add_enroll(CLI::App& app, std::function<int()>& command) {
  const auto given = std::make_shared<NewEnrolment>();
  auto& enroll =
      ClientCommand(app, command, "enroll", "a user with an enabled virtual device, in one go")
          .run([given](const Client& client) {
            client.show({.method = "POST", .path = "/enroll", .body = json_text(*given)}, print_enrolment);
          });
  auto* who = enroll.add_option_group("who");
  who->add_option("user", given->whose.user_name, "created when there is none of that name")
      ->type_name("USER");
  who->add_flag_callback(
      "--root", [given] { given->whose.root = true; }, "the account's root, in the place of a user");
  who->require_option(1);
  enroll
      .add_option("--name", given->device_name,
                  "of the device; the user's when left out, root's is root-account-mfa-device")
      ->type_name("DEVICE");
}

}  // namespace

void add_device_commands(CLI::App& app, std::function<int()>& command) {
  add_codes(app, command);
  ClientCommand device(app, command, "device", "devices of every kind");
  device.add("list", "every device of the account",
             [](const Client& client) { client.show({.path = "/devices"}, print_devices); });
  add_device_add(device);
  add_device_remove(device);
  add_enroll(app, command);
}

}  // namespace keyfob::server
