#include <type_traits>

#include "tests/catch.h"
#include "totp/code.h"

namespace keyfob::totp {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kRfcSeed = "12345678901234567890";

Moment at_second(std::int64_t second) { return Moment{std::chrono::seconds{second}}; }

}  // namespace

TEST_CASE("codes agree with RFC 4226, appendix D") {
  CodeGenerator codes(kRfcSeed);
  const std::uint32_t expected[] = {755224, 287082, 359152, 969429, 338314,
                                    254676, 287922, 162583, 399871, 520489};
  Step step = 0;
  for (const std::uint32_t code : expected) CHECK(codes.at(step++) == code);
}

TEST_CASE("codes agree with RFC 6238, appendix B, for SHA-1") {
  struct Vector {
    std::int64_t second;
    std::uint32_t eight_digits;
  };
  const Vector vectors[] = {{59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
                            {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130}};
  CodeGenerator codes(kRfcSeed);
  for (const auto& vector : vectors) {
    CHECK(codes.at(step_of(at_second(vector.second))) == vector.eight_digits % 1'000'000);
  }
}

TEST_CASE("a generator gives the same code however often and in whatever order it is asked") {
  CodeGenerator codes(kRfcSeed);
  CHECK(codes.at(9) == 520489);
  CHECK(codes.at(0) == 755224);
  CHECK(codes.at(9) == 520489);
  CodeGenerator moved = std::move(codes);
  CHECK(moved.at(0) == 755224);
}

TEST_CASE("a generator can be moved and not copied") {
  STATIC_REQUIRE(std::is_nothrow_move_constructible_v<CodeGenerator>);
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<CodeGenerator>);
}

TEST_CASE("a generator keeps its key after the seed has gone") {
  std::string seed{kRfcSeed};
  CodeGenerator codes(seed);
  seed.assign(seed.size(), '\0');
  CHECK(codes.at(1) == 287082);
}

TEST_CASE("seeds of any length make codes below a million") {
  for (const std::size_t length : {0U, 1U, 20U, 40U, 64U, 65U, 200U}) {
    CodeGenerator codes(std::string(length, 'k'));
    CHECK(codes.at(1) < 1'000'000);
    CHECK(codes.at(1) == CodeGenerator(std::string(length, 'k')).at(1));
  }
  CHECK(CodeGenerator(std::string_view{}).at(1) == CodeGenerator("").at(1));
}

TEST_CASE("a step is thirty seconds, rounded down") {
  CHECK(step_of(at_second(0)) == 0);
  CHECK(step_of(at_second(30) - 1us) == 0);
  CHECK(step_of(at_second(30)) == 1);
  CHECK(step_of(at_second(1'800'000'000)) == 60'000'000);
}

TEST_CASE("steps before 1970 are negative and have codes of their own") {
  CHECK(step_of(at_second(0) - 1us) == -1);
  CHECK(step_of(at_second(-30)) == -1);
  CHECK(step_of(at_second(-30) - 1us) == -2);
  CodeGenerator codes(kRfcSeed);
  CHECK(codes.at(-1) < 1'000'000);
  CHECK(codes.at(-1) != codes.at(-2));
  CHECK(codes.at(-1) != codes.at(1));
}

TEST_CASE("the seconds left run from thirty to one") {
  CHECK(seconds_left(at_second(0)) == 30);
  CHECK(seconds_left(at_second(0) + 1us) == 30);
  CHECK(seconds_left(at_second(18)) == 12);
  CHECK(seconds_left(at_second(29)) == 1);
  CHECK(seconds_left(at_second(30) - 1us) == 1);
  CHECK(seconds_left(at_second(30)) == 30);
  CHECK(seconds_left(at_second(-1)) == 1);
  CHECK(seconds_left(at_second(-30)) == 30);
}

TEST_CASE("six digits are read, and nothing else") {
  CHECK(parse_code("000000") == 0U);
  CHECK(parse_code("012345") == 12345U);
  CHECK(parse_code("999999") == 999999U);
  const auto bad =
      GENERATE("", "12345", "1234567", " 12345", "12345 ", "-12345", "+12345", "12345a", "0x1234", "1234.5",
               "\xEF\xBC\x91\xEF\xBC\x92");  // two full-width digits in UTF-8: six bytes
  CAPTURE(bad);
  CHECK_FALSE(parse_code(bad).has_value());
}

TEST_CASE("codes are written with six digits, zeros in front") {
  CHECK(format_code(0) == "000000");
  CHECK(format_code(42) == "000042");
  CHECK(format_code(999999) == "999999");
  CHECK(parse_code(format_code(7081804 % 1'000'000)) == 81804U);
}

TEST_CASE("codes are the same only when every digit is") {
  CHECK(same_code(123456, 123456));
  CHECK_FALSE(same_code(123456, 123457));
  CHECK_FALSE(same_code(123456, 223456));
}

}  // namespace keyfob::totp
