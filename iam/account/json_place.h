// Reading a JSON document that a person wrote: each value knows its place, and what is wrong is told with it
// ("users[2].path: must be a string"). Throws Wrong, which the reader of the document turns into an error.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "protocol/shape.h"
#include "protocol/text.h"
#include "protocol/words.h"

namespace keyfob {

// What is wrong with a document, and where.
struct Wrong {
  std::string message;
};

inline constexpr std::int64_t kFarthestStep = 1'000'000'000;  // far from where arithmetic could overflow

// Which values of the document were asked for: the others are members that nobody knows.
class Asked {
 public:
  void note(const boost::json::value* value) { values_.insert(value); }
  void note_whole(const boost::json::value* value) { whole_.insert(value); }  // whatever is inside
  bool has(const boost::json::value* value) const { return values_.contains(value); }
  bool has_whole(const boost::json::value* value) const { return whole_.contains(value); }

 private:
  std::unordered_set<const boost::json::value*> values_, whole_;
};

// A place in the document: its value and how to name it.
class Place {
 public:
  Place(const boost::json::value* value, std::string path, Asked& asked)
      : value_(value), path_(std::move(path)), asked_(&asked) {}

  explicit operator bool() const { return value_ != nullptr && !value_->is_null(); }
  [[noreturn]] void fail(const std::string& why) const {
    throw Wrong{(path_.empty() ? "the document" : path_) + ": " + why};
  }

  bool is_empty() const { return value_->is_object() && value_->get_object().empty(); }

  Place operator[](const char* name) const {
    if (!value_->is_object()) fail("must be an object");
    const auto* member = value_->get_object().if_contains(name);
    asked_->note(member);
    return {member, path_.empty() ? name : path_ + "." + name, *asked_};
  }
  // Fails at the first member, here or below, that nothing has asked for: likely a slip of the pen.
  void expect_all_asked_for() const {
    if (value_->is_object() && !asked_->has_whole(value_)) {
      for (const auto& [name, member] : value_->get_object()) {
        const Place place(&member, path_.empty() ? std::string(name) : path_ + "." + std::string(name),
                          *asked_);
        if (!asked_->has(&member)) place.fail("is not known here");
        place.expect_all_asked_for();
      }
    }
    if (value_->is_array()) {
      for (const auto& item : items()) item.expect_all_asked_for();
    }
  }
  std::vector<Place> items() const {
    std::vector<Place> items;
    if (!*this) return items;
    if (!value_->is_array()) fail("must be an array");
    const auto& array = value_->get_array();
    for (std::size_t i = 0; i < array.size(); ++i)
      items.emplace_back(&array[i], path_ + "[" + std::to_string(i) + "]", *asked_);
    return items;
  }
  std::vector<std::pair<std::string, std::string>> entries() const {
    std::vector<std::pair<std::string, std::string>> entries;
    if (!*this) return entries;
    if (!value_->is_object()) fail("must be an object");
    asked_->note_whole(value_);
    for (const auto& [key, value] : value_->get_object()) {
      entries.emplace_back(key, Place(&value, path_ + "." + std::string(key), *asked_).text());
    }
    return entries;
  }

  std::string text() const {
    if (!*this) fail("is required");
    if (!value_->is_string()) fail("must be a string");
    return std::string(value_->get_string());
  }
  std::string text(const std::string& otherwise) const { return *this ? text() : otherwise; }
  std::optional<std::string> maybe_text() const { return *this ? std::optional(text()) : std::nullopt; }
  // A text of that shape.
  std::string text(const Shape& shape) const {
    auto value = text();
    const auto length = std::int64_t(characters(value));
    if (length < shape.min || length > shape.max || (shape.accepts != nullptr && !shape.accepts(value))) {
      fail("is not what AWS allows here (" + std::string(shape.pattern) + ")");
    }
    return value;
  }
  // The text of a JSON document, or the object written out.
  std::string json_text() const {
    if (!*this) fail("is required");
    asked_->note_whole(value_);
    return value_->is_object() ? boost::json::serialize(*value_) : text();
  }
  // The number of the word among those allowed; the first when it is absent.
  template <std::size_t N>
  std::size_t one_of(const char* const (&words)[N]) const {
    if (!*this) return 0;
    const auto word = text();
    std::string all;
    for (std::size_t i = 0; i < N; ++i) {
      if (word == words[i]) return i;
      all += (i == 0 ? "" : ", ") + std::string(words[i]);
    }
    fail("must be one of " + all);
  }
  bool boolean(bool otherwise) const {
    if (!*this) return otherwise;
    if (!value_->is_bool()) fail("must be true or false");
    return value_->get_bool();
  }
  std::int64_t integer(std::int64_t otherwise) const {
    if (!*this) return otherwise;
    if (!value_->is_int64()) fail("must be an integer");
    return value_->get_int64();
  }
  std::int64_t integer_within(std::int64_t otherwise, std::int64_t least, std::int64_t most) const {
    const auto value = integer(otherwise);
    if (value < least || value > most) fail("is out of range");
    return value;
  }
  std::int64_t step(std::int64_t otherwise) const {
    return integer_within(otherwise, -kFarthestStep, kFarthestStep);
  }
  std::optional<Instant> maybe_date() const {
    if (!*this) return std::nullopt;
    const auto at = from_iso8601(text());
    if (!at) fail("must be a time like 2026-01-01T00:00:00Z");
    return at;
  }
  Instant date(Instant otherwise) const { return maybe_date().value_or(otherwise); }

 private:
  const boost::json::value* value_;
  std::string path_;
  Asked* asked_;
};

}  // namespace keyfob
