#include "server/control_api_report.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "server/openapi.h"

namespace keyfob::server {

void add_control_api_command(CLI::App& app, std::function<int()>& command) {
  const auto print = [&command](const std::string& (*text)()) {
    return [&command, text] {
      command = [text] {
        std::cout << text();
        return 0;
      };
    };
  };
  auto* sub = app.add_subcommand("control-api", "describe the control API, for programs");
  sub->add_flag_callback("--openapi", print(openapi_document), "as OpenAPI 3.1; so it is without an option");
  sub->add_flag_callback("--markdown", print(calls_as_markdown), "as the table of docs/control-api.md");
  sub->preparse_callback([print](std::size_t) { print(openapi_document)(); });
}

}  // namespace keyfob::server
