// Rows of text as an aligned table for a terminal.
#pragma once

#include <string>
#include <vector>

namespace keyfob::server {

using TextTable = std::vector<std::vector<std::string>>;

// One line a row, columns two spaces apart. What could steer the terminal is shown as "?".
std::string aligned(TextTable table);

}  // namespace keyfob::server
