#include "server/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "server/client_commands.h"
#include "server/control_api_report.h"
#include "server/operations_report.h"
#include "server/options.h"
#include "server/reference_commands.h"
#include "server/state_report.h"

namespace keyfob::server {
namespace {

// "--log-level" → "KEYFOB_LOG_LEVEL".
std::string environment_name(std::string option) {
  option.erase(0, option.find_first_not_of('-'));
  for (char& c : option) c = c == '-' ? '_' : char(std::toupper(static_cast<unsigned char>(c)));
  return "KEYFOB_" + option;
}

template <class T>
CLI::Option* add(CLI::App& app, const std::string& name, T& value, const std::string& help) {
  return app.add_option(name, value, help)->envname(environment_name(name))->capture_default_str();
}

CLI::Option* add_flag(CLI::App& app, const std::string& name, bool& value, const std::string& help) {
  return app.add_flag(name, value, help)->envname(environment_name(name));
}

void add_serve_options(CLI::App& app, ServeOptions& options, bool& strict) {
  add(app, "--host", options.host, "address to listen on");
  add(app, "--port", options.port, "port; 0 picks a free one and prints it");
  add(app, "--data", options.data, "SQLite file to keep state in; without it state goes with the process")
      ->type_name("FILE");
  add(app, "--account", options.account, "the default account")->check([](const std::string& text) {
    return AccountId::parse(text) ? std::string() : "must be twelve digits";
  });
  add_flag(app, "--verify-signatures", options.verify_signatures, "refuse requests whose signature is wrong");
  add_flag(app, "--enforce-policies", options.enforce_policies, "evaluate IAM policies on every call");
  add_flag(app, "--strict", strict, "both of the above");
  add(app, "--propagation-delay", options.propagation_delay, "seconds that device changes take to reach STS")
      ->check([](const std::string& text) {
        double seconds = -1;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        const bool sound = error == std::errc{} && end == text.data() + text.size() && seconds >= 0 &&
                           seconds <= 31'536'000;  // nan is neither
        return sound ? std::string() : "must be from 0 to 31536000 seconds";
      });
  add(app, "--threads", options.threads, "threads that serve; 0: one for each core");
  add(app, "--fixture", options.fixture, "state to load at start")->type_name("FILE");
  add(app, "--tls-cert", options.tls_cert, "certificate chain (PEM): serve HTTPS")->type_name("FILE");
  add(app, "--tls-key", options.tls_key, "private key (PEM)")->type_name("FILE");
  add(app, "--control-token", options.control_token, "token that /_keyfob/ asks for");
  add(app, "--allow-host", options.allow_hosts, "a further Host that may drive /_keyfob/")->delimiter(',');
  add(app, "--limits", options.limits, "quotas: aws or relaxed")->check(CLI::IsMember({"aws", "relaxed"}));
  add(app, "--log-level", options.log_level, "error, warn, info or debug")
      ->check(CLI::IsMember({"error", "warn", "info", "debug"}));
  add(app, "--log-format", options.log_format, "text or json")->check(CLI::IsMember({"text", "json"}));
  add(app, "--root-access-key-id", options.root_access_key_id, "root's access key with --verify-signatures");
  add(app, "--root-secret-access-key", options.root_secret_access_key, "the secret of root keys");
}

bool names(std::string_view argument, std::string_view option) {
  return argument == option ||
         (argument.starts_with(option) && argument.substr(option.size()).starts_with('='));
}

// The command line wins over the environment, that over the file. CLI11 would let the file win over the
// environment, so what the environment says is put where the command line doesn't say otherwise.
std::vector<std::string> with_environment(const CLI::App& app, const std::vector<std::string>& given) {
  std::vector<std::string> arguments;
  for (const auto* option : app.get_options()) {
    const auto& variable = option->get_envname();
    const char* value = variable.empty() ? nullptr : std::getenv(variable.c_str());
    const auto name = option->get_name();
    const bool said = std::ranges::any_of(given, [&](const auto& argument) { return names(argument, name); });
    if (value != nullptr && *value != '\0' && !said) arguments.push_back(name + "=" + value);
  }
  arguments.insert(arguments.end(), given.begin(), given.end());
  return arguments;
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app{"keyfob: a local emulator of AWS IAM MFA devices", "keyfob"};
  app.set_version_flag("--version", std::string("keyfob ") + KEYFOB_VERSION);
  app.set_config("--config", "", "file of options, one `name=value` a line; quote a value with spaces")
      ->envname("KEYFOB_CONFIG")
      ->type_name("FILE");
  app.allow_config_extras(false);  // a mistyped name in the file is a mistake, as on the command line
  app.require_subcommand(0, 1);
  app.fallthrough();

  // `keyfob` alone serves, so the options of `serve` are the program's own, and `serve` lets them fall
  // through.
  ServeOptions options;
  bool strict = false;
  add_serve_options(app, options, strict);
  app.add_subcommand("serve", "serve until SIGTERM or SIGINT (also what keyfob alone does)")
      ->fallthrough()
      ->footer("Its options are those of `keyfob --help`.");

  std::function<int()> command = [&] {
    options.verify_signatures |= strict;
    options.enforce_policies |= strict;
    return serve(options);
  };
  add_operations_command(app, command);
  add_state_schema_command(app, command);
  add_control_api_command(app, command);
  add_client_commands(app, command);
  add_reference_commands(app, command);

  try {
    auto arguments = with_environment(app, {argv + 1, argv + argc});
    std::ranges::reverse(arguments);  // the order CLI11 takes them in
    app.parse(std::move(arguments));
    if (options.tls_cert.empty() != options.tls_key.empty()) {
      throw CLI::ValidationError("--tls-cert and --tls-key go together");
    }
  } catch (const CLI::Success& asked) {  // --help, --version
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "keyfob: %s\n", error.what());
    return 2;
  }
  return command();
}

}  // namespace keyfob::server
