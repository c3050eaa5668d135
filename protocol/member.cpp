#include "protocol/member.h"

#include <algorithm>
#include <charconv>

#include "protocol/text.h"

namespace keyfob {
namespace {

constexpr std::string_view kNull = "Member must not be null";
constexpr std::size_t kMostListed = 10;  // aws/errors.md#validation-errors

// The constraints of a shape's value, in AWS's words.
std::string at_least(const Shape& shape, std::string_view what) {
  return "Member must have " + std::string(what) + " greater than or equal to " + std::to_string(shape.min);
}
std::string at_most(const Shape& shape, std::string_view what) {
  return "Member must have " + std::string(what) + " less than or equal to " + std::to_string(shape.max);
}
std::string must_match(const Shape& shape) {
  return "Member must satisfy regular expression pattern: " + std::string(shape.pattern);
}

bool is_one_of(std::string_view value, std::span<const std::string_view> values) {
  return std::ranges::find(values, value) != values.end();
}

// Everything wrong with a string that is there.
void check_string(std::string_view path, std::string_view value, const Shape& shape, Violations& violations) {
  const auto length = std::int64_t(characters(value));
  if (length < shape.min) violations.add(path, value, at_least(shape, "length"));
  if (length > shape.max) violations.add(path, value, at_most(shape, "length"));
  if (!shape.values.empty() && !is_one_of(value, shape.values)) {
    violations.add(path, value, "Member must satisfy enum value set");
  }
  if (shape.accepts == nullptr || shape.accepts(value)) return;
  if (shape.prose.empty()) {
    violations.add(path, value, must_match(shape));
  } else if (length >= shape.min) {
    violations.add_prose("The specified value for " + std::string(path) + " is invalid. " +
                         std::string(shape.prose));
  }
}

bool is_valid(std::string_view value, const Shape& shape) {
  const auto length = std::int64_t(characters(value));
  return length >= shape.min && length <= shape.max && (shape.accepts == nullptr || shape.accepts(value)) &&
         (shape.values.empty() || is_one_of(value, shape.values));
}

// A list of scalars has one text for whatever is wrong with an element (aws/errors.md#texts-of-constraints).
std::string element_constraint(const Shape& element) {
  std::string text = "Member must satisfy constraint: [";
  if (!element.values.empty()) {
    text += "Member must satisfy enum value set: [";
    for (std::size_t i = 0; i < element.values.size(); ++i) {
      if (i > 0) text += ", ";
      text += element.values[i];
    }
    return text + "]]";
  }
  if (element.max < Shape{}.max) text += at_most(element, "length") + ", ";
  if (element.min > 0) text += at_least(element, "length") + ", ";
  if (!element.pattern.empty()) text += must_match(element) + ", ";
  return text + std::string(kNull) + "]";
}

// The elements that are there, once the list's own constraints have been checked.
std::optional<ParameterList> read_list(const Form& form, std::string_view name, std::string_view path,
                                       const Shape& shape, bool required, Violations& violations) {
  auto list = form.list(name);
  if (!list) {
    violations.add_malformed(list.error());
    return std::nullopt;
  }
  if (required && !list->present) violations.add(path, std::nullopt, kNull);
  const auto size = std::int64_t(list->size);
  if (list->present && size < shape.min) violations.add(path, "[]", at_least(shape, "length"));
  if (size > shape.max) violations.add(path, "[]", at_most(shape, "length"));
  // Where AWS has no bound keyfob has one: better refused than cut.
  if (list->elements.size() < list->size && size <= shape.max)
    violations.add_malformed({kind::kMalformedInput, "The list is too long"});
  return std::move(*list);
}

}  // namespace

void Violations::add(std::string_view path, std::optional<std::string_view> value,
                     std::string_view constraint) {
  if (count_ == kMostListed) return;
  if (count_++ > 0) items_ += "; ";
  items_ += "Value ";
  if (echo_) items_ += value ? "'" + std::string(*value) + "' " : "null ";
  items_ += "at '";
  items_ += path;
  items_ += "' failed to satisfy constraint: ";
  items_ += constraint;
}

void Violations::add_prose(std::string text) {
  if (!prose_) prose_ = std::move(text);
}

void Violations::add_malformed(AwsError error) {
  if (!malformed_) malformed_ = std::move(error);
}

Result<void> Violations::verdict() const {
  if (malformed_) return *malformed_;
  if (count_ > 0) {
    const auto errors = count_ == 1 ? " validation error detected: " : " validation errors detected: ";
    return AwsError{kind::kValidationError, std::to_string(count_) + errors + items_};
  }
  if (prose_) return AwsError{kind::kValidationError, *prose_};
  return {};
}

void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::string& value, Violations& violations) {
  std::optional<std::string> found;
  read_value(form, name, shape, required, found, violations);
  if (found) value = std::move(*found);
}

