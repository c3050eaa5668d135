#include "protocol/shape.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "protocol/text.h"

namespace keyfob::shape {
namespace {

using AsciiClass = std::array<bool, 128>;

constexpr AsciiClass ascii_class(std::string_view extra, bool letters = true) {
  AsciiClass allowed{};
  for (char c = '0'; c <= '9'; ++c) allowed[std::size_t(c)] = true;
  if (letters) {
    for (char c = 'a'; c <= 'z'; ++c) allowed[std::size_t(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c) allowed[std::size_t(c)] = true;
    allowed[std::size_t('_')] = true;
  }
  for (const char c : extra) allowed[std::size_t(c)] = true;
  return allowed;
}

constexpr AsciiClass kNameClass = ascii_class("+=,.@-");
constexpr AsciiClass kSerialClass = ascii_class("+=/:,.@-");
constexpr AsciiClass kWordClass = ascii_class("");
constexpr AsciiClass kDigitClass = ascii_class("", false);
constexpr AsciiClass kExternalIdClass = ascii_class("+=,.@:/-");
constexpr AsciiClass kPolicyPathClass = ascii_class("/.,+@=-");
constexpr AsciiClass kVersionClass = ascii_class("-");

bool all_of_class(std::string_view text, const AsciiClass& allowed) {
  return std::ranges::all_of(text, [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 128 && allowed[byte];
  });
}

bool all_in(std::string_view text, char first, char last) {
  return std::ranges::all_of(text, [&](char c) { return c >= first && c <= last; });
}

template <class Predicate>
bool all_points(std::string_view text, Predicate accepts) {
  while (!text.empty()) {
    if (!accepts(take_code_point(text))) return false;
  }
  return true;
}

constexpr bool is_line_space(char32_t c) { return c == 0x09 || c == 0x0A || c == 0x0D; }

bool is_tag_character(char32_t c) {
  constexpr std::u32string_view kOthers = U"_.:/=+-@";
  if (kOthers.find(c) != std::u32string_view::npos) return true;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||  // \p{L}
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO) ||  // \p{N}
         (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP);    // \p{Z}
}

}  // namespace

bool is_name(std::string_view text) { return !text.empty() && all_of_class(text, kNameClass); }
bool is_name_or_empty(std::string_view text) { return all_of_class(text, kNameClass); }
bool is_serial_number(std::string_view text) { return !text.empty() && all_of_class(text, kSerialClass); }
bool is_serial_number_or_empty(std::string_view text) { return all_of_class(text, kSerialClass); }
bool is_word(std::string_view text) { return !text.empty() && all_of_class(text, kWordClass); }
bool is_digits(std::string_view text) { return !text.empty() && all_of_class(text, kDigitClass); }
bool is_digits_or_empty(std::string_view text) { return all_of_class(text, kDigitClass); }
bool is_external_id(std::string_view text) { return all_of_class(text, kExternalIdClass); }

bool is_path(std::string_view text) {
  if (text == "/") return true;
  return text.size() > 2 && text.front() == '/' && text.back() == '/' && all_in(text, '!', '~');
}

bool is_path_prefix(std::string_view text) { return text.starts_with('/') && all_in(text, '!', '\x7F'); }

bool is_tag_key(std::string_view text) { return !text.empty() && is_tag_value(text); }
bool is_tag_value(std::string_view text) { return all_points(text, is_tag_character); }

bool is_latin(std::string_view text) {
  return !text.empty() && all_points(text, [](char32_t c) { return c >= 0x20 && c <= 0xFF; });
}

bool is_latin_text(std::string_view text) {
  return !text.empty() &&
         all_points(text, [](char32_t c) { return is_line_space(c) || (c >= 0x20 && c <= 0xFF); });
}

bool is_description(std::string_view text) {
  return all_points(text, [](char32_t c) {
    return is_line_space(c) || (c >= 0x20 && c <= 0x7E) || (c >= 0xA1 && c <= 0xFF);
  });
}

// To a regular expression `\u10000-\u10FFFF` is U+1000, the range from "0" to U+10FF, and "FF": what the
// pattern meant to leave out it lets in, and the other way around.
bool is_arn(std::string_view text) {
  return all_points(text, [](char32_t c) { return is_line_space(c) || (c >= 0x20 && c <= 0xFFFD); });
}

bool is_policy_path(std::string_view text) {
  if (!text.starts_with('/') || !text.ends_with('/')) return false;
  return text.find("//") == std::string_view::npos && all_of_class(text, kPolicyPathClass);
}

bool is_policy_version_id(std::string_view text) {
  if (text.size() < 2 || text[0] != 'v' || text[1] < '1' || text[1] > '9') return false;
  text.remove_prefix(1);
  const auto number = text.substr(0, text.find('.'));
  const auto rest = text.substr(number.size());
  return is_digits(number) && (rest.empty() || (all_of_class(rest.substr(1), kVersionClass) &&
                                                rest.find('_') == std::string_view::npos));
}

// ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$
bool is_alias(std::string_view text) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (text.size() < 3 || text.size() > 63 || !plain(text.front()) || !plain(text.back())) return false;
  return text.find("--") == std::string_view::npos &&
         std::ranges::all_of(text, [&](char c) { return plain(c) || c == '-'; });
}

}  // namespace keyfob::shape
