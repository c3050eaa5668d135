// JSON as text: parsed when it came from outside, or written for people.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "protocol/error.h"

namespace keyfob {

// The value, or a 400 that says in which line the text is wrong. `what` opens the message: "The body" gives
// "The body isn't JSON: syntax error in line 3, column 7."
Result<boost::json::value> parse_json(std::string_view text, std::string_view what);

// In lines of 120 characters: what fits into the rest of one stays in it, the rest is indented by two spaces.
std::string pretty_json(const boost::json::value& value);

}  // namespace keyfob
