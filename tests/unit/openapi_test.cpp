// The description of the control API names what the server answers, and nothing else.
#include <boost/json.hpp>
#include <regex>
#include <set>

#include "server/control_call.h"
#include "server/embedded_files.h"
#include "tests/catch.h"

using namespace keyfob::server;

namespace {

std::set<std::string> answered() {
  std::set<std::string> calls;
  for (const auto routes : route_tables()) {
    for (const auto& route : routes) calls.insert(std::string(route.method) + " " + std::string(route.path));
  }
  return calls;
}

// With {} for {name}, as the routes have it.
std::set<std::string> described() {
  std::set<std::string> calls;
  const auto text = documents().front().content;
  const auto document = boost::json::parse({text.data(), text.size()});
  for (const auto& [path, operations] : document.at("paths").as_object()) {
    const auto route = std::regex_replace(std::string(path), std::regex(R"(\{\w+\})"), "{}");
    for (const auto& [method, operation] : operations.as_object()) {
      std::string verb(method);
      for (char& c : verb) c = char(std::toupper(static_cast<unsigned char>(c)));
      calls.insert(verb + " " + route);
    }
  }
  return calls;
}

}  // namespace

TEST_CASE("every route of the control API is described, and the reverse") {
  CHECK(described() == answered());
}
