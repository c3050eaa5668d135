#include "totp/base32.h"

#include <cstdint>

namespace keyfob::totp {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kCharsPerGroup = 8;  // which hold five bytes

// 0 to 31, or −1.
int value_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a';
  if (c >= '2' && c <= '7') return c - '2' + 26;
  return -1;
}

// The text without its padding, or nothing when the padding isn't exactly what fills the last group.
std::optional<std::string_view> without_padding(std::string_view text) {
  const std::string_view digits = text.substr(0, text.find('='));
  const std::string_view padding = text.substr(digits.size());
  if (padding.find_first_not_of('=') != std::string_view::npos) return std::nullopt;
  if (!padding.empty() && (text.size() % kCharsPerGroup != 0 || padding.size() >= kCharsPerGroup)) {
    return std::nullopt;
  }
  return digits;
}

// One, three or six characters beyond the whole groups end in the middle of a byte that no encoder writes.
bool is_whole_bytes(std::size_t chars) {
  const std::size_t rest = chars % kCharsPerGroup;
  return rest != 1 && rest != 3 && rest != 6;
}

}  // namespace

std::string base32_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char byte : bytes) {
    bits = (bits << 8) | static_cast<std::uint8_t>(byte);
    for (held += 8; held >= 5; held -= 5) text += kAlphabet[(bits >> (held - 5)) & 31];
  }
  if (held > 0) text += kAlphabet[(bits << (5 - held)) & 31];
  return text;
}

std::optional<std::string> base32_decode(std::string_view text) {
  const auto digits = without_padding(text);
  if (!digits || !is_whole_bytes(digits->size())) return std::nullopt;

  std::string bytes;
  bytes.reserve(digits->size() * 5 / 8);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : *digits) {
    const int value = value_of(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 5) | static_cast<std::uint32_t>(value);
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>((bits >> held) & 0xFF);
    }
  }
  return bytes;
}

}  // namespace keyfob::totp
