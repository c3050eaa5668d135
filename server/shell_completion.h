// Scripts that let a shell complete keyfob's command line.
#pragma once

#include <string>
#include <vector>

#include "server/command_tree.h"

namespace keyfob::server {

std::string bash_completion(const std::vector<Command>& tree);
std::string zsh_completion(const std::vector<Command>& tree);
std::string fish_completion(const std::vector<Command>& tree);

}  // namespace keyfob::server
