// Reading a JSON document that a person wrote: each value knows its place, and what is wrong is told with it
// ("users[2].path: must be a string"). Throws Wrong, which the reader of the document turns into an error.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace keyfob {

// What is wrong with a document, and where.
struct Wrong {
  std::string message;
};

// A place in a document, whether a value is there or not. It refers to the place around it, which must
// outlive it; its path is put together when something is wrong and not before.
class Place {
 public:
  explicit Place(const boost::json::value& document) : value_(&document) {}

  // A value is there; null is as good as none.
  explicit operator bool() const { return value_ != nullptr && !value_->is_null(); }

  // The place of a member of this object, or of an item of this array.
  Place operator[](std::string_view member) const;
  Place operator[](std::size_t item) const { return {&array()[item], this, {}, item}; }

  // The value, when it is of that type.
  const boost::json::object& object() const;
  const boost::json::array& array() const;
  std::string text() const;
  bool boolean() const;
  std::int64_t integer() const;
  const boost::json::value& value() const;  // of any type

  [[noreturn]] void fail(std::string_view why) const;

 private:
  static constexpr std::size_t kNoItem = static_cast<std::size_t>(-1);
  Place(const boost::json::value* value, const Place* around, std::string_view member, std::size_t item)
      : value_(value), around_(around), member_(member), item_(item) {}
  std::string path() const;

  const boost::json::value* value_;
  const Place* around_ = nullptr;
  std::string_view member_;  // its name
  std::size_t item_ = kNoItem;
};

}  // namespace keyfob
