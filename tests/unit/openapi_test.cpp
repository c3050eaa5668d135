// The control API's description, which is made from its routes: each is there, under a name of its own, and
// what it refers to is there too.
#include "server/openapi.h"

#include <boost/json.hpp>
#include <set>

#include "server/control_call.h"
#include "tests/catch.h"

using namespace keyfob::server;
namespace json = boost::json;

namespace {

std::set<std::string> answered() {
  std::set<std::string> calls;
  for (const auto routes : route_tables()) {
    for (const auto& route : routes) calls.insert(std::string(route.method) + " " + std::string(route.path));
  }
  return calls;
}

json::value description() { return json::parse(openapi_document()); }

std::set<std::string> described(std::set<std::string>& ids) {
  std::set<std::string> calls;
  const auto document = description();
  for (const auto& [path, operations] : document.at("paths").as_object()) {
    for (const auto& [method, operation] : operations.as_object()) {
      std::string verb(method);
      for (char& c : verb) c = char(std::toupper(static_cast<unsigned char>(c)));
      calls.insert(verb + " " + std::string(path));
      ids.insert(std::string(operation.at("operationId").as_string()));
    }
  }
  return calls;
}

void find_references(const json::value& value, std::set<std::string>& found) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.get_object()) {
      if (name == "$ref") found.insert(std::string(member.as_string()));
      find_references(member, found);
    }
  }
  if (value.is_array()) {
    for (const auto& item : value.get_array()) find_references(item, found);
  }
}

}  // namespace

TEST_CASE("every route of the control API is described under a name of its own") {
  std::set<std::string> ids;
  CHECK(described(ids) == answered());
  CHECK(ids.size() == answered().size());
}

TEST_CASE("the description of the control API refers to what it holds") {
  const auto document = description();
  std::set<std::string> references;
  find_references(document, references);
  CHECK(references.size() > 20);
  for (const auto& reference : references) {
    if (!reference.starts_with("#")) continue;
    INFO(reference);
    boost::system::error_code error;
    CHECK(document.find_pointer(reference.substr(1), error) != nullptr);
  }
}
