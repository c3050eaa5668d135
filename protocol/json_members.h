// How a thing is written in JSON: a plain struct and a table of its members. The table is read by all who
// need it: the writer, the reader with its errors, the JSON schema and the table for people.
//
//   constexpr JsonMember kMembers[] = {
//       required<&Group::name, Shaped<shape::kGroupName>>("groupName", "As first spelled."),
//       optional<&Group::path, Shaped<shape::kPath>>("path", "Where it lies."),
//   };
//   constexpr JsonKind kKind{.name = "group", .members = kMembers};
//   template <> const JsonKind& json_kind<Group>() { return kKind; }
//
// What a member may be left out for is its initial value in the struct, or nothing for a std::optional. Null
// is as good as left out.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/json_place.h"
#include "protocol/member.h"
#include "protocol/shape.h"
#include "protocol/words.h"

namespace keyfob {

struct JsonKind;

struct JsonMember {
  std::string_view name;
  std::string_view meaning;  // one line
  bool required = false;
  // What holds when it is left out, in words, where that is no value of this type.
  std::string_view otherwise = {};

  void (*read)(const Place& place, void* thing) = nullptr;  // of a value that is there, or required
  void (*write)(const void* thing, std::string_view name, boost::json::object& object) = nullptr;
  // What its value looks like; definitions that several share go into `definitions`.
  boost::json::object (*schema)(boost::json::object& definitions) = nullptr;
  boost::json::value (*initial)() = nullptr;  // what holds when it is left out, where that is a value
  const JsonKind& (*contains)() = nullptr;    // the kind of thing that it is, or a list of
};

struct JsonKind {
  std::string_view name;
  std::string_view meaning = {};
  std::span<const JsonMember> members = {};
  std::string_view rules = {};  // members of the JSON schema that say what must go together
};

// The kind of a struct: each one that is written in JSON specialises this.
template <class T>
const JsonKind& json_kind();

// What stands in a schema's description between a member's meaning and what holds when it is left out.
inline constexpr std::string_view kWhenLeftOut = " When left out: ";

void write_members(const JsonKind& kind, const void* thing, boost::json::object& object);
void read_members(const JsonKind& kind, const Place& place, void* thing);
// Fails at the first member, here or below, that isn't in the tables: likely a slip of the pen.
void expect_known_members(const JsonKind& kind, const Place& place);
// A reference to the kind's JSON schema, which goes into `definitions` with all that it refers to.
boost::json::object kind_schema(const JsonKind& kind, boost::json::object& definitions);
// The schema itself.
boost::json::object object_schema(const JsonKind& kind, boost::json::object& definitions);
// A reference to a schema that goes into `definitions` under that name.
boost::json::object shared_schema(std::string_view name, boost::json::object schema,
                                  boost::json::object& definitions);

template <class T>
boost::json::object to_json(const T& thing) {
  boost::json::object object;
  write_members(json_kind<T>(), &thing, object);
  return object;
}

template <class T>
T from_json(const Place& place) {
  T thing{};
  read_members(json_kind<T>(), place, &thing);
  return thing;
}

// A form is how a value stands in the JSON: `read`, `write`, `schema`, and `kind` where things are inside.
// JsonForm is the usual form of a type: of a struct, that of its kind.
template <class T>
struct JsonForm {
  static T read(const Place& place) { return from_json<T>(place); }
  static boost::json::value write(const T& thing) { return to_json(thing); }
  static boost::json::object schema(boost::json::object& definitions) {
    return kind_schema(json_kind<T>(), definitions);
  }
  static const JsonKind& kind() { return json_kind<T>(); }
};

template <>
struct JsonForm<std::string> {
  static std::string read(const Place& place) { return place.text(); }
  static boost::json::value write(std::string_view text);
  static boost::json::object schema(boost::json::object&);
};

template <>
struct JsonForm<bool> {
  static bool read(const Place& place) { return place.boolean(); }
  static boost::json::value write(bool value) { return value; }
  static boost::json::object schema(boost::json::object&);
};

template <>
struct JsonForm<Instant> {  // RFC 3339, UTC
  static Instant read(const Place& place);
  static boost::json::value write(Instant at);
  static boost::json::object schema(boost::json::object& definitions);
};

using TextPairs = std::vector<std::pair<std::string, std::string>>;
template <>
struct JsonForm<TextPairs> {  // an object of texts
  static TextPairs read(const Place& place);
  static boost::json::value write(const TextPairs& pairs);
  static boost::json::object schema(boost::json::object&);
};

template <class Form>
struct ListOf {
  using Item = decltype(Form::read(std::declval<const Place&>()));

