#include "server/reference_commands.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "server/command_tree.h"
#include "server/manual_page.h"
#include "server/shell_completion.h"

namespace keyfob::server {
namespace {

std::string completion(const std::string& shell, const std::vector<Command>& tree) {
  if (shell == "bash") return bash_completion(tree);
  if (shell == "zsh") return zsh_completion(tree);
  return fish_completion(tree);
}

}  // namespace

void add_reference_commands(CLI::App& app, std::function<int()>& command) {
  const auto shell = std::make_shared<std::string>();
  auto* complete =
      app.add_subcommand("completion", "print a script that lets a shell complete keyfob's commands");
  complete->add_option("shell", *shell, "the shell")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->required();
  complete->callback([&app, &command, shell] {
    command = [&app, shell] {
      std::cout << completion(*shell, command_tree(app));
      return 0;
    };
  });
  app.add_subcommand("man", "print the manual page")->callback([&app, &command] {
    command = [&app] {
      std::cout << manual_page(command_tree(app));
      return 0;
    };
  });
}

}  // namespace keyfob::server
