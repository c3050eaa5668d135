#include "totp/code.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <stdexcept>

namespace keyfob::totp {
namespace {

constexpr std::uint32_t kCodes = 1'000'000;
constexpr std::size_t kDigits = 6;
constexpr std::size_t kSha1Bytes = 20;

using Counter = std::array<unsigned char, 8>;
using Mac = std::array<unsigned char, kSha1Bytes>;

// Eight bytes, most significant first; a step before 1970 in two's complement (a guess: RFC 4226 has none).
Counter counter_of(Step step) {
  auto rest = static_cast<std::uint64_t>(step);
  Counter bytes;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, rest >>= 8) {
    *byte = static_cast<unsigned char>(rest & 0xFF);
  }
  return bytes;
}

// RFC 4226 §5.3: 31 bits from where the last nibble points.
std::uint32_t truncate(const Mac& mac) {
  const std::size_t at = mac.back() & 0x0F;
  const std::uint32_t bits = std::uint32_t{mac[at]} << 24 | std::uint32_t{mac[at + 1]} << 16 |
                             std::uint32_t{mac[at + 2]} << 8 | std::uint32_t{mac[at + 3]};
  return (bits & 0x7FFF'FFFF) % kCodes;
}

void require(bool succeeded) {
  if (!succeeded) throw std::runtime_error("OpenSSL could not compute an HMAC-SHA1");
}

EVP_MAC_CTX* new_hmac() {
  EVP_MAC* hmac = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr);
  EVP_MAC_CTX* context = EVP_MAC_CTX_new(hmac);
  EVP_MAC_free(hmac);  // the context keeps its own reference
  return context;
}

}  // namespace

Step step_of(Moment at) { return std::chrono::floor<StepLength>(at).time_since_epoch().count(); }

int seconds_left(Moment at) {
  const auto next = std::chrono::floor<StepLength>(at) + StepLength{1};
  return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(next - at).count());
}

void CodeGenerator::Free::operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }

CodeGenerator::CodeGenerator(std::string_view seed) : hmac_(new_hmac()) {
  char digest[] = OSSL_DIGEST_NAME_SHA1;
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
  // A null key would mean "keep the key you have", so an empty seed needs an address too.
  const auto* key = reinterpret_cast<const unsigned char*>(seed.empty() ? "" : seed.data());
  require(hmac_ != nullptr && EVP_MAC_init(hmac_.get(), key, seed.size(), parameters) == 1);
}

std::uint32_t CodeGenerator::at(Step step) {
  const Counter counter = counter_of(step);
  Mac mac;
  std::size_t length = 0;
  require(EVP_MAC_init(hmac_.get(), nullptr, 0, nullptr) == 1 &&
          EVP_MAC_update(hmac_.get(), counter.data(), counter.size()) == 1 &&
          EVP_MAC_final(hmac_.get(), mac.data(), &length, mac.size()) == 1 && length == mac.size());
  return truncate(mac);
}

std::optional<std::uint32_t> parse_code(std::string_view text) {
  if (text.size() != kDigits) return std::nullopt;
  std::uint32_t code = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    code = code * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return code;
}

std::string format_code(std::uint32_t code) {
  std::string text(kDigits, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, code /= 10) {
    *digit = static_cast<char>('0' + code % 10);
  }
  return text;
}

}  // namespace keyfob::totp
