#include <cstdint>

#include "tests/catch.h"
#include "totp/otpauth.h"
#include "totp/qr.h"

namespace keyfob::totp {
namespace {

using namespace std::string_literals;

constexpr std::size_t kHeaderEnd = 8 + 25;  // the signature and the IHDR chunk

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<std::uint8_t>(bytes.at(at + i));
  return number;
}

bool is_one_bit_grey_png(const std::string& image) {
  return image.size() > kHeaderEnd && image.substr(0, 16) == "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s &&
         image.substr(24, 5) == "\x01\0\0\0\0"s && image.substr(image.size() - 8, 4) == "IEND";
}

// Pixels each way, or 0 when the image isn't square.
std::uint32_t side(const std::string& image) {
  const std::uint32_t width = number_at(image, 16);
  return width == number_at(image, 20) ? width : 0;
}

// Of a QR code of that version, at 4 pixels a module with 4 modules around.
constexpr std::uint32_t side_of_version(std::uint32_t version) { return (17 + 4 * version + 8) * 4; }

}  // namespace

TEST_CASE("a device's QR code is a square one-bit PNG") {
  const std::string image = qr_png(otpauth_uri("alice-phone", "123456789012", std::string(64, 'Q')));
  CHECK(is_one_bit_grey_png(image));
  CHECK(side(image) == side_of_version(7));
}

TEST_CASE("the same text gives the same image, another text another") {
  CHECK(qr_png("otpauth://totp/a") == qr_png("otpauth://totp/a"));
  CHECK(qr_png("otpauth://totp/a") != qr_png("otpauth://totp/b"));
}

TEST_CASE("an image grows with its text") {
  CHECK(side(qr_png("")) == side_of_version(1));
  CHECK(side(qr_png("short")) == side_of_version(1));
  CHECK(side(qr_png(std::string(400, 'x'))) > side(qr_png(std::string(200, 'x'))));
}

TEST_CASE("the longest names still make a QR code") {
  for (const char c : {'a', '+'}) {
    const std::string image =
        qr_png(otpauth_uri(std::string(512, c), std::string(63, 'a'), std::string(64, 'Q')));
    CHECK(is_one_bit_grey_png(image));
    CHECK(side(image) > 0);
  }
}

TEST_CASE("a text that no QR code holds has no image") {
  CHECK(side(qr_png(std::string(kQrMaxBytes, 'x'))) == side_of_version(40));
  CHECK(qr_png(std::string(kQrMaxBytes + 1, 'x')).empty());
  CHECK(qr_png(std::string(100'000, 'x')).empty());
}

}  // namespace keyfob::totp
