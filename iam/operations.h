// The table of operations.
#pragma once

#include <span>
#include <string_view>

#include "iam/call/operation.h"

namespace keyfob {

std::span<const Operation* const> operations();
// Null when the service has none of that name that keyfob answers.
const Operation* find_operation(ServiceName service, std::string_view name);
// Whether AWS has an operation of that name, answered here or not (the service model's list).
bool is_known_operation(ServiceName service, std::string_view name);
std::span<const std::string_view> known_operations(ServiceName service);

}  // namespace keyfob
