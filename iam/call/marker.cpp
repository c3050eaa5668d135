#include "iam/call/marker.h"

#include <boost/crc.hpp>
#include <charconv>

#include "iam/call/errors.h"
#include "protocol/text.h"

namespace keyfob {
namespace {

// Four bytes that a made-up marker, or another operation's, won't have.
std::string checksum(std::string_view operation, std::string_view key) {
  boost::crc_32_type crc;
  crc.process_bytes(operation.data(), operation.size());
  crc.process_bytes(key.data(), key.size());
  const auto sum = crc.checksum();
  return {char(sum >> 24), char(sum >> 16), char(sum >> 8), char(sum)};
}

constexpr std::size_t kChecksumBytes = 4;

}  // namespace

std::string make_marker(std::string_view operation, std::string_view key) {
  return base64url_encode(checksum(operation, key) + std::string(key));
}

std::string make_marker(std::string_view operation, std::int64_t key) {
  return make_marker(operation, std::to_string(key));
}

std::optional<std::int64_t> number_in(std::string_view key) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
  if (error != std::errc{} || end != key.data() + key.size() || number < 0) return std::nullopt;
  return number;
}

template <>
Result<std::string> read_marker(std::string_view operation, const std::optional<std::string>& marker) {
  if (!marker) return std::string();
  std::string bytes;
  if (!base64url_decode(*marker, bytes) || bytes.size() <= kChecksumBytes) return errors::invalid_marker();
  auto key = bytes.substr(kChecksumBytes);
  if (bytes.compare(0, kChecksumBytes, checksum(operation, key)) != 0) return errors::invalid_marker();
  return key;
}

template <>
Result<std::int64_t> read_marker(std::string_view operation, const std::optional<std::string>& marker) {
  TRY(const std::string key, read_marker<std::string>(operation, marker));
  if (key.empty()) return 0;
  const auto number = number_in(key);
  if (!number) return errors::invalid_marker();
  return *number;
}

void render_is_truncated(XmlElement result, const std::optional<std::string>& next_marker) {
  result.add("IsTruncated", next_marker.has_value());
}

void render_marker(XmlElement result, const std::optional<std::string>& next_marker) {
  if (next_marker) result.add("Marker", *next_marker);
}

}  // namespace keyfob
