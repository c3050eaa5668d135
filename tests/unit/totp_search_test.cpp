#include <limits>

#include "tests/catch.h"
#include "totp/search.h"

namespace keyfob::totp {
namespace {

constexpr std::string_view kSeed = "0123456789012345678901234567890123456789";
constexpr Step kNow = 60'000'000;
constexpr std::uint32_t kNoCode = 1'000'000;  // no step has it

// Looks for the pair whose second code is that of step `second`.
std::optional<Step> find_pair_ending_at(Step second, Step adjusted, std::optional<Step> last = std::nullopt) {
  CodeGenerator codes(kSeed);
  return find_pair(codes, adjusted, last, codes.at(second - 1), codes.at(second));
}

std::optional<Step> find_codes_of(Step first, Step second) {
  CodeGenerator codes(kSeed);
  return find_pair(codes, kNow, std::nullopt, codes.at(first), codes.at(second));
}

// Two steps near `from` that happen to share a code: among a few thousand steps there are some.
std::pair<Step, Step> twins_after(Step from) {
  CodeGenerator codes(kSeed);
  std::vector<std::uint32_t> seen;
  for (Step step = from;; ++step) {
    const std::uint32_t code = codes.at(step);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (seen[i] == code) return {from + static_cast<Step>(i), step};
    }
    seen.push_back(code);
  }
}

}  // namespace

TEST_CASE("a pair is found at every step from 998 back to 1000 ahead") {
  for (Step away = -kSearchBack; away <= kSearchAhead; ++away) {
    if (find_pair_ending_at(kNow + away, kNow) != kNow + away) FAIL("not found " << away << " steps away");
  }
}

TEST_CASE("a pair is not found 999 steps back or 1001 ahead") {
  CHECK(find_pair_ending_at(kNow - 998, kNow) == kNow - 998);
  CHECK_FALSE(find_pair_ending_at(kNow - 999, kNow).has_value());
  CHECK(find_pair_ending_at(kNow + 1000, kNow) == kNow + 1000);
  CHECK_FALSE(find_pair_ending_at(kNow + 1001, kNow).has_value());
}

TEST_CASE("the two codes must follow each other") {
  CHECK(find_codes_of(kNow - 1, kNow) == kNow);
  CHECK_FALSE(find_codes_of(kNow, kNow).has_value());
  CHECK_FALSE(find_codes_of(kNow, kNow - 1).has_value());
  CHECK_FALSE(find_codes_of(kNow - 2, kNow).has_value());
  CHECK_FALSE(find_codes_of(kNow, kNow + 2).has_value());
}

TEST_CASE("one right code does not make a pair") {
  CodeGenerator codes(kSeed);
  CHECK_FALSE(find_pair(codes, kNow, std::nullopt, codes.at(kNow - 1), kNoCode).has_value());
  CHECK_FALSE(find_pair(codes, kNow, std::nullopt, kNoCode, codes.at(kNow)).has_value());
}

TEST_CASE("both codes of a pair must be newer than the last accepted one") {
  const Step second = kNow + 5;
  CHECK(find_pair_ending_at(second, kNow, second - 2) == second);
  CHECK_FALSE(find_pair_ending_at(second, kNow, second - 1).has_value());  // overlaps by its first code
  CHECK_FALSE(find_pair_ending_at(second, kNow, second).has_value());      // the same pair again
  CHECK_FALSE(find_pair_ending_at(second, kNow, second + 1).has_value());
}

TEST_CASE("the last accepted pair leaves the other end of the range where it is") {
  CHECK(find_pair_ending_at(kNow - 998, kNow, kNow - 2000) == kNow - 998);
  CHECK_FALSE(find_pair_ending_at(kNow - 999, kNow, kNow - 2000).has_value());
  CHECK(find_pair_ending_at(kNow + 1000, kNow, kNow + 998) == kNow + 1000);
  CHECK_FALSE(find_pair_ending_at(kNow + 1000, kNow, kNow + 999).has_value());
  CHECK_FALSE(find_pair_ending_at(kNow + 1001, kNow, kNow + 999).has_value());
}

TEST_CASE("a last accepted step of any size is safe") {
  CHECK_FALSE(find_pair_ending_at(kNow, kNow, std::numeric_limits<Step>::max()).has_value());
  CHECK(find_pair_ending_at(kNow, kNow, std::numeric_limits<Step>::min()) == kNow);
}

TEST_CASE("pairs around and before 1970 are found") {
  for (const Step second : {-700, -1, 0, 1, 700}) CHECK(find_pair_ending_at(second, 0) == second);
  CHECK(find_pair_ending_at(-100'000, -100'001) == -100'000);
}

TEST_CASE("one code is looked for in the window alone") {
  CodeGenerator codes(kSeed);
  for (Step away = -2; away <= 2; ++away) {
    CHECK(find_code(codes, kNow, kStsWindow, codes.at(kNow + away)) == std::vector<Step>{kNow + away});
  }
  CHECK(find_code(codes, kNow, kStsWindow, codes.at(kNow - 3)).empty());
  CHECK(find_code(codes, kNow, kStsWindow, codes.at(kNow + 3)).empty());
  CHECK(find_code(codes, kNow, kStsWindow, kNoCode).empty());
  CHECK(find_code(codes, -1, kStsWindow, codes.at(1)) == std::vector<Step>{1});
  CHECK(find_code(codes, kNow, 0, codes.at(kNow)) == std::vector<Step>{kNow});
  CHECK(find_code(codes, kNow, 0, codes.at(kNow + 1)).empty());
}

TEST_CASE("steps that share a code are all found, the nearest first") {
  const auto [early, late] = twins_after(kNow);
  CodeGenerator codes(kSeed);
  const Step window = late - early;
  CHECK(find_code(codes, early, window, codes.at(early)) == std::vector<Step>{early, late});
  CHECK(find_code(codes, late, window, codes.at(early)) == std::vector<Step>{late, early});
}

}  // namespace keyfob::totp
