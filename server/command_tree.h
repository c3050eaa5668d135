// The command line as data, read off its declarations: what shell completion and the manual page are made of.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace keyfob::server {

struct CommandOption {
  std::string name;                  // "--port"; empty for what stands without a name
  std::string value;                 // "PORT"; empty for a flag
  std::vector<std::string> choices;  // what the value may be; empty when it isn't one of a few words
  std::string help;
  std::string environment;  // the variable that sets it too, or empty
  std::string otherwise;    // the value when nothing sets it, or empty
  bool required;

  bool is_file() const { return value == "FILE"; }
};

struct Command {
  std::string words;  // "clock freeze"; empty for the program
  std::string help;
  std::vector<CommandOption> options;    // declared here
  std::vector<CommandOption> inherited;  // declared by the command above, and understood here too
};

// The program, then each command before its subcommands. The options of `serve` are the program's own: it
// inherits them.
std::vector<Command> command_tree(const CLI::App& program);

}  // namespace keyfob::server
