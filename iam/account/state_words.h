// What writing and reading the state document have in common.
#pragma once

#include <cstdint>

namespace keyfob {

inline constexpr std::int64_t kStateVersion = 1;
inline constexpr const char* kSessionKinds[] = {"session", "role", "federated", "console"};  // SessionKind

}  // namespace keyfob
