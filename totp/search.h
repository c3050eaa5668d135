// Which steps the codes a user typed belong to: the rules of IAM (two codes in a row) and of STS (one code).
// Pure: an "adjusted" step is the server's step plus the device's stored offset, and the caller supplies it.
// An adjusted step must lie well inside 64 bits, as any real one does; the last accepted may be anything.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "totp/code.h"

namespace keyfob::totp {

// Enable and Resync look for the second code from adjusted − 998 to adjusted + 1000, both included
// (aws/codes.md#pairs-of-codes).
inline constexpr Step kSearchBack = 998;
inline constexpr Step kSearchAhead = 1000;
// STS accepts the steps adjusted ± 2 (aws/codes.md#codes-for-sts).
inline constexpr Step kStsWindow = 2;

// The step n such that first is the code of n − 1 and second the code of n, with n inside the search range.
// Both steps must be newer than last_accepted, the second step of the last pair this seed had accepted. When
// several fit, the one nearest to adjusted, the later of two equally near (a guess: AWS doesn't say). Nothing
// when none fits. Computes each code at most once: 2,000 when nothing fits.
std::optional<Step> find_pair(CodeGenerator& codes, Step adjusted, std::optional<Step> last_accepted,
                              std::uint32_t first, std::uint32_t second);

// Every step within adjusted ± window that has this code, nearest first, the later of two equally near (a
// guess). All of them, because STS takes each step once: when two steps share a code, the unused one still
// counts.
std::vector<Step> find_code(CodeGenerator& codes, Step adjusted, Step window, std::uint32_t code);

}  // namespace keyfob::totp
