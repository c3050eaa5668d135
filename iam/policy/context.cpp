#include "iam/policy/context.h"

#include <algorithm>
#include <charconv>

namespace keyfob::policy {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

}  // namespace

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

Context::Context() {
  text_.reserve(1024);
  values_.reserve(24);
  entries_.reserve(24);
}

Context::Slice Context::keep(std::string_view text) {
  const Slice slice{std::uint32_t(text_.size()), std::uint32_t(text.size())};
  text_ += text;
  return slice;
}

void Context::begin(std::string_view key, bool list) {
  const Slice name = keep(key);
  for (auto c = text_.begin() + name.at; c != text_.end(); ++c) *c = lower(*c);
  entries_.push_back({name, std::uint32_t(values_.size()), 0, list});
}

void Context::add(std::string_view value) {
  values_.push_back(keep(value));
  ++entries_.back().count;
}

void Context::set(std::string_view key, std::string_view value) {
  begin(key, false);
  add(value);
}

void Context::set(std::string_view key, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  set(key, std::string_view(digits, std::size_t(end - digits)));
}

void Context::set(std::string_view key, Instant value) { set(key, to_iso8601(value)); }

void Context::set_list(std::string_view key, std::span<const std::string> values) {
  begin(key, true);
  for (const auto& value : values) add(value);
}

void Context::set_list(std::string_view key, std::initializer_list<std::string_view> values) {
  begin(key, true);
  for (const auto value : values) add(value);
}

Context::Values Context::find(std::string_view lower_key) const {
  const auto entry = std::find_if(entries_.rbegin(), entries_.rend(),
                                  [&](const Entry& each) { return text(each.key) == lower_key; });
  if (entry == entries_.rend()) return {};
  return {this, std::span(values_).subspan(entry->first, entry->count), entry->list};
}

}  // namespace keyfob::policy
