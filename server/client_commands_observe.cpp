#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>

#include "protocol/text.h"
#include "server/client_commands.h"
#include "server/command_client.h"
#include "server/control_bodies.h"
#include "server/text_table.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

std::string formatted(const char* format, double number) {
  char text[32];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

// --- Faults ---

std::string effect_of(const json::value& fault) {
  std::string effect;
  const auto say = [&](const std::string& text) { effect += (effect.empty() ? "" : ", ") + text; };
  if (const auto code = text_of(fault, "code"); !code.empty()) say(text_of(fault, "status") + " " + code);
  if (const auto message = text_of(fault, "message"); !message.empty()) say('"' + message + '"');
  if (text_of(fault, "delayMilliseconds") != "0") say("waits " + text_of(fault, "delayMilliseconds") + " ms");
  if (const auto drop = text_of(fault, "drop"); !drop.empty()) say("connection lost " + drop);
  return effect;
}

void print_faults(const json::value& listed) {
  TextTable table{{"ID", "ACTION", "TIMES", "PROBABILITY", "EFFECT"}};
  for (const auto& fault : listed.at("faults").as_array()) {
    const auto& members = fault.as_object();
    const auto* probability = members.if_contains("probability");
    table.push_back({text_of(fault, "id"), text_of(fault, "action"),
                     members.contains("times") ? text_of(fault, "times") : "always",
                     formatted("%g", probability ? probability->to_number<double>() : 1), effect_of(fault)});
  }
  std::cout << aligned(std::move(table));
}

void add_arm(ClientCommand& faults) {
  const auto given = std::make_shared<NewFault>();
  auto& arm = faults.add(
      "arm", "let calls to come fail, wait or lose their connection", [given](const Client& client) {
        client.show({.method = "POST", .path = "/faults", .body = json_text(*given)},
                    [](const json::value& fault) { std::cout << text_of(fault, "id") << "\n"; });
      });
  arm.add_option("--action", given->action, "an operation's name; every one without it")->type_name("NAME");
  arm.add_option("--code", given->code, "the error's code; without it the call goes through")
      ->type_name("CODE");
  arm.add_option("--status", given->status, "the error's HTTP status; 400 without it")->type_name("STATUS");
  arm.add_option("--message", given->message, "the error's message")->type_name("TEXT");
  arm.add_option("--times", given->times, "how many calls it strikes; for ever without it")
      ->type_name("COUNT");
  arm.add_option("--probability", given->probability, "that it strikes a call, 0 to 1")->type_name("NUMBER");
  arm.add_option("--seed", given->seed, "of the probability: the same calls on every run")
      ->type_name("NUMBER");
  arm.add_option("--delay", given->delay_milliseconds, "wait before the answer")->type_name("MILLISECONDS");
  arm.add_option("--drop", given->drop, "lose the connection before the call takes place, or after")
      ->check(CLI::IsMember({"before", "after"}));
}

void add_clear(ClientCommand& faults) {
  const auto id = std::make_shared<std::string>();
  faults
      .add("clear", "remove one fault, or all of the account's",
           [id](const Client& client) {
             const auto one = id->empty() ? "" : "/" + percent_encode(*id);
             client.tell({.method = "DELETE", .path = "/faults" + one});
           })
      .add_option("id", *id, "as listed; all without it")
      ->type_name("ID");
}

// --- The journal ---

void print_requests(const json::value& listed) {
  TextTable table{{"TIME", "ACTION", "STATUS", "ERROR", "MS", "CALLER"}};
  for (const auto& request : listed.at("requests").as_array()) {
    table.push_back({text_of(request, "time"), text_of(request, "action"), text_of(request, "status"),
                     text_of(request, "errorCode"),
                     formatted("%.2f", request.at("milliseconds").to_number<double>()),
                     text_of(request, "callerArn")});
  }
  std::cout << aligned(std::move(table));
}

void add_requests(CLI::App& app, std::function<int()>& command) {
  struct Arguments {
    std::string action;
    std::optional<std::uint64_t> limit;
    bool clear = false;
  };
  const auto arguments = std::make_shared<Arguments>();
  auto& requests =
      ClientCommand(app, command, "requests", "the latest AWS calls of the account, the latest first")
          .run([=](const Client& client) {
            if (arguments->clear) return client.tell({.method = "DELETE", .path = "/requests"});
            ControlRequest request{.path = "/requests"};
            if (!arguments->action.empty()) request.query.emplace_back("action", arguments->action);
            if (arguments->limit) request.query.emplace_back("limit", std::to_string(*arguments->limit));
            client.show(request, print_requests);
          });
  auto* action =
      requests.add_option("--action", arguments->action, "calls of this operation only")->type_name("NAME");
  auto* limit = requests.add_option("--limit", arguments->limit, "this many at most")->type_name("COUNT");
  requests.add_flag("--clear", arguments->clear, "forget them")->excludes(action)->excludes(limit);
}

}  // namespace

void add_observe_commands(CLI::App& app, std::function<int()>& command) {
  ClientCommand faults(app, command, "faults", "what is to go wrong");
  faults.add("list", "the faults that are armed",
             [](const Client& client) { client.show({.path = "/faults"}, print_faults); });
  add_arm(faults);
  add_clear(faults);
  add_requests(app, command);
}

}  // namespace keyfob::server