void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::optional<std::string>& value, Violations& violations) {
  const auto found = form.find(name);
  if (found) {
    check_string(member_path(name), *found, shape, violations);
    value = std::string(*found);
  } else if (required) {
    violations.add(member_path(name), std::nullopt, kNull);
  }
}

void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::optional<std::int32_t>& value, Violations& violations) {
  const auto found = form.find(name);
  if (!found) {
    if (required) violations.add(member_path(name), std::nullopt, kNull);
    return;
  }
  // Digits with an optional sign, within 32 bits; nothing else is a number (aws/wire.md#integers).
  auto digits = *found;
  if (digits.empty())
    return violations.add_malformed({kind::kMalformedInput, "missing value for decimal type"});
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool doubly_signed = digits.size() < found->size() && digits.starts_with('-');
  if (error != std::errc{} || end != digits.data() + digits.size() || doubly_signed) {
    return violations.add_malformed({kind::kMalformedInput});
  }
  if (number < shape.min && !shape.min_checked_later)
    violations.add(member_path(name), *found, at_least(shape, "value"));
  if (number > shape.max) violations.add(member_path(name), *found, at_most(shape, "value"));
  value = number;
}

void read_value(const Form& form, std::string_view name, const Shape&, bool required,
                std::optional<bool>& value, Violations& violations) {
  const auto found = form.find(name);
  if (!found) {
    if (required) violations.add(member_path(name), std::nullopt, kNull);
  } else if (*found == "true" || *found == "1") {
    value = true;
  } else if (*found == "false" || *found == "0") {
    value = false;
  } else {
    violations.add_malformed({kind::kMalformedInput});
  }
}

void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::vector<Tag>& value, Violations& violations) {
  const auto list = read_list(form, name, member_path(name), shape, required, violations);
  if (!list) return;
  for (std::size_t i = 0; i < list->elements.size(); ++i) {
    Tag tag;
    for (const auto& field : shape.element->fields) {
      (field.name == "Key" ? tag.key : tag.value) =
          read_field(list->elements[i], field, element_path(name, i), violations);
    }
    value.push_back(std::move(tag));
  }
}

std::string element_path(std::string_view list, std::size_t index) {
  return member_path(list) + "." + std::to_string(index + 1) + ".member.";
}

std::string read_field(const ListElement& element, const Field& field, const std::string& path,
                       Violations& violations) {
  const auto found = element.field(field.name);
  if (found) {
    check_string(path + member_path(field.name), *found, *field.shape, violations);
  } else if (field.required) {
    violations.add(path + member_path(field.name), std::nullopt, kNull);
  }
  return std::string(found.value_or(""));
}

void read_value(const Form& form, std::string_view name, const Shape& shape, bool required,
                std::vector<std::string>& value, Violations& violations) {
  read_strings(form, name, member_path(name), shape, required, value, violations);
}

void read_strings(const Form& form, std::string_view name, std::string_view path, const Shape& shape,
                  bool required, std::vector<std::string>& value, Violations& violations) {
  const auto list = read_list(form, name, path, shape, required, violations);
  if (!list) return;
  // A list of structures with one string each is read as a list of strings, and checked as structures are.
  if (shape.element->type == ShapeType::structure) {
    const auto& field = shape.element->fields.front();
    for (std::size_t i = 0; i < list->elements.size(); ++i) {
      value.push_back(read_field(list->elements[i], field, element_path(name, i), violations));
    }
    return;
  }
  bool sound = true;
  for (const auto& element : list->elements) {
    const auto found = element.field("");
    if (!found && !element.is_null())
      return violations.add_malformed({kind::kMalformedInput, "Start of list found where not expected"});
    sound = sound && found && is_valid(*found, *shape.element);
    value.emplace_back(found.value_or(""));
  }
  if (!sound)
    violations.add(path, "[" + (value.empty() ? "" : value.front()) + "]",
                   element_constraint(*shape.element));
}

}  // namespace keyfob
