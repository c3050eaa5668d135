// Where the statements of a policy stand in its text, which a JSON parser doesn't tell.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "iam/policy/document.h"

namespace keyfob::policy {

// Start and end of each statement, for text that is known to be a policy.
std::vector<std::pair<Position, Position>> statement_positions(std::string_view json);

}  // namespace keyfob::policy
