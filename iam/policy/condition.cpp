#include "iam/policy/condition.h"

#include <algorithm>

namespace keyfob::policy {
namespace {

struct Named {
  std::string_view name;
  Operator op;
};

constexpr Named kOperators[] = {
    {"StringEquals", {.test = Test::Text}},
    {"StringNotEquals", {.test = Test::Text, .negated = true}},
    {"StringEqualsIgnoreCase", {.test = Test::TextIgnoringCase}},
    {"StringNotEqualsIgnoreCase", {.test = Test::TextIgnoringCase, .negated = true}},
    {"StringLike", {.test = Test::Text, .wildcards = true}},
    {"StringNotLike", {.test = Test::Text, .wildcards = true, .negated = true}},
    {"NumericEquals", {.test = Test::Number}},
    {"NumericNotEquals", {.test = Test::Number, .negated = true}},
    {"NumericLessThan", {.test = Test::Number, .order = Order::Less}},
    {"NumericLessThanEquals", {.test = Test::Number, .order = Order::LessOrEqual}},
    {"NumericGreaterThan", {.test = Test::Number, .order = Order::Greater}},
    {"NumericGreaterThanEquals", {.test = Test::Number, .order = Order::GreaterOrEqual}},
    {"DateEquals", {.test = Test::Date}},
    {"DateNotEquals", {.test = Test::Date, .negated = true}},
    {"DateLessThan", {.test = Test::Date, .order = Order::Less}},
    {"DateLessThanEquals", {.test = Test::Date, .order = Order::LessOrEqual}},
    {"DateGreaterThan", {.test = Test::Date, .order = Order::Greater}},
    {"DateGreaterThanEquals", {.test = Test::Date, .order = Order::GreaterOrEqual}},
    {"Bool", {.test = Test::Bool}},
    {"BinaryEquals", {.test = Test::Binary}},
    {"IpAddress", {.test = Test::Address}},
    {"NotIpAddress", {.test = Test::Address, .negated = true}},
    {"ArnEquals", {.test = Test::Arn, .wildcards = true}},
    {"ArnNotEquals", {.test = Test::Arn, .wildcards = true, .negated = true}},
    {"ArnLike", {.test = Test::Arn, .wildcards = true}},
    {"ArnNotLike", {.test = Test::Arn, .wildcards = true, .negated = true}},
    {"Null", {.test = Test::Null}},
};

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

template <class T>
Operand typed(std::optional<T> value) {
  return value ? Operand(*value) : Operand();
}

template <class T>
bool ordered(Order order, const T& value, const T& operand) {
  switch (order) {
    case Order::Equal:
      return value == operand;
    case Order::Less:
      return value < operand;
    case Order::LessOrEqual:
      return value <= operand;
    case Order::Greater:
      return value > operand;
    case Order::GreaterOrEqual:
      return value >= operand;
  }
  return false;
}

// One value of the request, read as the operator wants it, against any of the operands.
template <class T>
bool any_operand(const Condition& condition, const std::optional<T>& value) {
  return value &&
         std::any_of(condition.operands.begin(), condition.operands.end(), [&](const Operand& operand) {
           const T* wanted = std::get_if<T>(&operand);
           return wanted && ordered(condition.op.order, *value, *wanted);
         });
}

template <class Matches>
bool any_pattern(const Condition& condition, Matches matches) {
  return std::any_of(condition.operands.begin(), condition.operands.end(),
                     [&](const Operand& operand) { return matches(std::get<Pattern>(operand)); });
}

bool equals_some_operand(const Condition& condition, std::string_view value, const Context& context) {
  switch (condition.op.test) {
    case Test::Text:
      return any_pattern(condition, [&](auto& pattern) { return pattern.matches(value, context); });
    case Test::TextIgnoringCase: {
      const auto folded = lower(value);
      return any_pattern(condition, [&](auto& pattern) { return pattern.matches(folded, context); });
    }
    case Test::Arn:
      return any_pattern(condition, [&](auto& pattern) { return pattern.matches_arn(value, context); });
    case Test::Number:
      return any_operand(condition, parse_number(value));
    case Test::Date:
      return any_operand(condition, parse_moment(value));
    case Test::Bool:
      return any_operand(condition, parse_bool(value));
    case Test::Binary:
      return any_operand(condition, std::optional(std::string(value)));
    case Test::Address: {
      const auto address = parse_network(value);
      return address && std::any_of(condition.operands.begin(), condition.operands.end(), [&](auto& operand) {
               const auto* network = std::get_if<Network>(&operand);
               return network && network->contains(*address);
             });
    }
    case Test::Null:
      break;
  }
  return false;
}

}  // namespace

std::optional<Operator> parse_operator(std::string_view name) {
  const Over over = take_prefix(name, "ForAnyValue:")    ? Over::Any
                    : take_prefix(name, "ForAllValues:") ? Over::All
                                                         : Over::One;
  const bool if_exists = name.ends_with("IfExists");
  if (if_exists) name.remove_suffix(std::string_view("IfExists").size());
  for (const auto& [known, op] : kOperators) {
    if (known != name) continue;
    auto result = op;
    result.over = over;
    result.if_exists = if_exists;
    return result;
  }
  return std::nullopt;
}

Operand compile_operand(const Operator& op, std::string_view text, bool variables) {
  switch (op.test) {
    case Test::Text:
    case Test::Arn:
      return Pattern(text, {.wildcards = op.wildcards, .variables = variables});
    case Test::TextIgnoringCase:
      return Pattern(text, {.wildcards = false, .variables = variables, .lower = true});
    case Test::Number:
      return typed(parse_number(text));
    case Test::Date:
      return typed(parse_moment(text));
    case Test::Bool:
    case Test::Null:
      return typed(parse_bool(text));
    case Test::Binary:
      return std::string(text);
    case Test::Address:
      return typed(parse_network(text));
  }
  return {};
}

bool Condition::holds(const Context& context) const {
  const auto values = context.find(lower_key);
  if (op.test == Test::Null) return any_operand(*this, std::optional(!values));
  if (!values) return op.if_exists || op.over == Over::All || (op.negated && op.over == Over::One);

  if (op.over == Over::One) {  // such an operator never holds for a multivalued key [report]
    return !values.is_list() && equals_some_operand(*this, values[0], context) != op.negated;
  }
  const bool wanted = op.over == Over::Any;
  for (std::size_t index = 0; index < values.size(); ++index) {
    if ((equals_some_operand(*this, values[index], context) != op.negated) == wanted) return wanted;
  }
  return !wanted;
}

}  // namespace keyfob::policy
