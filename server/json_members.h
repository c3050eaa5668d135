// JSON as plain structs. A struct has one table of its members, which says what each is called and what it
// may hold; reading, writing and the JSON Schema are made from it. Reading refuses what the table doesn't
// know and says where it stands: "\"certifications.FIDO\" must be a string."
//
//   struct Advance {
//     double seconds = 0;
//     static const Struct json;
//   };
//   constexpr Member kAdvance[] = {required<&Advance::seconds>("seconds", "May be negative.")};
//   constexpr Struct Advance::json{.members = kAdvance};
//
// Such structs stand in named namespaces: g++ 12 miscompiles templates over members of those in anonymous
// ones.
#pragma once

#include <boost/json/fwd.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "protocol/error.h"
#include "protocol/query.h"
#include "protocol/shape.h"
#include "protocol/words.h"

namespace keyfob::server {

// What a value may be, beyond what its C++ type says.
struct Bounds {
  const Shape* shape = nullptr;      // of a text: its length and pattern
  bool checked_by_rules = false;     // the shape is told here; rules with an error of their own see to it
  std::optional<double> least = {};  // of a number
  std::optional<double> most = {};
  std::span<const char* const> words = {};  // of a text: one of these
  std::string_view component = {};          // the name of the value's schema, where it has one
  std::string_view otherwise = {};          // what a member that is left out stands for, in JSON
};

// Schemas on their way into a description.
struct Schemas {
  boost::json::object& components;
  bool closed;  // of what is read: members that the table doesn't know are refused
};

struct Struct;

// How the values of one C++ type are read, written and described.
struct JsonType {
  Result<void> (*read)(const boost::json::value& from, const Bounds& bounds, const std::string& place,
                       void* into);
  void (*write)(const void* from, boost::json::value& into);
  void (*describe)(const Bounds& bounds, Schemas& schemas, boost::json::object& into);
  void (*parse)(std::string_view text, boost::json::value& into) = nullptr;  // of a query; none: it is a text
  std::span<const Struct* const> structs = {};                               // which an object may be
};

struct Member;

struct Struct {
  std::string_view name = {};  // of its schema; without one that stands where it is used
  std::span<const Member> members = {};
  std::string_view example = {};  // in JSON
  std::string_view also = {};     // more of the schema, in JSON: what the call itself sees to
};

struct Member {
  std::string_view name;
  std::string_view summary = {};
  bool required = true;        // when it is read
  bool may_be_absent = false;  // when it is written
  Bounds bounds = {};
  const JsonType* type = nullptr;
  const char* constant = nullptr;        // it has this value and no field
  const Struct* inner = nullptr;         // it has no name: the field's own members stand in its place
  void* (*fill)(void* owner) = nullptr;  // where it is read to
  const void* (*find)(const void* owner) = nullptr;  // null when it is absent
};

// An object, without regard to nulls, which are as good as absent; `place` is empty at the top.
Result<void> read_struct(const Struct& described, const boost::json::value& from, const std::string& place,
                         void* into);
void write_struct(const Struct& described, const void* from, boost::json::value& into);
void describe_struct(const Struct& described, Schemas& schemas, boost::json::object& into);

// The parameters of a query, of which `account` is each call's own.
Result<void> check_query(const Struct* described, const Form& query);  // unknown ones are refused
Result<void> read_query(const Struct& described, const Form& query, void* into);
// The parameters as OpenAPI lists them: {"name":…,"in":"query",…}.
void describe_query(const Struct& described, Schemas& schemas, boost::json::array& into);

namespace detail {

Result<std::int64_t> read_integer(const boost::json::value& from, const Bounds& bounds,
                                  const std::string& place);
void write_integer(std::int64_t number, boost::json::value& into);
void describe_integer(const Bounds& bounds, Schemas& schemas, boost::json::object& into);
void parse_integer(std::string_view text, boost::json::value& into);

Result<void> read_items(const boost::json::value& from, const Bounds& bounds, const std::string& place,
                        const JsonType& type, void* into, void* (*append)(void* into));
void write_item(const JsonType& type, const void* from, boost::json::value& into);
void begin_items(boost::json::value& into);
void describe_items(const Bounds& bounds, const JsonType& type, Schemas& schemas, boost::json::object& into);

// Which of several structs an object is, by a constant member of theirs.
Result<std::size_t> choose(std::span<const Struct* const> structs, const boost::json::value& from,
                           const std::string& place);
void describe_choice(std::span<const Struct* const> structs, Schemas& schemas, boost::json::object& into);

}  // namespace detail

template <class T>
struct JsonTypeOf;

template <>
struct JsonTypeOf<std::string> {
  static const JsonType type;
};
template <>
struct JsonTypeOf<Secret> {
  static const JsonType type;
};
template <>
struct JsonTypeOf<Instant> {
  static const JsonType type;
};
template <>
struct JsonTypeOf<bool> {
  static const JsonType type;
};
template <>
struct JsonTypeOf<double> {
  static const JsonType type;
};
// An object whose members have any names and are texts.
template <>
struct JsonTypeOf<std::vector<std::pair<std::string, std::string>>> {
  static const JsonType type;
};

template <std::integral T>
struct JsonTypeOf<T> {
  static constexpr JsonType type{.read = [](const boost::json::value& from, const Bounds& bounds,
                                            const std::string& place, void* into) -> Result<void> {
                                   TRY(const std::int64_t number, detail::read_integer(from, bounds, place));
                                   *static_cast<T*>(into) = static_cast<T>(number);
                                   return {};
                                 },
                                 .write =
                                     [](const void* from, boost::json::value& into) {
                                       detail::write_integer(std::int64_t(*static_cast<const T*>(from)),
                                                             into);
                                     },
                                 .describe = detail::describe_integer,
                                 .parse = detail::parse_integer};
};

template <class T>
requires requires { T::json.members; }
struct JsonTypeOf<T> {
  static constexpr const Struct* kStructs[] = {&T::json};
  static constexpr JsonType type{
      .read = [](const boost::json::value& from, const Bounds&, const std::string& place,
                 void* into) { return read_struct(T::json, from, place, static_cast<T*>(into)); },
      .write = [](const void* from, boost::json::value& into) { write_struct(T::json, from, into); },
      .describe = [](const Bounds&, Schemas& schemas,
                     boost::json::object& into) { describe_struct(T::json, schemas, into); },
      .structs = kStructs};
};

template <class T>
struct JsonTypeOf<std::vector<T>> {
  using Items = std::vector<T>;
  static constexpr JsonType type{
      .read =
          [](const boost::json::value& from, const Bounds& bounds, const std::string& place, void* into) {
            return detail::read_items(
                from, bounds, place, JsonTypeOf<T>::type, into,
                [](void* items) -> void* { return &static_cast<Items*>(items)->emplace_back(); });
          },
      .write =
          [](const void* from, boost::json::value& into) {
            detail::begin_items(into);
            for (const auto& item : *static_cast<const Items*>(from)) {
              detail::write_item(JsonTypeOf<T>::type, &item, into);
            }
          },
      .describe =
          [](const Bounds& bounds, Schemas& schemas, boost::json::object& into) {
            detail::describe_items(bounds, JsonTypeOf<T>::type, schemas, into);
          }};
};

// One of several structs, told apart by a constant that each of them has under the same name.
template <class... T>
struct JsonTypeOf<std::variant<T...>> {
  using Choice = std::variant<T...>;
  static constexpr const Struct* kStructs[] = {&T::json...};
  static constexpr JsonType type{
      .read = [](const boost::json::value& from, const Bounds&, const std::string& place,
                 void* into) -> Result<void> {
        constexpr void* (*kEmplace[])(Choice&) = {
            [](Choice& choice) -> void* { return &choice.template emplace<T>(); }...};
        TRY(const std::size_t chosen, detail::choose(kStructs, from, place));
        return read_struct(*kStructs[chosen], from, place, kEmplace[chosen](*static_cast<Choice*>(into)));
      },
      .write =
          [](const void* from, boost::json::value& into) {
            const auto& choice = *static_cast<const Choice*>(from);
            std::visit([&](const auto& chosen) { write_struct(*kStructs[choice.index()], &chosen, into); },
                       choice);
          },
      .describe = [](const Bounds&, Schemas& schemas,
                     boost::json::object& into) { detail::describe_choice(kStructs, schemas, into); },
      .structs = kStructs};
};

namespace detail {

// A field's value: its type, and where it lies.
template <class Value>
struct FieldAccess {
  using Type = Value;
  static constexpr bool kMayBeAbsent = false;
  static void* fill(Value& field) { return &field; }
  static const void* find(const Value& field) { return &field; }
};
template <class Value>
struct FieldAccess<std::optional<Value>> {
  using Type = Value;
  static constexpr bool kMayBeAbsent = true;
  static void* fill(std::optional<Value>& field) { return &field.emplace(); }
  static const void* find(const std::optional<Value>& field) { return field ? &*field : nullptr; }
};

template <auto Field, class Pointer = decltype(Field)>
struct FieldOf;
template <auto Field, class Owner_, class Value>
struct FieldOf<Field, Value Owner_::*> {
  using Owner = Owner_;
  using Access = FieldAccess<Value>;
  static void* fill(void* owner) { return Access::fill(static_cast<Owner*>(owner)->*Field); }
  static const void* find(const void* owner) {
    return Access::find(static_cast<const Owner*>(owner)->*Field);
  }
};

}  // namespace detail

template <auto Field>
constexpr Member member(std::string_view name, std::string_view summary, const Bounds& bounds,
                        bool required) {
  using Of = detail::FieldOf<Field>;
  return {.name = name,
          .summary = summary,
          .required = required,
          .may_be_absent = Of::Access::kMayBeAbsent,
          .bounds = bounds,
          .type = &JsonTypeOf<typename Of::Access::Type>::type,
          .fill = Of::fill,
          .find = Of::find};
}
template <auto Field>
constexpr Member required(std::string_view name, std::string_view summary = {}, const Bounds& bounds = {}) {
  return member<Field>(name, summary, bounds, true);
}
template <auto Field>
constexpr Member optional(std::string_view name, std::string_view summary = {}, const Bounds& bounds = {}) {
  return member<Field>(name, summary, bounds, false);
}
// It is always this, and says which of several structs this is.
constexpr Member constant(std::string_view name, const char* value) {
  return {.name = name, .type = &JsonTypeOf<std::string>::type, .constant = value};
}
// The members of a field that is a struct itself, as if they were this struct's own.
template <auto Field>
constexpr Member members_of() {
  using Of = detail::FieldOf<Field>;
  return {.name = {}, .inner = &Of::Access::Type::json, .fill = Of::fill, .find = Of::find};
}

// A value as JSON text.
std::string json_text(const JsonType& type, const void* value);
template <class T>
std::string json_text(const T& value) {
  return json_text(JsonTypeOf<T>::type, &value);
}

}  // namespace keyfob::server
