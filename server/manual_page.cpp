#include "server/manual_page.h"

#include <map>
#include <string_view>

namespace keyfob::server {
namespace {

// Text that roff prints as it stands.
std::string roff(std::string_view text) {
  std::string result;
  if (text.starts_with('.') || text.starts_with('\'')) result += "\\&";
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
  }
  return result;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

// "NAME", or the words to choose from.
std::string value_text(const CommandOption& option) {
  if (option.choices.empty()) return italic(option.value);
  std::string text;
  for (const auto& choice : option.choices) text += (text.empty() ? "" : " | ") + bold(choice);
  return text;
}

std::string option_item(const CommandOption& option) {
  std::string item = ".TP\n";
  if (!option.name.empty()) item += bold(option.name) + (option.value.empty() ? "" : " ");
  if (!option.value.empty()) item += value_text(option);
  item += "\n" + roff(option.help);
  if (!option.otherwise.empty()) item += " (default: " + roff(option.otherwise) + ")";
  return item + "\n";
}

// "keyfob clock freeze [options] [TIME]"
std::string synopsis(const Command& command) {
  std::string text = bold("keyfob" + (command.words.empty() ? "" : " " + command.words));
  bool has_options = !command.inherited.empty();
  std::string positionals;
  for (const auto& option : command.options) {
    has_options |= !option.name.empty();
    if (option.name.empty())
      positionals += option.required ? " " + value_text(option) : " [" + value_text(option) + "]";
  }
  return text + (has_options ? " [" + italic("options") + "]" : "") + positionals;
}

std::string command_section(const Command& command) {
  std::string section = ".SS " + synopsis(command) + "\n" + roff(command.help) + "\n";
  for (const auto& option : command.options) section += option_item(option);
  return section;
}

std::string environment_section(const std::vector<Command>& tree) {
  std::string section =
      ".SH ENVIRONMENT\nThe command line wins over the environment, the environment over the "
      "file of\n" +
      bold("--config") + ".\n";
  std::map<std::string, std::string> variables;
  for (const auto& command : tree) {
    for (const auto& option : command.options) {
      if (!option.environment.empty()) variables.emplace(option.environment, option.name);
    }
  }
  for (const auto& [variable, option] : variables)
    section += ".TP\n" + bold(variable) + "\n" + bold(option) + "\n";
  return section;
}

}  // namespace

std::string manual_page(const std::vector<Command>& tree) {
  const auto& program = tree.front();
  std::string page = ".TH KEYFOB 1 \"\" \"keyfob " KEYFOB_VERSION "\" \"User Commands\"\n";
  page += ".SH NAME\nkeyfob \\- " + roff(program.help.substr(program.help.find(": ") + 2)) + "\n";
  page += ".SH SYNOPSIS\n" + bold("keyfob") + " [" + bold("serve") + "] [" + italic("options") + "]\n.br\n" +
          bold("keyfob") + " " + italic("command") + " [" + italic("options") + "]\n";
  page += ".SH OPTIONS\nOf the server, which is what runs without a command:\n";
  for (const auto& option : program.options) page += option_item(option);
  page += ".SH COMMANDS\nSubcommands understand the options of the command above them.\n";
  for (const auto& command : tree) {
    if (!command.words.empty()) page += command_section(command);
  }
  page += environment_section(tree);
  page +=
      ".SH EXIT STATUS\n.TP\n0\nIt went well.\n.TP\n1\nIt failed; standard error says why, in one line.\n"
      ".TP\n2\nThe command line makes no sense.\n";
  return page;
}

}  // namespace keyfob::server
