#include "protocol/json_members.h"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>

#include "protocol/text.h"

namespace keyfob {

namespace json = boost::json;

namespace {

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

const JsonMember* find_member(const JsonKind& kind, std::string_view name) {
  const auto found = std::ranges::find(kind.members, name, &JsonMember::name);
  return found == kind.members.end() ? nullptr : &*found;
}

void expect_known(const JsonMember& member, const Place& place) {
  if (member.contains == nullptr || !place) return;
  if (place.value().is_object()) return expect_known_members(member.contains(), place);
  for (std::size_t i = 0; i < place.array().size(); ++i) expect_known_members(member.contains(), place[i]);
}

json::object member_schema(const JsonMember& member, json::object& definitions) {
  auto schema = member.schema ? member.schema(definitions) : json::object{};
  if (member.initial) {
    if (auto initial = member.initial(); !initial.is_array()) schema["default"] = std::move(initial);
  }
  std::string description(member.meaning);
  if (!member.otherwise.empty())
    description += std::string(kWhenLeftOut) + std::string(member.otherwise) + ".";
  schema["description"] = description;
  return schema;
}

// A pattern of AWS's service model for the whole text, in what JSON schemas and their readers understand.
std::string schema_pattern(std::string_view pattern) {
  std::string text(pattern);
  const auto replace = [&](std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at))
      text.replace(at, what.size(), by);
  };
  replace(R"(\w)", "A-Za-z0-9_");
  replace(R"(\d)", "0-9");
  if (text.starts_with('^')) return text;
  return text.find('|') == text.npos ? "^" + text + "$" : "^(?:" + text + ")$";
}

// Readers in other languages have no classes of Unicode.
bool is_portable(std::string_view pattern) { return pattern.find(R"(\p)") == pattern.npos; }

}  // namespace

void write_members(const JsonKind& kind, const void* thing, json::object& object) {
  object.reserve(kind.members.size());
  for (const auto& member : kind.members) {
    if (member.write) member.write(thing, member.name, object);
  }
}

void read_members(const JsonKind& kind, const Place& place, void* thing) {
  for (const auto& member : kind.members) {
    const auto value = place[member.name];
    if (member.read && (member.required || value)) member.read(value, thing);
  }
}

void expect_known_members(const JsonKind& kind, const Place& place) {
  for (const auto& [key, value] : place.object()) {
    const std::string_view name(key.data(), key.size());
    const auto* member = find_member(kind, name);
    if (member == nullptr) place[name].fail("is not known here");
    expect_known(*member, place[name]);
  }
}

json::object shared_schema(std::string_view name, json::object schema, json::object& definitions) {
  definitions.emplace(view(name), std::move(schema));
  return {{"$ref", "#/$defs/" + std::string(name)}};
}

json::object kind_schema(const JsonKind& kind, json::object& definitions) {
  if (!definitions.contains(view(kind.name))) {
    definitions.emplace(view(kind.name), nullptr);  // keeps its turn
    definitions[view(kind.name)] = object_schema(kind, definitions);
  }
  return {{"$ref", "#/$defs/" + std::string(kind.name)}};
}

json::object object_schema(const JsonKind& kind, json::object& definitions) {
  json::array required;
  json::object properties;
  for (const auto& member : kind.members) {
    if (member.required) required.push_back(json::string(view(member.name)));
    properties.emplace(view(member.name), member_schema(member, definitions));
  }
  json::object schema{{"type", "object"}};
  if (!kind.meaning.empty()) schema["description"] = view(kind.meaning);
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  schema["properties"] = std::move(properties);
  if (!kind.rules.empty()) {
    const auto rules = json::parse(view(kind.rules));
    for (const auto& [name, rule] : rules.as_object()) schema.emplace(name, rule);
  }
  return schema;
}

json::value JsonForm<std::string>::write(std::string_view text) { return json::string(view(text)); }
json::object JsonForm<std::string>::schema(json::object&) { return {{"type", "string"}}; }
json::object JsonForm<bool>::schema(json::object&) { return {{"type", "boolean"}}; }

Instant JsonForm<Instant>::read(const Place& place) {
  const auto at = from_iso8601(place.text());
  if (!at) place.fail("must be a time like 2026-01-01T00:00:00Z");
  return *at;
}
json::value JsonForm<Instant>::write(Instant at) { return JsonForm<std::string>::write(to_rfc3339(at)); }
json::object JsonForm<Instant>::schema(json::object& definitions) {
  return shared_schema(
      "time",
      {{"type", "string"},
       {"format", "date-time"},
       {"pattern",
        R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-]00:00)$)"},
       {"description", "RFC 3339, in UTC."}},
      definitions);
}

TextPairs JsonForm<TextPairs>::read(const Place& place) {
  TextPairs pairs;
  for (const auto& [key, value] : place.object()) {
    pairs.emplace_back(key, place[std::string_view(key.data(), key.size())].text());
  }
  return pairs;
}
json::value JsonForm<TextPairs>::write(const TextPairs& pairs) {
  json::object object;
  for (const auto& [key, value] : pairs) object.emplace(view(key), view(value));
  return object;
}
json::object JsonForm<TextPairs>::schema(json::object&) {
  return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
}

std::string read_shaped(const Place& place, const Shape& shape) {
  auto text = place.text();
  const auto length = std::int64_t(characters(text));
  if (length < shape.min || length > shape.max || (shape.accepts != nullptr && !shape.accepts(text))) {
    place.fail("is not what AWS allows here (" + std::string(shape.pattern) + ")");
  }
  return text;
}

json::object shape_schema(const Shape& shape) {
  json::object schema{{"type", "string"}};
  if (shape.min > 0) schema["minLength"] = shape.min;
  if (shape.max < std::numeric_limits<std::int64_t>::max()) schema["maxLength"] = shape.max;
  if (!shape.pattern.empty() && is_portable(shape.pattern)) schema["pattern"] = schema_pattern(shape.pattern);
  return schema;
}

std::int64_t read_shaped_number(const Place& place, const Shape& shape) {
  const auto number = place.integer();
  if (number < shape.min || number > shape.max) {
    place.fail("must be from " + std::to_string(shape.min) + " to " + std::to_string(shape.max));
  }
  return number;
}

std::int64_t read_within(const Place& place, std::int64_t least, std::int64_t most) {
  const auto number = place.integer();
  if (number < least || number > most) place.fail("is out of range");
  return number;
}

json::object number_schema(std::int64_t least, std::int64_t most) {
  json::object schema{{"type", "integer"}};
  if (least > std::numeric_limits<std::int64_t>::min()) schema["minimum"] = least;
  if (most < std::numeric_limits<std::int64_t>::max()) schema["maximum"] = most;
  return schema;
}

std::size_t read_word(const Place& place, std::span<const char* const> words) {
  const auto found = std::ranges::find(words, place.text());
  if (found != words.end()) return std::size_t(found - words.begin());
  if (words.size() == 2) place.fail("must be " + std::string(words[0]) + " or " + words[1]);
  std::string all;
  for (const auto* word : words) all += (all.empty() ? "" : ", ") + std::string(word);
  place.fail("must be one of " + all);
}

json::object words_schema(std::span<const char* const> words) {
  return {{"enum", json::array(words.begin(), words.end())}};
}

void json_detail::put(json::object& object, std::string_view name, json::value value) {
  object.emplace(view(name), std::move(value));
}

}  // namespace keyfob
