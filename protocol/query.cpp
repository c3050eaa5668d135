#include "protocol/query.h"

#include <algorithm>
#include <charconv>

#include "protocol/text.h"

namespace keyfob {
namespace {

AwsError malformed(std::string text) { return {kind::kMalformedInput, std::move(text)}; }

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Cuts the segment before the next dot off `path`.
std::string_view take_segment(std::string_view& path) {
  const auto dot = path.find('.');
  const auto segment = path.substr(0, dot);
  path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  return segment;
}

// The element an index names, counted from 1. What AWS doesn't read as a number stands for the first
// (aws/wire.md#lists).
Result<std::size_t> element_of(std::string_view index) {
  if (index.starts_with('-')) return malformed("Key " + std::string(index) + " may not have a leading '-'");
  if (!is_digits(index)) return std::size_t{0};
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(index.data(), index.data() + index.size(), number);
  if (error != std::errc{} || number > 0x7fffffff)
    return malformed(std::string(index) + " is not a valid index");
  if (number == 0) return malformed("0 is not a valid index");
  return number;
}

// A new index may go past what is there by ten at most.
constexpr std::size_t kMostSkipped = 10;

Result<void> check_sparse(std::size_t index, std::size_t size) {
  const auto extent = std::max<std::size_t>(1, size);
  if (index <= extent + kMostSkipped) return {};
  return malformed("Excessively sparse input would skip " + std::to_string(index - extent) +
                   " list elements");
}

}  // namespace

std::optional<std::string_view> ListElement::field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::optional<Form> Form::parse(std::string_view first, std::string_view second, char plus) {
  Form form;
  // Room for all, and never the string's inside buffer: views must survive a move of the Form.
  form.text_.reserve(std::max<std::size_t>(first.size() + second.size(), 64));
  form.parameters_.reserve(16);
  for (const auto encoded : {first, second}) {
    for (std::size_t start = 0; start < encoded.size();) {
      const auto end = std::min(encoded.find('&', start), encoded.size());
      const auto pair = encoded.substr(start, end - start);
      start = end + 1;
      if (pair.empty()) continue;
      const auto equals = std::min(pair.find('='), pair.size());
      const auto name_at = form.text_.size();
      if (!percent_decode(pair.substr(0, equals), plus, form.text_)) return std::nullopt;
      const auto value_at = form.text_.size();
      if (equals < pair.size() && !percent_decode(pair.substr(equals + 1), plus, form.text_))
        return std::nullopt;
      const std::string_view text = form.text_;  // never moves: decoding can't outgrow what was reserved
      form.parameters_.emplace_back(text.substr(name_at, value_at - name_at), text.substr(value_at));
    }
  }
  // Each by itself: two halves of a character in neighbours would make sound text together.
  const auto is_sound = [](const auto& parameter) {
    return is_utf8(parameter.first) && is_utf8(parameter.second);
  };
  if (std::ranges::all_of(form.parameters_, is_sound)) return form;
  form.repaired_.reserve(2 * form.parameters_.size());
  for (auto& [name, value] : form.parameters_) {
    name = form.repaired_.emplace_back(repair_utf8(name));
    value = form.repaired_.emplace_back(repair_utf8(value));
  }
  return form;
}

std::optional<std::string_view> Form::find(std::string_view name) const {
  for (const auto& [key, value] : parameters_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

Result<ParameterList> Form::list(std::string_view name) const {
  ParameterList list;
  for (const auto& [key, value] : parameters_) {
    if (!key.starts_with(name)) continue;
    auto path = key.substr(name.size());
    if (path.empty() && value.empty()) list.present = true;  // `Tags=`: a list, and empty
    if (!path.starts_with(".member.")) continue;
    path.remove_prefix(std::string_view(".member.").size());

    const auto segment = take_segment(path);
    TRY(const std::size_t index, element_of(segment));
    list.present = true;
    if (index == 0) {  // not a number: the first element has something, but no member that anybody knows
      list.size = std::max<std::size_t>(list.size, 1);
      if (list.elements.empty()) list.elements.emplace_back();
      if (list.elements[0].is_null()) list.elements[0].fields.emplace_back(segment, value);
      continue;
    }
    if (is_digits(path.substr(0, path.find('.'))))
      return malformed("Two index elements may not occur back to back");
    CHECK_OK(check_sparse(index, list.size));
    list.size = std::max(list.size, index);
    if (index > kKeptElements) continue;
    if (list.elements.size() < index) list.elements.resize(index);
    auto& fields = list.elements[index - 1].fields;
    if (!list.elements[index - 1].field(path) && fields.size() < kKeptElements)
      fields.emplace_back(path, value);
  }
  return list;
}

}  // namespace keyfob
