#include "iam/policy/condition.h"

#include <algorithm>

namespace keyfob::policy {
namespace {

struct Named {
  std::string_view name;
  Operator op;
};

constexpr Named kOperators[] = {
    {"StringEquals", {.test = Test::text}},
    {"StringNotEquals", {.test = Test::text, .negated = true}},
    {"StringEqualsIgnoreCase", {.test = Test::text_ignoring_case}},
    {"StringNotEqualsIgnoreCase", {.test = Test::text_ignoring_case, .negated = true}},
    {"StringLike", {.test = Test::text, .wildcards = true}},
    {"StringNotLike", {.test = Test::text, .wildcards = true, .negated = true}},
    {"NumericEquals", {.test = Test::number}},
    {"NumericNotEquals", {.test = Test::number, .negated = true}},
    {"NumericLessThan", {.test = Test::number, .order = Order::less}},
    {"NumericLessThanEquals", {.test = Test::number, .order = Order::less_or_equal}},
    {"NumericGreaterThan", {.test = Test::number, .order = Order::greater}},
    {"NumericGreaterThanEquals", {.test = Test::number, .order = Order::greater_or_equal}},
    {"DateEquals", {.test = Test::date}},
    {"DateNotEquals", {.test = Test::date, .negated = true}},
    {"DateLessThan", {.test = Test::date, .order = Order::less}},
    {"DateLessThanEquals", {.test = Test::date, .order = Order::less_or_equal}},
    {"DateGreaterThan", {.test = Test::date, .order = Order::greater}},
    {"DateGreaterThanEquals", {.test = Test::date, .order = Order::greater_or_equal}},
    {"Bool", {.test = Test::boolean}},
    {"BinaryEquals", {.test = Test::binary}},
    {"IpAddress", {.test = Test::address}},
    {"NotIpAddress", {.test = Test::address, .negated = true}},
    {"ArnEquals", {.test = Test::arn, .wildcards = true}},
    {"ArnNotEquals", {.test = Test::arn, .wildcards = true, .negated = true}},
    {"ArnLike", {.test = Test::arn, .wildcards = true}},
    {"ArnNotLike", {.test = Test::arn, .wildcards = true, .negated = true}},
    {"Null", {.test = Test::null}},
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
    case Order::equal:
      return value == operand;
    case Order::less:
      return value < operand;
    case Order::less_or_equal:
      return value <= operand;
    case Order::greater:
      return value > operand;
    case Order::greater_or_equal:
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
    case Test::text:
      return any_pattern(condition, [&](auto& pattern) { return pattern.matches(value, context); });
    case Test::text_ignoring_case: {
      const auto folded = lower(value);
      return any_pattern(condition, [&](auto& pattern) { return pattern.matches(folded, context); });
    }
    case Test::arn:
      return any_pattern(condition, [&](auto& pattern) { return pattern.matches_arn(value, context); });
    case Test::number:
      return any_operand(condition, parse_number(value));
    case Test::date:
      return any_operand(condition, parse_moment(value));
    case Test::boolean:
      return any_operand(condition, parse_bool(value));
    case Test::binary:
      return any_operand(condition, std::optional(std::string(value)));
    case Test::address: {
      const auto address = parse_network(value);
      return address && std::any_of(condition.operands.begin(), condition.operands.end(), [&](auto& operand) {
               const auto* network = std::get_if<Network>(&operand);
               return network && network->contains(*address);
             });
    }
    case Test::null:
      break;
  }
  return false;
}

}  // namespace

std::optional<Operator> parse_operator(std::string_view name) {
  const Over over = take_prefix(name, "ForAnyValue:")    ? Over::any
                    : take_prefix(name, "ForAllValues:") ? Over::all
                                                         : Over::one;
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
    case Test::text:
    case Test::arn:
      return Pattern(text, {.wildcards = op.wildcards, .variables = variables});
    case Test::text_ignoring_case:
      return Pattern(text, {.wildcards = false, .variables = variables, .lower = true});
    case Test::number:
      return typed(parse_number(text));
    case Test::date:
      return typed(parse_moment(text));
    case Test::boolean:
    case Test::null:
      return typed(parse_bool(text));
    case Test::binary:
      return std::string(text);
    case Test::address:
      return typed(parse_network(text));
  }
  return {};
}

bool Condition::holds(const Context& context) const {
  const auto values = context.find(lower_key);
  if (op.test == Test::null) return any_operand(*this, std::optional(!values));
  if (!values) return op.if_exists || op.over == Over::all || (op.negated && op.over == Over::one);

  if (op.over == Over::one) {  // such an operator never holds for a multivalued key [report]
    return !values.is_list() && equals_some_operand(*this, values[0], context) != op.negated;
  }
  const bool wanted = op.over == Over::any;
  for (std::size_t index = 0; index < values.size(); ++index) {
    if ((equals_some_operand(*this, values[index], context) != op.negated) == wanted) return wanted;
  }
  return !wanted;
}

}  // namespace keyfob::policy
