// How an operation's input is declared and read: a table of members, each a field of a plain struct with its
// shape. Reading gathers every violation of the request into AWS's one message
// (aws/errors.md#validation-errors).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.h"
#include "protocol/query.h"
#include "protocol/shape.h"
#include "protocol/words.h"

namespace keyfob {

class Violations {
 public:
  // STS shows the value that failed, IAM hides it.
  explicit Violations(bool echo_values) : echo_(echo_values) {}

  // `value` is absent for a null.
  void add(std::string_view path, std::optional<std::string_view> value, std::string_view constraint);
  void add_prose(std::string text);
  void add_malformed(AwsError error);

  // MalformedInput before ValidationError, the gathered message before prose.
  Result<void> verdict() const;

 private:
  bool echo_;
  std::size_t count_ = 0;
  std::string items_;
  std::optional<AwsError> malformed_;
  std::optional<std::string> prose_;
};

// Reading of each kind of value; `found` is absent when the request lacks the parameter.
void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::string& value, Violations& violations);
void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::optional<std::string>& value, Violations& violations);
void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::optional<std::int32_t>& value, Violations& violations);
void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::optional<bool>& value, Violations& violations);
void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::vector<Tag>& value, Violations& violations);
void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::vector<std::string>& value, Violations& violations);

// Inside a list of structures: "tags.1.member.", what messages call the first element of Tags; a string,
// empty when it isn't there; and a list of strings, which messages call `path`.
std::string element_path(std::string_view list, std::size_t index);
std::string read_field(const ListElement& element, const Field& field, const std::string& path,
                       Violations& violations);
void read_strings(const Form& form, std::string_view name, std::string_view path, const Shape& shape,
                  bool required, std::vector<std::string>& value, Violations& violations);

struct MemberSpec {
  std::string_view name;
  const Shape* shape;
  bool required;
  void (*read)(void* input, const Form& form, const MemberSpec& member, Violations& violations);
};

template <class Member>
struct MemberOf;
template <class Owner, class Value>
struct MemberOf<Value Owner::*> {
  using owner = Owner;
};

template <auto Member>
constexpr MemberSpec member(std::string_view name, const Shape& shape, bool required) {
  using Owner = typename MemberOf<decltype(Member)>::owner;
  return {name, &shape, required,
          [](void* input, const Form& form, const MemberSpec& spec, Violations& violations) {
            read_value(form, spec.name, *spec.shape, spec.required, static_cast<Owner*>(input)->*Member,
                       violations);
          }};
}

template <auto Member>
constexpr MemberSpec required(std::string_view name, const Shape& shape) {
  return member<Member>(name, shape, true);
}

template <auto Member>
constexpr MemberSpec optional(std::string_view name, const Shape& shape) {
  return member<Member>(name, shape, false);
}

}  // namespace keyfob
