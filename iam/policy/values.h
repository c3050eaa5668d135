// The typed values that conditions compare: numbers, dates, addresses. Every parser takes any text.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keyfob::policy {

// A decimal number, sign, fraction and exponent optional.
std::optional<double> parse_number(std::string_view text);

std::optional<bool> parse_bool(std::string_view text);  // in any case

// Seconds since 1970 and the rest: AWS takes years up to 292,278,993, which std::chrono does not.
struct Moment {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;

  auto operator<=>(const Moment&) const = default;
};

// W3C's profile of ISO 8601, from the year alone to nanoseconds, with Z, an offset or neither (UTC); or
// seconds since 1970 when there is neither a "T" nor a "-" in it.
std::optional<Moment> parse_moment(std::string_view text);

// An IPv4 or IPv6 address, or a range of them.
struct Network {
  std::array<std::uint8_t, 16> bytes{};
  std::uint8_t size = 4;  // of the address, in bytes
  std::uint8_t prefix = 32;

  bool contains(const Network& address) const;
};

std::optional<Network> parse_network(std::string_view text);

}  // namespace keyfob::policy
