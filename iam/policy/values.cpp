#include "iam/policy/values.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "iam/policy/context.h"

namespace keyfob::policy {
namespace {

// The whole text as decimal digits within the bounds.
std::optional<std::int64_t> integer(std::string_view text, std::int64_t least, std::int64_t most) {
  if (text.starts_with('-')) return {};
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) return {};
  return value;
}

// What stands before the separator, which goes as well; all of it when there is none.
std::string_view take_until(std::string_view& text, char separator) {
  const auto at = text.find(separator);
  const auto taken = text.substr(0, at);
  text.remove_prefix(at == text.npos ? text.size() : at + 1);
  return taken;
}

// Days since 1970 in the proleptic Gregorian calendar, for years that std::chrono doesn't hold. Years run
// from March, so that the leap day is their last.
std::int64_t days_since_1970(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (month <= 2) --year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  const bool before_christ = text.starts_with('-');
  if (before_christ) text.remove_prefix(1);
  const auto year = integer(take_until(text, '-'), 0, before_christ ? 292'275'054 : 292'278'993);
  if (!year) return {};
  std::optional<std::int64_t> month = 1, day = 1;
  if (!text.empty()) month = integer(take_until(text, '-'), 1, 12);
  if (!text.empty()) day = integer(text, 1, 31);
  if (!month || !day) return {};
  return days_since_1970(before_christ ? -*year : *year, *month, *day);
}

// "+01", "+01:30", "-05:00": seconds east of UTC.
std::optional<std::int64_t> parse_offset(std::string_view text, int sign) {
  const auto hours = take_until(text, ':');
  if (hours.size() != 2 || (!text.empty() && text.size() != 2)) return {};
  const auto hour = integer(hours, 0, 23);
  const auto minute = text.empty() ? std::optional<std::int64_t>(0) : integer(text, 0, 59);
  if (!hour || !minute) return {};
  return sign * (*hour * 3600 + *minute * 60);
}

std::optional<Moment> parse_time(std::string_view text) {
  std::int64_t offset = 0;
  if (const auto zone = text.find_first_of("zZ+-"); zone != text.npos) {
    const char mark = text[zone];
    const auto rest = text.substr(zone + 1);
    if (mark == 'z' || mark == 'Z') {
      if (!rest.empty()) return {};
    } else {
      const auto parsed = parse_offset(rest, mark == '+' ? 1 : -1);
      if (!parsed) return {};
      offset = *parsed;
    }
    text = text.substr(0, zone);
  }
  std::optional<std::int64_t> hour = 0, minute = 0, second = 0, nanoseconds = 0;
  if (!text.empty()) hour = integer(take_until(text, ':'), 0, 23);
  if (!text.empty()) minute = integer(take_until(text, ':'), 0, 59);
  if (!text.empty()) {
    second = integer(take_until(text, '.'), 0, 59);
    if (text.size() > 9) return {};
    if (!text.empty()) nanoseconds = integer(text, 0, 999'999'999);
    for (auto digits = text.size(); nanoseconds && digits && digits < 9; ++digits) *nanoseconds *= 10;
  }
  if (!hour || !minute || !second || !nanoseconds) return {};
  return Moment{*hour * 3600 + *minute * 60 + *second - offset, std::int32_t(*nanoseconds)};
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return {};
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

std::optional<bool> parse_bool(std::string_view text) {
  const auto word = lower(text);
  if (word == "true") return true;
  if (word == "false") return false;
  return {};
}

std::optional<Moment> parse_moment(std::string_view text) {
  if (text.find_first_of("tT-") == text.npos) {
    const auto seconds = integer(text, 0, std::numeric_limits<std::int64_t>::max());
    return seconds ? std::optional(Moment{*seconds, 0}) : std::nullopt;
  }
  const auto mark = text.find_first_of("tT");
  const auto day = parse_date(text.substr(0, mark));
  const auto time = mark == text.npos ? std::optional(Moment{}) : parse_time(text.substr(mark + 1));
  if (!day || !time) return {};
  return Moment{*day * 86400 + time->seconds, time->nanoseconds};
}

bool Network::contains(const Network& address) const {
  if (address.size != size || address.prefix < prefix) return false;
  const std::size_t whole = prefix / 8;
  if (!std::equal(bytes.begin(), bytes.begin() + std::ptrdiff_t(whole), address.bytes.begin())) return false;
  const unsigned bits = prefix % 8;
  return bits == 0 || ((bytes[whole] ^ address.bytes[whole]) >> (8 - bits)) == 0;
}

std::optional<Network> parse_network(std::string_view text) {
  const bool ranged = text.find('/') != text.npos;
  const std::string address(take_until(text, '/'));
  const bool is_v6 = address.find(':') != address.npos;
  Network network{.size = std::uint8_t(is_v6 ? 16 : 4)};
  if (inet_pton(is_v6 ? AF_INET6 : AF_INET, address.c_str(), network.bytes.data()) != 1) return {};
  network.prefix = std::uint8_t(network.size * 8);
  if (ranged) {
    const auto prefix = integer(text, 0, network.prefix);
    if (!prefix) return {};
    network.prefix = std::uint8_t(*prefix);
  }
  return network;
}

}  // namespace keyfob::policy
