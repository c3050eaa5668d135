#include "server/json_members.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <limits>

#include "protocol/text.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

namespace json = boost::json;

constexpr std::string_view kSchemas = "#/components/schemas/";
constexpr double kLargestInteger = 9'007'199'254'740'992;  // up to here a double holds each of them

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string below(const std::string& place, std::string_view name) {
  return place.empty() ? std::string(name) : place + "." + std::string(name);
}

AwsError wrong(const std::string& place, const std::string& what) {
  return bad_request((place.empty() ? "The body" : quoted(place)) + " " + what);
}

AwsError must_be(const std::string& place, const std::string& what) {
  return wrong(place, "must be " + what + ".");
}

// "a", "b" or "c".
std::string one_of(std::span<const char* const> words) {
  std::string all;
  for (std::size_t i = 0; i < words.size(); ++i) {
    all += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + quoted(words[i]);
  }
  return all;
}

// --- Values ---

Result<void> check_text(const std::string& text, const Bounds& bounds, const std::string& place) {
  if (!bounds.words.empty() && std::ranges::find(bounds.words, text) == bounds.words.end()) {
    return must_be(place, one_of(bounds.words));
  }
  if (bounds.shape == nullptr || bounds.checked_by_rules) return {};
  const auto& shape = *bounds.shape;
  const auto length = std::int64_t(characters(text));
  if (length == 0 && shape.min > 0) return wrong(place, "is required.");
  if (length < shape.min || length > shape.max || (shape.accepts != nullptr && !shape.accepts(text))) {
    return wrong(place, "is not what is allowed here (" + std::string(shape.pattern) + ").");
  }
  return {};
}

Result<std::string> text_of(const json::value& from, const Bounds& bounds, const std::string& place) {
  if (!from.is_string()) return must_be(place, bounds.words.empty() ? "a string" : one_of(bounds.words));
  std::string text(from.get_string());
  CHECK_OK(check_text(text, bounds, place));
  return text;
}

Result<double> number_of(const json::value& from, const Bounds& bounds, const std::string& place,
                         const std::string& kind) {
  if (!from.is_number()) return must_be(place, kind);
  const auto number = from.to_number<double>();
  constexpr auto kInfinity = std::numeric_limits<double>::infinity();
  if (!(number >= bounds.least.value_or(-kInfinity) && number <= bounds.most.value_or(kInfinity))) {
    return wrong(place, "is out of range.");
  }
  return number;
}

// As ECMA's regular expressions spell a pattern of AWS's, whose \w and \d are ASCII.
std::string ecma_pattern(std::string_view pattern) {
  std::string spelled;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const auto two = pattern.substr(i, 2);
    if (two == "\\w" || two == "\\d") {
      spelled += two == "\\w" ? "A-Za-z0-9_" : "0-9";
      ++i;
    } else {
      spelled += pattern[i];
    }
  }
  return "^" + spelled + "$";
}

// The schema itself, or a reference to where it stands under its name.
void put_schema(std::string_view name, json::object schema, Schemas& schemas, json::object& into) {
  if (name.empty()) {
    for (auto& [key, value] : schema) into[key] = std::move(value);
    return;
  }
  schemas.components[view(name)] = std::move(schema);
  into["$ref"] = std::string(kSchemas) + std::string(name);
}

void describe_text(const Bounds& bounds, Schemas& schemas, json::object& into) {
  json::object schema;
  if (!bounds.words.empty()) {
    schema["enum"] = json::array(bounds.words.begin(), bounds.words.end());
  } else {
    schema["type"] = "string";
  }
  if (const auto* shape = bounds.shape) {
    if (shape->min > 0) schema["minLength"] = shape->min;
    if (shape->max < Shape{}.max) schema["maxLength"] = shape->max;
    if (!shape->pattern.empty()) schema["pattern"] = ecma_pattern(shape->pattern);
  }
  put_schema(bounds.component, std::move(schema), schemas, into);
}

