#include "tests/catch.h"
#include "totp/base32.h"

namespace keyfob::totp {
namespace {

std::string every_byte() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

}  // namespace

TEST_CASE("base32 agrees with RFC 4648's vectors") {
  struct Vector {
    std::string bytes, padded, bare;
  };
  const Vector vectors[] = {{"", "", ""},
                            {"f", "MY======", "MY"},
                            {"fo", "MZXQ====", "MZXQ"},
                            {"foo", "MZXW6===", "MZXW6"},
                            {"foob", "MZXW6YQ=", "MZXW6YQ"},
                            {"fooba", "MZXW6YTB", "MZXW6YTB"},
                            {"foobar", "MZXW6YTBOI======", "MZXW6YTBOI"}};
  for (const auto& vector : vectors) {
    CHECK(base32_encode(vector.bytes) == vector.bare);
    CHECK(base32_decode(vector.bare) == vector.bytes);
    CHECK(base32_decode(vector.padded) == vector.bytes);
  }
}

TEST_CASE("base32 brings every length of bytes back") {
  const std::string bytes = every_byte();
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    const std::string part = bytes.substr(bytes.size() - length);
    CHECK(base32_decode(base32_encode(part)) == part);
  }
}

TEST_CASE("forty bytes are sixty-four base32 characters") {
  CHECK(base32_encode(std::string(40, '\xA5')).size() == 64);
}

TEST_CASE("base32 is read in any case") {
  CHECK(base32_decode("mzxw6ytboi") == "foobar");
  CHECK(base32_decode("mZxW6yTbOi======") == "foobar");
}

TEST_CASE("base32 ignores spare bits, as authenticator apps do") { CHECK(base32_decode("MZ") == "f"); }

TEST_CASE("what is not base32 decodes to nothing") {
  const auto bad =
      GENERATE("0", "1", "8", "9", "MZXW6YT1", "MZXW 6YTB", "MZXW6YTB\n", "MZXW-6YTB", "MZXW6YT\xC3",
               // lengths that hold no whole bytes
               "M", "MZX", "MZXW6Y", "MZXW6YTBM",
               // padding that isn't exactly what is missing
               "MY=", "MY=====", "MY=======", "MZXW6YTB=", "=",
               "========", "MZXW6YTB========", "M=======", "MZ==XW6=", "MY======A");
  CAPTURE(bad);
  CHECK_FALSE(base32_decode(bad).has_value());
}

TEST_CASE("a NUL inside base32 is a foreign character") {
  CHECK_FALSE(base32_decode(std::string_view("MZXW\0YTB", 8)).has_value());
}

}  // namespace keyfob::totp
