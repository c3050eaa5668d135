// The words that every floor shares: accounts, moments, tags, and text that must not be printed.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keyfob {

// A moment of an account's own clock, in microseconds since 1970 (UTC, no leap seconds).
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

// "2026-11-24T08:20:30Z": whole seconds, rounded down, as AWS writes dates (aws/wire.md#values).
std::string to_iso8601(Instant at);
// The same with a fraction, to the microsecond, where there is one.
std::string to_rfc3339(Instant at);
// Reads RFC 3339 in UTC ("…Z" or "…+00:00", fraction optional). Nothing when the text is something else.
std::optional<Instant> from_iso8601(std::string_view text);

// A 12-digit AWS account id.
class AccountId {
 public:
  constexpr AccountId() = default;
  constexpr explicit AccountId(std::int64_t number) : number_(number) {}
  // Exactly twelve ASCII digits, or nothing.
  static std::optional<AccountId> parse(std::string_view text);

  constexpr std::int64_t number() const { return number_; }
  std::string str() const;  // twelve digits, leading zeros kept

  constexpr auto operator<=>(const AccountId&) const = default;

 private:
  std::int64_t number_ = 0;
};

struct Tag {
  std::string key;
  std::string value;

  bool operator==(const Tag&) const = default;
};

// Bytes that open something: a seed, a secret key, a password. It has no stream operator, so it can't slip
// into a log, and it wipes its memory when it goes. Read it with reveal(), on purpose.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { other.wipe(); }
  Secret& operator=(const Secret& other) {
    if (this != &other) {
      wipe();
      bytes_ = other.bytes_;
    }
    return *this;
  }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe();
      bytes_ = std::move(other.bytes_);
      other.wipe();
    }
    return *this;
  }
  ~Secret() { wipe(); }

  const std::string& reveal() const { return bytes_; }
  bool empty() const { return bytes_.empty(); }
  // Compares in a time that depends on the lengths alone.
  bool equals(std::string_view other) const;

 private:
  void wipe();
  std::string bytes_;
};

}  // namespace keyfob
