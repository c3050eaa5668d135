#include "iam/account/json_text.h"

#include <boost/json.hpp>

#include "protocol/text.h"

namespace keyfob {

namespace json = boost::json;

Result<json::value> parse_json(std::string_view text, std::string_view what) {
  json::parser parser;
  boost::system::error_code error;
  const auto read = parser.write_some(text.data(), text.size(), error);
  if (!error && read < text.size()) error = json::error::extra_data;
  if (!error) return parser.release();
  const auto [line, column] = line_and_column(text, read);
  return AwsError{"BadRequest", 400,
                  std::string(what) + " isn't JSON: " + error.message() + " in line " + std::to_string(line) +
                      ", column " + std::to_string(column) + "."};
}

}  // namespace keyfob
