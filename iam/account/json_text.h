// JSON that came from outside, parsed, or a 400 that says in which line it is wrong.
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>

#include "protocol/error.h"

namespace keyfob {

// `what` opens the message: "The body" gives "The body isn't JSON: syntax error in line 3, column 7."
Result<boost::json::value> parse_json(std::string_view text, std::string_view what);

}  // namespace keyfob
