// The manual page, keyfob(1), as roff.
#pragma once

#include <string>
#include <vector>

#include "server/command_tree.h"

namespace keyfob::server {

std::string manual_page(const std::vector<Command>& tree);

}  // namespace keyfob::server
