#include "protocol/json_text.h"

#include <boost/json.hpp>

#include "protocol/text.h"

namespace keyfob {

namespace json = boost::json;

namespace {

constexpr std::size_t kLineWidth = 120;

// In one line, with a space after each comma and colon.
std::string in_one_line(const json::value& value) {
  std::string text;
  const auto add = [&](const std::string& item) { text += (text.empty() ? "" : ", ") + item; };
  if (value.is_object()) {
    for (const auto& [name, member] : value.get_object())
      add(json::serialize(json::string(name)) + ": " + in_one_line(member));
    return "{" + text + "}";
  }
  if (value.is_array()) {
    for (const auto& item : value.get_array()) add(in_one_line(item));
    return "[" + text + "]";
  }
  return json::serialize(value);
}

// `before` is what stands in the line already, without the indent.
std::string pretty(const json::value& value, std::size_t indent, const std::string& before) {
  auto line = before + in_one_line(value);
  if (indent + line.size() < kLineWidth || !value.is_structured()) return line;
  const std::string inner(indent + 2, ' ');
  std::string text;
  const auto add = [&](const std::string& item) {
    text += (text.empty() ? "" : ",") + ("\n" + inner + item);
  };
  if (value.is_object()) {
    for (const auto& [name, member] : value.get_object())
      add(pretty(member, indent + 2, json::serialize(json::string(name)) + ": "));
  } else {
    for (const auto& item : value.get_array()) add(pretty(item, indent + 2, ""));
  }
  const auto* brackets = value.is_object() ? "{}" : "[]";
  return before + brackets[0] + text + "\n" + std::string(indent, ' ') + brackets[1];
}

}  // namespace

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

std::string pretty_json(const json::value& value) { return pretty(value, 0, "") + "\n"; }

}  // namespace keyfob
