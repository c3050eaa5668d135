// Where a JSON text is wrong.
#include "protocol/json_text.h"

#include <boost/json.hpp>

#include "protocol/text.h"
#include "tests/catch.h"

using namespace keyfob;

namespace {

std::string fault_of(std::string_view text) {
  const auto value = parse_json(text, "The body");
  return value ? "" : value.error().message.value_or("");
}

}  // namespace

TEST_CASE("a text that is no JSON names the line and the column") {
  CHECK(fault_of(R"({"a": [1, 2]})").empty());
  CHECK(fault_of("{\n  \"a\": tru,\n}") == "The body isn't JSON: syntax error in line 2, column 8.");
  CHECK(fault_of("{\"a\": 1\n") == "The body isn't JSON: incomplete JSON in line 2, column 1.");
  CHECK(fault_of("[1]\n[2]") == "The body isn't JSON: extra data in line 2, column 1.");
  CHECK(fault_of("") == "The body isn't JSON: incomplete JSON in line 1, column 1.");
}

TEST_CASE("columns are counted in characters, not bytes") {
  CHECK(fault_of("{\"é€😀\": x}") == "The body isn't JSON: syntax error in line 1, column 9.");
  const auto place = line_and_column("a\nbé\n", 5);
  CHECK(place.line == 2);
  CHECK(place.column == 3);
}

TEST_CASE("a plus is a space in a form and a plus in a path") {
  std::string form;
  CHECK(percent_decode("a+b%2B%c3%A9", ' ', form));
  CHECK(form == "a b+é");
  std::string path;
  CHECK(percent_decode("a+b%2f", '+', path));
  CHECK(path == "a+b/");
  CHECK_FALSE(percent_decode("100%", '+', path));
  CHECK_FALSE(percent_decode("%4g", '+', path));
}
