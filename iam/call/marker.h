// Pagination (aws/pages.md#markers): how many items a page has, and the opaque marker that says where the
// next one starts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/error.h"
#include "protocol/xml.h"

namespace keyfob {

inline constexpr std::int32_t kDefaultMaxItems = 100;

inline std::size_t page_size(const std::optional<std::int32_t>& max_items) {
  return static_cast<std::size_t>(max_items.value_or(kDefaultMaxItems));
}

// A marker names its operation: that of another is "Invalid Marker." (a guess). `key` is at most 128 bytes
// long, so that the marker stays within AWS's 320 characters.
std::string make_marker(std::string_view operation, std::string_view key);
std::string make_marker(std::string_view operation, std::int64_t key);

// A key that is a number, as markers hold it.
std::optional<std::int64_t> number_in(std::string_view key);

// The key inside, std::string or std::int64_t; without a marker the one that comes before all, "" or 0.
template <class Key>
Result<Key> read_marker(std::string_view operation, const std::optional<std::string>& marker);
template <>
Result<std::string> read_marker(std::string_view operation, const std::optional<std::string>& marker);
template <>
Result<std::int64_t> read_marker(std::string_view operation, const std::optional<std::string>& marker);

// IsTruncated and, when more follows, Marker.
void render_is_truncated(XmlElement result, const std::optional<std::string>& next_marker);
void render_marker(XmlElement result, const std::optional<std::string>& next_marker);

}  // namespace keyfob
