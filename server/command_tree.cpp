#include "server/command_tree.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace keyfob::server {
namespace {

// "TEXT:{aws,relaxed}" → aws, relaxed.
std::vector<std::string> choices_of(const std::string& type) {
  const auto open = type.find('{');
  if (open == std::string::npos) return {};
  return CLI::detail::split(type.substr(open + 1, type.find('}') - open - 1), ',');
}

// The value's name as declared, without CLI11's notes of how it is checked.
std::string value_name(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return {};
  const auto type = option.get_type_name();
  return type.substr(0, type.find(':'));
}

CommandOption described(const CLI::Option& option) {
  const auto otherwise = option.get_default_str();
  return {.name = option.get_positional() ? std::string() : "--" + option.get_lnames().front(),
          .value = value_name(option),
          .choices = choices_of(option.get_type_name()),
          .help = option.get_description(),
          .environment = option.get_envname(),
          .otherwise = otherwise == "[]" ? std::string() : otherwise,  // an empty list
          .required = option.get_required()};
}

std::vector<const CLI::App*> below(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// Without --help, which every command has. Option groups are nameless subcommands to CLI11.
std::vector<CommandOption> options_of(const CLI::App& app) {
  std::vector<CommandOption> options;
  for (const auto* option : app.get_options()) {
    if (option != app.get_help_ptr()) options.push_back(described(*option));
  }
  for (const auto* group : below(app)) {
    if (!group->get_name().empty()) continue;
    const auto grouped = options_of(*group);
    options.insert(options.end(), grouped.begin(), grouped.end());
  }
  return options;
}

std::vector<CommandOption> named(std::vector<CommandOption> options) {
  std::erase_if(options, [](const auto& option) { return option.name.empty(); });
  return options;
}

void append(std::vector<Command>& tree, const CLI::App& app, const std::string& words,
            const std::vector<CommandOption>& inherited) {
  const auto options = options_of(app);
  tree.push_back({.words = words, .help = app.get_description(), .options = options, .inherited = inherited});
  for (const auto* sub : below(app)) {
    if (sub->get_name().empty()) continue;
    const bool is_command_of_its_own = words.empty() && sub->get_name() != "serve";
    append(tree, *sub, words.empty() ? sub->get_name() : words + " " + sub->get_name(),
           is_command_of_its_own ? std::vector<CommandOption>{} : named(options));
  }
}

}  // namespace

std::vector<Command> command_tree(const CLI::App& program) {
  std::vector<Command> tree;
  append(tree, program, {}, {});
  return tree;
}

}  // namespace keyfob::server
