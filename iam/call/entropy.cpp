#include "iam/call/entropy.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <boost/crc.hpp>
#include <stdexcept>

#include "protocol/text.h"

namespace keyfob {
namespace {

// A call to RAND_bytes costs the same for 1 byte as for 500: fetch many, hand out few, wipe what was handed
// out.
class Pool {
 public:
  void take(std::span<unsigned char> bytes) {
    while (!bytes.empty()) {
      if (used_ == pool_.size()) refill();
      const auto size = std::min(bytes.size(), pool_.size() - used_);
      std::copy_n(pool_.begin() + std::ptrdiff_t(used_), size, bytes.begin());
      OPENSSL_cleanse(pool_.data() + used_, size);
      used_ += size;
      bytes = bytes.subspan(size);
    }
  }

 private:
  void refill() {
    if (RAND_bytes(pool_.data(), int(pool_.size())) != 1)
      throw std::runtime_error("no randomness from OpenSSL");
    used_ = 0;
  }

  std::array<unsigned char, 2048> pool_{};
  std::size_t used_ = pool_.size();
};

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kKeyIdLength = 20;
constexpr std::size_t kMarkLength = 4;

// A checksum in four of the characters.
std::string mark_of(std::string_view made) {
  boost::crc_32_type crc;
  crc.process_bytes("keyfob", 6);
  crc.process_bytes(made.data(), made.size());
  std::string mark;
  for (auto sum = crc.checksum(); mark.size() < kMarkLength; sum >>= 5) mark += kBase32[sum & 31];
  return mark;
}

std::string pick(Entropy& entropy, std::size_t size, std::string_view alphabet) {
  std::string text(size, '\0');
  entropy.fill({reinterpret_cast<unsigned char*>(text.data()), size});
  for (char& c : text) c = alphabet[static_cast<unsigned char>(c) % alphabet.size()];
  return text;
}

}  // namespace

void Entropy::fill(std::span<unsigned char> bytes) {
  if (!repeatable_) {
    thread_local Pool pool;
    pool.take(bytes);
    return;
  }
  const std::lock_guard lock(mutex_);
  for (auto& byte : bytes) byte = static_cast<unsigned char>((*repeatable_)());
}

std::string Entropy::bytes(std::size_t size) {
  std::string bytes(size, '\0');
  fill({reinterpret_cast<unsigned char*>(bytes.data()), size});
  return bytes;
}

double Entropy::fraction() {
  std::array<unsigned char, 4> bytes{};
  fill(bytes);
  double fraction = 0;
  for (const auto byte : bytes) fraction = (fraction + byte) / 256;
  return fraction;
}

std::string Entropy::uuid() {
  std::array<unsigned char, 16> bytes{};
  fill(bytes);
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);  // version 4
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  auto text = hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  constexpr std::array<std::size_t, 4> kDashes = {8, 13, 18, 23};
  for (const auto dash : kDashes) text.insert(dash, 1, '-');
  return text;
}

std::string Entropy::id(std::string_view prefix, std::size_t more) {
  return std::string(prefix) + pick(*this, more, kBase32);
}

std::string Entropy::access_key_id(std::string_view prefix) {
  auto made = id(prefix, kKeyIdLength - kMarkLength - prefix.size());
  return made + mark_of(made);
}

bool is_issued_access_key_id(std::string_view access_key_id) {
  if (access_key_id.size() != kKeyIdLength) return false;
  const auto made = access_key_id.substr(0, kKeyIdLength - kMarkLength);
  return access_key_id.substr(made.size()) == mark_of(made);
}

Secret Entropy::secret_key() {
  return Secret{pick(*this, 40, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")};
}

}  // namespace keyfob
