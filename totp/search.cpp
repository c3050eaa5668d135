#include "totp/search.h"

#include <algorithm>

namespace keyfob::totp {
namespace {

struct Range {
  Step oldest, newest;

  bool holds(Step step) const { return oldest <= step && step <= newest; }
};

// Where the second step of a pair may lie.
std::optional<Range> pair_range(Step adjusted, std::optional<Step> last_accepted) {
  Range range{adjusted - kSearchBack, adjusted + kSearchAhead};
  if (last_accepted) {
    // The first step has to be newer too, so the second is at least two beyond.
    if (*last_accepted > range.newest - 2) return std::nullopt;
    range.oldest = std::max(range.oldest, *last_accepted + 2);
  }
  return range;
}

}  // namespace

std::optional<Step> find_pair(CodeGenerator& codes, Step adjusted, std::optional<Step> last_accepted,
                              std::uint32_t first, std::uint32_t second) {
  const auto range = pair_range(adjusted, last_accepted);
  if (!range) return std::nullopt;
  // Both at once, so that the time doesn't tell which of the two codes was wrong.
  const auto fits = [&](std::uint32_t one, std::uint32_t two) {
    return ((one ^ first) | (two ^ second)) == 0;
  };

  // From the middle outwards, a step to each side in turn; each side keeps the code its next pair shares.
  const Step middle = std::max(adjusted, range->oldest);
  std::uint32_t earliest = codes.at(middle - 1);
  std::uint32_t latest = codes.at(middle);
  if (fits(earliest, latest)) return middle;

  Step later = middle + 1;
  Step earlier = middle - 1;
  for (; range->holds(later) || range->holds(earlier); ++later, --earlier) {
    if (range->holds(later)) {
      const std::uint32_t code = codes.at(later);
      if (fits(latest, code)) return later;
      latest = code;
    }
    if (range->holds(earlier)) {
      const std::uint32_t code = codes.at(earlier - 1);
      if (fits(code, earliest)) return earlier;
      earliest = code;
    }
  }
  return std::nullopt;
}

std::vector<Step> find_code(CodeGenerator& codes, Step adjusted, Step window, std::uint32_t code) {
  std::vector<Step> found;
  const auto look_at = [&](Step step) {
    if (same_code(codes.at(step), code)) found.push_back(step);
  };
  look_at(adjusted);
  for (Step away = 1; away <= window; ++away) {
    look_at(adjusted + away);
    look_at(adjusted - away);
  }
  return found;
}

}  // namespace keyfob::totp
