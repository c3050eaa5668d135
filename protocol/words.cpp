#include "protocol/words.h"

#include <openssl/crypto.h>

namespace keyfob {
namespace {

// Reads exactly `digits` ASCII digits off the front of `text`; -1 when they aren't there.
int take_digits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

void put_digits(std::string& text, std::size_t at, std::size_t digits, unsigned value) {
  for (auto place = at + digits; place > at; value /= 10) text[--place] = char('0' + value % 10);
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

// By hand: dates stand in every listed item, and snprintf costs as much as the item's query.
std::string to_iso8601(Instant at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{seconds - day};
  std::string text = "0000-00-00T00:00:00Z";
  put_digits(text, 0, 4, unsigned(int(date.year())));
  put_digits(text, 5, 2, unsigned(date.month()));
  put_digits(text, 8, 2, unsigned(date.day()));
  put_digits(text, 11, 2, unsigned(time.hours().count()));
  put_digits(text, 14, 2, unsigned(time.minutes().count()));
  put_digits(text, 17, 2, unsigned(time.seconds().count()));
  return text;
}

std::string to_rfc3339(Instant at) {
  auto text = to_iso8601(at);
  const auto micros = (at - std::chrono::floor<std::chrono::seconds>(at)).count();
  if (micros == 0) return text;
  const auto digits = std::to_string(1'000'000 + micros).substr(1);
  text.insert(text.size() - 1, "." + digits.substr(0, digits.find_last_not_of('0') + 1));
  return text;
}

std::optional<Instant> from_iso8601(std::string_view text) {
  const int year = take_digits(text, 4);
  if (year < 0 || !take(text, '-')) return std::nullopt;
  const int month = take_digits(text, 2);
  if (month < 0 || !take(text, '-')) return std::nullopt;
  const int day = take_digits(text, 2);
  if (day < 0 || !(take(text, 'T') || take(text, 't'))) return std::nullopt;
  const int hour = take_digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_digits(text, 2);
  if (minute < 0 || minute > 59 || !take(text, ':')) return std::nullopt;
  const int second = take_digits(text, 2);
  if (second < 0 || second > 59) return std::nullopt;

  std::int64_t micros = 0;
  if (take(text, '.')) {
    std::int64_t unit = 100'000;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits, unit /= 10) {
      micros += (text[digits] - '0') * unit;  // beyond microseconds the unit is 0
    }
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
  }
  if (text != "Z" && text != "z" && text != "+00:00" && text != "-00:00") return std::nullopt;

  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{unsigned(month)},
                                         std::chrono::day{unsigned(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second} + std::chrono::microseconds{micros};
}

std::optional<AccountId> AccountId::parse(std::string_view text) {
  if (text.size() != 12) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return AccountId{number};
}

std::string AccountId::str() const {
  std::string text(12, '0');
  auto rest = number_;
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, rest /= 10) *digit = char('0' + rest % 10);
  return text;
}

bool Secret::equals(std::string_view other) const {
  return bytes_.size() == other.size() && CRYPTO_memcmp(bytes_.data(), other.data(), other.size()) == 0;
}

void Secret::wipe() {
  OPENSSL_cleanse(bytes_.data(), bytes_.size());
  bytes_.clear();
}

}  // namespace keyfob