void describe_number(const char* type, const Bounds& bounds, json::object& into) {
  const auto put = [&](const char* name, double value) {
    if (value == std::floor(value)) {
      into[name] = std::int64_t(value);
    } else {
      into[name] = value;
    }
  };
  into["type"] = type;
  if (bounds.least) put("minimum", *bounds.least);
  if (bounds.most) put("maximum", *bounds.most);
}

void describe_time(const Bounds&, Schemas& schemas, json::object& into) {
  put_schema("Time",
             {{"type", "string"},
              {"format", "date-time"},
              {"pattern", R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z$)"},
              {"example", "2026-01-01T00:00:00Z"}},
             schemas, into);
}

// --- Members ---

const Member* find_member(const Struct& described, std::string_view name) {
  for (const auto& member : described.members) {
    if (member.inner != nullptr) {
      if (const auto* found = find_member(*member.inner, name)) return found;
    } else if (member.name == name) {
      return &member;
    }
  }
  return nullptr;
}

Result<void> read_members(const Struct& described, const json::object& from, const std::string& place,
                          void* into) {
  for (const auto& member : described.members) {
    if (member.inner != nullptr) {
      CHECK_OK(read_members(*member.inner, from, place, member.fill(into)));
      continue;
    }
    const auto* value = from.if_contains(view(member.name));
    const auto here = below(place, member.name);
    if (value == nullptr || value->is_null()) {
      if (member.required) return wrong(here, "is required.");
    } else if (member.constant == nullptr) {
      CHECK_OK(member.type->read(*value, member.bounds, here, member.fill(into)));
    } else if (*value != json::value(member.constant)) {
      return must_be(here, quoted(member.constant));
    }
  }
  return {};
}

void write_members(const Struct& described, const void* from, json::object& into) {
  for (const auto& member : described.members) {
    if (member.constant != nullptr) {
      into[view(member.name)] = member.constant;
      continue;
    }
    const auto* value = member.find(from);
    if (value == nullptr) continue;
    if (member.inner != nullptr) {
      write_members(*member.inner, value, into);
    } else {
      member.type->write(value, into[view(member.name)]);
    }
  }
}

json::object member_schema(const Member& member, Schemas& schemas) {
  json::object schema;
  if (member.constant != nullptr) {
    schema["const"] = member.constant;
  } else {
    member.type->describe(member.bounds, schemas, schema);
  }
  if (!member.bounds.otherwise.empty()) schema["default"] = json::parse(view(member.bounds.otherwise));
  if (!member.summary.empty()) schema["description"] = view(member.summary);
  return schema;
}

void describe_members(const Struct& described, Schemas& schemas, json::object& properties,
                      json::array& required) {
  for (const auto& member : described.members) {
    if (member.inner != nullptr) {
      describe_members(*member.inner, schemas, properties, required);
      continue;
    }
    properties[view(member.name)] = member_schema(member, schemas);
    if (schemas.closed ? member.required : !member.may_be_absent) {
      required.push_back(json::string(view(member.name)));
    }
  }
}

void add_also(const Struct& described, json::object& schema) {
  for (const auto& member : described.members) {
    if (member.inner != nullptr) add_also(*member.inner, schema);
  }
  if (described.also.empty()) return;
  const auto also = json::parse(view(described.also));
  for (const auto& [name, value] : also.as_object()) schema[name] = value;
}

}  // namespace

Result<void> read_struct(const Struct& described, const json::value& from, const std::string& place,
                         void* into) {
  if (!from.is_object()) return must_be(place, place.empty() ? "a JSON object" : "an object");
  for (const auto& member : from.get_object()) {
    if (find_member(described, member.key()) == nullptr) {
      return wrong(below(place, member.key()), "is not known here.");
    }
  }
  return read_members(described, from.get_object(), place, into);
}

void write_struct(const Struct& described, const void* from, json::value& into) {
  write_members(described, from, into.emplace_object());
}

