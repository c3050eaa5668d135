#include "protocol/json_place.h"

#include <boost/json.hpp>

namespace keyfob {

namespace json = boost::json;

Place Place::operator[](std::string_view member) const {
  return {object().if_contains(json::string_view(member.data(), member.size())), this, member, kNoItem};
}

const json::object& Place::object() const {
  if (value_ == nullptr || !value_->is_object()) fail("must be an object");
  return value_->get_object();
}

const json::array& Place::array() const {
  if (!value().is_array()) fail("must be an array");
  return value_->get_array();
}

std::string Place::text() const {
  if (!value().is_string()) fail("must be a string");
  return std::string(value_->get_string());
}

bool Place::boolean() const {
  if (!value().is_bool()) fail("must be true or false");
  return value_->get_bool();
}

std::int64_t Place::integer() const {
  if (!value().is_int64()) fail("must be an integer");
  return value_->get_int64();
}

const json::value& Place::value() const {
  if (!*this) fail("is required");
  return *value_;
}

void Place::fail(std::string_view why) const {
  const auto where = path();
  throw Wrong{(where.empty() ? "the document" : where) + ": " + std::string(why)};
}

std::string Place::path() const {
  if (around_ == nullptr) return {};
  const auto before = around_->path();
  if (item_ != kNoItem) return before + "[" + std::to_string(item_) + "]";
  return (before.empty() ? "" : before + ".") + std::string(member_);
}

}  // namespace keyfob
