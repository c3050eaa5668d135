// One line of a Condition block: operator, key, values. Compiled once, then a question to the context.
//
// A key that the request lacks (aws/authorization.md#condition-keys): Null tells; …IfExists, ForAllValues and
// the negated operators hold, ForAnyValue and the others don't.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "iam/policy/context.h"
#include "iam/policy/pattern.h"
#include "iam/policy/values.h"

namespace keyfob::policy {

enum class Test { text, text_ignoring_case, arn, number, date, boolean, binary, address, null };
enum class Order { equal, less, less_or_equal, greater, greater_or_equal };
enum class Over { one, any, all };  // plain, ForAnyValue, ForAllValues

struct Operator {
  Test test = Test::text;
  Order order = Order::equal;
  bool wildcards = false;
  bool negated = false;
  bool if_exists = false;
  Over over = Over::one;
};

// "ForAllValues:StringEqualsIfExists"; nothing when AWS has no such operator. Exact spelling [guess].
std::optional<Operator> parse_operator(std::string_view name);

// What a value is compared with. Text that isn't what the operator wants (NumericEquals "ten") equals
// nothing.
using Operand = std::variant<std::monostate, Pattern, std::string, double, Moment, bool, Network>;

struct Condition {
  Operator op;
  std::string key;        // as written
  std::string lower_key;  // as looked up
  std::vector<Operand> operands;

  bool holds(const Context& context) const;
};

Operand compile_operand(const Operator& op, std::string_view text, bool variables);

}  // namespace keyfob::policy