void describe_struct(const Struct& described, Schemas& schemas, json::object& into) {
  json::object properties;
  json::array required;
  describe_members(described, schemas, properties, required);
  json::object schema{{"type", "object"}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
  if (schemas.closed) schema["additionalProperties"] = false;
  add_also(described, schema);
  if (!described.example.empty()) schema["example"] = json::parse(view(described.example));
  put_schema(described.name, std::move(schema), schemas, into);
}

// --- Queries ---

Result<void> check_query(const Struct* described, const Form& query) {
  for (const auto& [name, value] : query.parameters()) {
    if (name == "account" || (described != nullptr && find_member(*described, name) != nullptr)) continue;
    return wrong(std::string(name), "is not known here.");
  }
  return {};
}

Result<void> read_query(const Struct& described, const Form& query, void* into) {
  json::object values;
  for (const auto& [name, text] : query.parameters()) {
    const auto* member = find_member(described, name);
    if (member == nullptr || values.contains(view(name))) continue;  // the first one wins
    auto& value = values[view(name)];
    if (member->type->parse != nullptr) {
      member->type->parse(text, value);
    } else {
      value = view(text);
    }
  }
  return read_members(described, values, {}, into);
}

void describe_query(const Struct& described, Schemas& schemas, json::array& into) {
  const auto examples =
      described.example.empty() ? json::object() : json::parse(view(described.example)).as_object();
  for (const auto& member : described.members) {
    if (member.inner != nullptr) {
      describe_query(*member.inner, schemas, into);
      continue;
    }
    json::object parameter{{"name", view(member.name)}, {"in", "query"}};
    if (member.required) parameter["required"] = true;
    parameter["description"] = view(member.summary);
    json::object schema;
    member.type->describe(member.bounds, schemas, schema);
    parameter["schema"] = std::move(schema);
    if (const auto* example = examples.if_contains(view(member.name))) parameter["example"] = *example;
    into.push_back(std::move(parameter));
  }
}

// --- Types ---

namespace detail {

Result<std::int64_t> read_integer(const json::value& from, const Bounds& bounds, const std::string& place) {
  TRY(const double number, number_of(from, bounds, place, "an integer"));
  if (number != std::floor(number)) return must_be(place, "an integer");
  if (std::abs(number) > kLargestInteger) return wrong(place, "is out of range.");
  return std::int64_t(number);
}

void write_integer(std::int64_t number, json::value& into) { into = number; }

void describe_integer(const Bounds& bounds, Schemas&, json::object& into) {
  describe_number("integer", bounds, into);
}

// What is none stays a text, which is then refused.
void parse_integer(std::string_view text, json::value& into) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) {
    into = number;
  } else {
    into = view(text);
  }
}

Result<void> read_items(const json::value& from, const Bounds& bounds, const std::string& place,
                        const JsonType& type, void* into, void* (*append)(void* into)) {
  if (!from.is_array()) return must_be(place, "an array");
  std::size_t index = 0;
  for (const auto& item : from.get_array()) {
    CHECK_OK(type.read(item, bounds, place + "[" + std::to_string(index++) + "]", append(into)));
  }
  return {};
}

void begin_items(json::value& into) { into.emplace_array(); }

void write_item(const JsonType& type, const void* from, json::value& into) {
  type.write(from, into.get_array().emplace_back(nullptr));
}

void describe_items(const Bounds& bounds, const JsonType& type, Schemas& schemas, json::object& into) {
  json::object items;
  type.describe(bounds, schemas, items);
  into["type"] = "array";
  into["items"] = std::move(items);
}

Result<std::size_t> choose(std::span<const Struct* const> structs, const json::value& from,
                           const std::string& place) {
  if (!from.is_object()) return must_be(place, place.empty() ? "a JSON object" : "an object");
  std::string_view name;
  std::vector<const char*> words;
  for (std::size_t i = 0; i < structs.size(); ++i) {
    for (const auto& member : structs[i]->members) {
      if (member.constant == nullptr) continue;
      const auto* value = from.get_object().if_contains(view(member.name));
      if (value != nullptr && *value == json::value(member.constant)) return i;
      name = member.name;
      words.push_back(member.constant);
    }
  }
  return must_be(below(place, name), one_of(words));
}

