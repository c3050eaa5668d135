#include "iam/operations.h"

#include <algorithm>
#include <array>

namespace keyfob {

#define KEYFOB_OPERATION(name)      \
  namespace name {                  \
  extern const Operation operation; \
  }
#include "iam/operations.def"
#undef KEYFOB_OPERATION

namespace {

#define KEYFOB_OPERATION(name) &name::operation,
constexpr std::array kOperations = {
#include "iam/operations.def"
};
#undef KEYFOB_OPERATION

}  // namespace

std::span<const Operation* const> operations() { return kOperations; }

const Operation* find_operation(ServiceName service, std::string_view name) {
  static const auto sorted = [] {
    auto table = kOperations;
    std::ranges::sort(table, {}, &Operation::name);
    return table;
  }();
  const auto found = std::ranges::lower_bound(sorted, name, {}, &Operation::name);
  return found != sorted.end() && (*found)->name == name && (*found)->service == service ? *found : nullptr;
}

bool is_known_operation(ServiceName service, std::string_view name) {
  return std::ranges::binary_search(known_operations(service), name);
}

}  // namespace keyfob
