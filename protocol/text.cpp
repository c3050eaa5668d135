#include "protocol/text.h"

#include <openssl/evp.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace keyfob {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// One code point off the front, or -1 (and one byte less) when the front isn't UTF-8.
std::int32_t next(std::string_view& text) {
  utf8proc_int32_t point = -1;
  const auto taken = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                      static_cast<utf8proc_ssize_t>(text.size()), &point);
  text.remove_prefix(taken > 0 ? std::size_t(taken) : 1);
  return taken > 0 ? point : -1;
}

void append(std::string& text, char32_t point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), std::size_t(size));
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// What "%7E" at the beginning stands for; -1 when it isn't an escape.
int escaped_byte(std::string_view text) {
  if (text.size() < 3) return -1;
  const int high = hex_digit(text[1]);
  const int low = hex_digit(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace

bool is_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  while (!text.empty()) {
    if (next(text) < 0) return false;
  }
  return true;
}

std::string repair_utf8(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size());
  while (!text.empty()) {
    const auto point = next(text);
    append(repaired, point < 0 ? kReplacement : static_cast<char32_t>(point));
  }
  return repaired;
}

std::size_t characters(std::string_view text) {
  return std::size_t(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

LineAndColumn line_and_column(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  const auto line_start = before.rfind('\n') + 1;  // 0 where there is no line break
  return {.line = 1 + std::size_t(std::ranges::count(before, '\n')),
          .column = 1 + characters(before.substr(line_start))};
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return std::string(text.substr(0, most)) + "…";
}

char32_t take_code_point(std::string_view& text) {
  const auto point = next(text);
  return point < 0 ? kReplacement : static_cast<char32_t>(point);
}

std::string fold_case(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const auto point = next(text);
    append(folded, static_cast<char32_t>(point < 0 ? static_cast<std::int32_t>(kReplacement)
                                                   : utf8proc_tolower(point)));
  }
  return folded;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string percent_encode(std::string_view text, std::string_view kept) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size() * 2);
  for (const char c : text) {
    if (is_unreserved(c) || kept.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kDigits[byte >> 4];
      encoded += kDigits[byte & 15];
    }
  }
  return encoded;
}

bool percent_decode(std::string_view encoded, char plus, std::string& out) {
  bool sound = true;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    const char c = encoded[i];
    if (c != '%') {
      out += c == '+' ? plus : c;
    } else if (const int byte = escaped_byte(encoded.substr(i)); byte >= 0) {
      out += char(byte);
      i += 2;
    } else {
      out += c;
      sound = false;
    }
  }
  return sound;
}

std::string percent_decode_what_is_sound(std::string_view encoded, char plus) {
  std::string decoded;
  percent_decode(encoded, plus, decoded);
  return decoded;
}

std::string base64_encode(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()), int(bytes.size()));
  return text;
}

std::string base64url_encode(std::string_view bytes) {
  auto text = base64_encode(bytes);
  text.erase(text.find_last_not_of('=') + 1);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

bool base64url_decode(std::string_view text, std::string& bytes) {
  if (text.size() % 4 == 1) return false;
  const bool clean =
      std::ranges::all_of(text, [](char c) { return c != '.' && c != '~' && is_unreserved(c); });
  if (!clean) return false;
  std::string padded(text);
  std::ranges::replace(padded, '-', '+');
  std::ranges::replace(padded, '_', '/');
  const std::size_t missing = (4 - padded.size() % 4) % 4;
  padded.append(missing, '=');
  bytes.resize(padded.size() / 4 * 3);
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(padded.data()), int(padded.size()));
  if (size < 0) return false;
  bytes.resize(std::size_t(size) - missing);
  return true;
}

std::string member_path(std::string_view member) {
  std::string path(member);
  if (!path.empty() && path[0] >= 'A' && path[0] <= 'Z') path[0] = char(path[0] + ('a' - 'A'));
  return path;
}

}  // namespace keyfob