  static std::vector<Item> read(const Place& place) {
    std::vector<Item> items;
    const auto size = place.array().size();
    items.reserve(size);
    for (std::size_t i = 0; i < size; ++i) items.push_back(Form::read(place[i]));
    return items;
  }
  static boost::json::value write(const std::vector<Item>& items) {
    boost::json::array array;
    array.reserve(items.size());
    for (const auto& item : items) array.push_back(Form::write(item));
    return array;
  }
  static boost::json::object schema(boost::json::object& definitions) {
    return {{"type", "array"}, {"items", Form::schema(definitions)}};
  }
  static const JsonKind& kind() requires requires { Form::kind(); }
  { return Form::kind(); }
};
template <class Item>
struct JsonForm<std::vector<Item>> : ListOf<JsonForm<Item>> {};

// A text of one of AWS's shapes.
std::string read_shaped(const Place& place, const Shape& shape);
boost::json::object shape_schema(const Shape& shape);
template <const Shape& S>
struct Shaped {
  static std::string read(const Place& place) { return read_shaped(place, S); }
  static boost::json::value write(std::string_view text) { return JsonForm<std::string>::write(text); }
  static boost::json::object schema(boost::json::object&) { return shape_schema(S); }
};

// A text that is a Secret in the struct.
template <class Form>
struct Hidden {
  static Secret read(const Place& place) { return Secret{Form::read(place)}; }
  static boost::json::value write(const Secret& secret) { return Form::write(secret.reveal()); }
  static boost::json::object schema(boost::json::object& definitions) { return Form::schema(definitions); }
};
template <>
struct JsonForm<Secret> : Hidden<JsonForm<std::string>> {};

// A number of one of AWS's shapes, and one within bounds of ours.
std::int64_t read_shaped_number(const Place& place, const Shape& shape);
std::int64_t read_within(const Place& place, std::int64_t least, std::int64_t most);
boost::json::object number_schema(std::int64_t least, std::int64_t most);
template <const Shape& S>
struct ShapedNumber {
  static std::int64_t read(const Place& place) { return read_shaped_number(place, S); }
  static boost::json::value write(std::int64_t number) { return number; }
  static boost::json::object schema(boost::json::object&) { return number_schema(S.min, S.max); }
};
template <std::int64_t Least, std::int64_t Most>
struct Within {
  static std::int64_t read(const Place& place) { return read_within(place, Least, Most); }
  static boost::json::value write(std::int64_t number) { return number; }
  static boost::json::object schema(boost::json::object&) { return number_schema(Least, Most); }
};

// One of some words, which are an enum in the struct.
std::size_t read_word(const Place& place, std::span<const char* const> words);
boost::json::object words_schema(std::span<const char* const> words);
template <class Enum, const auto& Words>
struct OneOf {
  static Enum read(const Place& place) { return static_cast<Enum>(read_word(place, Words)); }
  static boost::json::value write(Enum value) { return Words[static_cast<std::size_t>(value)]; }
  static boost::json::object schema(boost::json::object&) { return words_schema(Words); }
};

namespace json_detail {

template <class T>
struct Bare {
  using type = T;
};
template <class T>
struct Bare<std::optional<T>> {
  using type = T;
};

template <auto Member>
using OwnerOf = typename MemberOf<decltype(Member)>::owner;
template <auto Member>
using ValueOf = std::remove_cvref_t<decltype(std::declval<OwnerOf<Member>>().*Member)>;
template <auto Member>
inline constexpr bool kIsOptional = !std::is_same_v<ValueOf<Member>, typename Bare<ValueOf<Member>>::type>;

void put(boost::json::object& object, std::string_view name, boost::json::value value);

template <class T>
bool is_nothing(const T& value) {
  if constexpr (requires { value.empty(); }) {
    return value.empty();
  } else {
    return !value;
  }
}

template <auto Member, class Form, bool Sparse>
void write_member(const void* thing, std::string_view name, boost::json::object& object) {
  const auto& value = static_cast<const OwnerOf<Member>*>(thing)->*Member;
  if constexpr (kIsOptional<Member>) {
    if (value) put(object, name, Form::write(*value));
  } else if constexpr (Sparse) {
    if (!is_nothing(value)) put(object, name, Form::write(value));
  } else {
    put(object, name, Form::write(value));
  }
}

template <auto Member, class Form, bool Sparse>
constexpr JsonMember member(std::string_view name, std::string_view meaning) {
  JsonMember member{
      .name = name,
      .meaning = meaning,
      .read = [](const Place& place,
                 void* thing) { static_cast<OwnerOf<Member>*>(thing)->*Member = Form::read(place); },
      .write = write_member<Member, Form, Sparse>,
      .schema = Form::schema};
  if constexpr (requires { Form::kind(); }) member.contains = Form::kind;
  return member;
}

template <auto Member>
using UsualForm = JsonForm<typename Bare<ValueOf<Member>>::type>;

}  // namespace json_detail

// What must be there.
template <auto Member, class Form = json_detail::UsualForm<Member>>
constexpr JsonMember required(std::string_view name, std::string_view meaning) {
  auto member = json_detail::member<Member, Form, false>(name, meaning);
  member.required = true;
  return member;
}

// What may be left out.
template <auto Member, class Form = json_detail::UsualForm<Member>>
constexpr JsonMember optional(std::string_view name, std::string_view meaning,
                              std::string_view otherwise = {}) {
  auto member = json_detail::member<Member, Form, false>(name, meaning);
  member.otherwise = otherwise;
  if constexpr (!json_detail::kIsOptional<Member>) {
    member.initial = [] { return Form::write(json_detail::OwnerOf<Member>{}.*Member); };
  }
  return member;
}

// What may be left out, and is when there is nothing in it.
template <auto Member, class Form = json_detail::UsualForm<Member>>
constexpr JsonMember sparse(std::string_view name, std::string_view meaning) {
  return json_detail::member<Member, Form, true>(name, meaning);
}

// What is for others: it may be there, whatever it is.
constexpr JsonMember ignored(std::string_view name, std::string_view meaning) {
  return {.name = name, .meaning = meaning};
}

}  // namespace keyfob