void describe_choice(std::span<const Struct* const> structs, Schemas& schemas, json::object& into) {
  json::array choices;
  for (const auto* described : structs) {
    json::object choice;
    describe_struct(*described, schemas, choice);
    choices.push_back(std::move(choice));
  }
  into["oneOf"] = std::move(choices);
}

}  // namespace detail

constexpr JsonType JsonTypeOf<std::string>::type{
    .read = [](const json::value& from, const Bounds& bounds, const std::string& place,
               void* into) -> Result<void> {
      TRY(*static_cast<std::string*>(into), text_of(from, bounds, place));
      return {};
    },
    .write = [](const void* from, json::value& into) { into = view(*static_cast<const std::string*>(from)); },
    .describe = describe_text};

constexpr JsonType JsonTypeOf<Secret>::type{
    .read = [](const json::value& from, const Bounds& bounds, const std::string& place,
               void* into) -> Result<void> {
      TRY(std::string text, text_of(from, bounds, place));
      *static_cast<Secret*>(into) = Secret{std::move(text)};
      return {};
    },
    .write = [](const void* from,
                json::value& into) { into = view(static_cast<const Secret*>(from)->reveal()); },
    .describe = describe_text};

constexpr JsonType JsonTypeOf<Instant>::type{
    .read = [](const json::value& from, const Bounds&, const std::string& place, void* into) -> Result<void> {
      const auto at = from.is_string() ? from_iso8601(from.get_string()) : std::nullopt;
      if (!at) return must_be(place, "a time like 2026-01-01T00:00:00Z");
      *static_cast<Instant*>(into) = *at;
      return {};
    },
    .write = [](const void* from,
                json::value& into) { into = to_rfc3339(*static_cast<const Instant*>(from)); },
    .describe = describe_time};

constexpr JsonType JsonTypeOf<bool>::type{
    .read = [](const json::value& from, const Bounds&, const std::string& place, void* into) -> Result<void> {
      if (!from.is_bool()) return must_be(place, "true or false");
      *static_cast<bool*>(into) = from.get_bool();
      return {};
    },
    .write = [](const void* from, json::value& into) { into = *static_cast<const bool*>(from); },
    .describe = [](const Bounds&, Schemas&, json::object& into) { into["type"] = "boolean"; }};

constexpr JsonType JsonTypeOf<double>::type{
    .read = [](const json::value& from, const Bounds& bounds, const std::string& place,
               void* into) -> Result<void> {
      TRY(*static_cast<double*>(into), number_of(from, bounds, place, "a number"));
      return {};
    },
    .write = [](const void* from, json::value& into) { into = *static_cast<const double*>(from); },
    .describe = [](const Bounds& bounds, Schemas&,
                   json::object& into) { describe_number("number", bounds, into); }};

constexpr JsonType JsonTypeOf<std::vector<std::pair<std::string, std::string>>>::type{
    .read = [](const json::value& from, const Bounds& bounds, const std::string& place,
               void* into) -> Result<void> {
      if (!from.is_object()) return must_be(place, "an object");
      auto& entries = *static_cast<std::vector<std::pair<std::string, std::string>>*>(into);
      for (const auto& [name, value] : from.get_object()) {
        TRY(std::string text, text_of(value, bounds, below(place, name)));
        entries.emplace_back(std::string(name), std::move(text));
      }
      return {};
    },
    .write =
        [](const void* from, json::value& into) {
          auto& object = into.emplace_object();
          for (const auto& [name, text] :
               *static_cast<const std::vector<std::pair<std::string, std::string>>*>(from)) {
            object[view(name)] = view(text);
          }
        },
    .describe =
        [](const Bounds& bounds, Schemas& schemas, json::object& into) {
          json::object value;
          describe_text(bounds, schemas, value);
          into["type"] = "object";
          into["additionalProperties"] = std::move(value);
        }};

std::string json_text(const JsonType& type, const void* value) {
  json::value written;
  type.write(value, written);
  return json::serialize(written);
}

}  // namespace keyfob::server
