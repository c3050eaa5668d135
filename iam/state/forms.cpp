#include "iam/state/forms.h"

#include <boost/json.hpp>

namespace keyfob {

namespace json = boost::json;

std::string read_id(const Place& place, const Shape& shape, std::string_view prefix) {
  auto id = read_shaped(place, shape);
  if (!id.starts_with(prefix)) place.fail("must start with " + std::string(prefix));
  return id;
}

json::object id_schema(const Shape& shape, std::string_view prefix) {
  auto schema = shape_schema(shape);
  schema["pattern"] = "^" + std::string(prefix) + "[A-Za-z0-9_]*$";
  return schema;
}

std::string read_policy(const Place& place, policy::DocumentKind kind) {
  auto text = place.value().is_object() ? json::serialize(place.value()) : place.text();
  if (const auto compiled = policy::compile(text, kind); !compiled)
    place.fail(compiled.error().message.value_or("is no policy"));
  return text;
}

json::object policy_schema(json::object& definitions) {
  return shared_schema(
      "policyDocument",
      {{"type", {"object", "string"}},
       {"description",
        "A policy, as the object it is or as its text. It is exported as the text that was sent."}},
      definitions);
}

}  // namespace keyfob
