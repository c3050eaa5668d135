#include "iam/policy/grammar.h"

#include <algorithm>

#include "iam/policy/condition.h"

namespace keyfob::policy::grammar {
namespace {

namespace json = boost::json;

// Values may be unquoted: {"Bool": {"aws:MultiFactorAuthPresent": true}}.
bool is_scalar(const json::value& value) { return value.is_string() || value.is_bool() || value.is_number(); }

bool is_operand(const json::value& value) {
  if (!value.is_array()) return is_scalar(value);
  const auto& list = value.get_array();
  return std::all_of(list.begin(), list.end(), is_scalar);
}

std::string text_of(const json::value& value) {
  if (value.is_string()) return std::string(std::string_view(value.get_string()));
  return json::serialize(value);
}

}  // namespace

std::string_view fault_of_text(DocumentKind kind) {
  // PutUserPolicy says the former, CreateRole the latter; that STS says it of session policies is a guess.
  return kind == DocumentKind::identity ? "Syntax errors in policy." : "This policy contains invalid Json";
}

std::vector<const json::object*> statements_of(const json::value& document) {
  const json::value* found = document.is_object() ? document.get_object().if_contains("Statement") : nullptr;
  if (!found) return {};
  if (found->is_object()) return {&found->get_object()};
  if (!found->is_array()) return {};
  std::vector<const json::object*> statements;
  for (const auto& each : found->get_array()) {
    if (!each.is_object()) return {};
    statements.push_back(&each.get_object());
  }
  return statements;
}

std::vector<std::string> texts(const json::value& value) {
  std::vector<std::string> result;
  if (!value.is_array()) return {text_of(value)};
  for (const auto& each : value.get_array()) result.push_back(text_of(each));
  return result;
}

std::vector<std::string> texts(const json::object& statement, std::string_view element) {
  const auto* value = statement.if_contains(element);
  return value ? texts(*value) : std::vector<std::string>{};
}

bool is_2012(const json::object& document) {
  const auto* version = document.if_contains("Version");
  return version && version->is_string() && version->get_string() == "2012-10-17";
}

bool is_text_or_texts(const json::value& value) {
  if (!value.is_array()) return value.is_string();
  const auto& list = value.get_array();
  return std::all_of(list.begin(), list.end(), [](const json::value& each) { return each.is_string(); });
}

bool is_condition_block(const json::value& value) {
  if (!value.is_object()) return false;
  for (const auto& [name, lines] : value.get_object()) {
    if (!lines.is_object()) return false;
    const auto& object = lines.get_object();
    if (!object.empty() && !parse_operator(name)) return false;  // with nothing to test, AWS takes any name
    if (!std::all_of(object.begin(), object.end(), [](auto& line) { return is_operand(line.value()); }))
      return false;
  }
  return true;
}

bool is_either(const json::object& statement, std::string_view element, std::string_view opposite) {
  const auto* one = statement.if_contains(element);
  const auto* other = statement.if_contains(opposite);
  if (one && other) return false;
  return (!one || is_text_or_texts(*one)) && (!other || is_text_or_texts(*other));
}

}  // namespace keyfob::policy::grammar
