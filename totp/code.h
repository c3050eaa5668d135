// TOTP codes: RFC 6238 with HMAC-SHA1, six digits, steps of 30 seconds, T0 = 0 (aws/codes.md#algorithm).
// A code is a number below 1,000,000; a step counts 30-second periods since 1970 and is negative before it.
#pragma once

#include <openssl/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace keyfob::totp {

using Step = std::int64_t;
using StepLength = std::chrono::duration<Step, std::ratio<30>>;
using Moment = std::chrono::sys_time<std::chrono::microseconds>;

// What AWS gives a virtual device: 40 random bytes, 64 base32 characters (aws/devices.md#seed).
inline constexpr std::size_t kSeedBytes = 40;
inline constexpr std::size_t kLongestSeed = 1024;  // bytes, of those given from outside: a QR code holds it

// The step that a moment lies in, rounded down before 1970 too.
Step step_of(Moment at);
// How long that step's code still holds: 30 at its first instant, 1 in its last second.
int seconds_left(Moment at);

// Makes the codes of one seed. The HMAC is keyed once and reused for every code; OpenSSL holds the only copy
// of the key and wipes it when the generator goes. Any seed is accepted, of any length. Move-only; one thread
// at a time. Throws std::runtime_error when OpenSSL fails, with no word about the seed.
class CodeGenerator {
 public:
  explicit CodeGenerator(std::string_view seed);  // bytes, not base32

  std::uint32_t at(Step step);

 private:
  struct Free {
    void operator()(EVP_MAC_CTX* context) const;
  };
  std::unique_ptr<EVP_MAC_CTX, Free> hmac_;
};

// Exactly six ASCII digits, or nothing.
std::optional<std::uint32_t> parse_code(std::string_view text);
// Six digits, leading zeros kept.
std::string format_code(std::uint32_t code);

// Whether two codes are the same. Codes are compared whole, as numbers, so the time taken doesn't tell which
// digit was wrong.
constexpr bool same_code(std::uint32_t a, std::uint32_t b) { return (a ^ b) == 0; }

}  // namespace keyfob::totp
