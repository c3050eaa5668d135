#include "tests/catch.h"
#include "totp/otpauth.h"

namespace keyfob::totp {
namespace {

const std::string kSeed(64, 'Q');
const std::string kTail = "?secret=" + kSeed + "&issuer=Amazon%20Web%20Services";

}  // namespace

TEST_CASE("the URI is the one that real AWS images carry") {
  CHECK(otpauth_uri("alice-phone", "123456789012", kSeed) ==
        "otpauth://totp/Amazon%20Web%20Services:alice-phone@123456789012" + kTail);
  CHECK(otpauth_uri("root-account-mfa-device", "my-alias", kSeed) ==
        "otpauth://totp/Amazon%20Web%20Services:root-account-mfa-device@my-alias" + kTail);
}

TEST_CASE("a device name's letters, digits and -._~@ stay as they are") {
  CHECK(otpauth_uri("Az09-._~@b", "123456789012", kSeed) ==
        "otpauth://totp/Amazon%20Web%20Services:Az09-._~@b@123456789012" + kTail);
}

TEST_CASE("what a reader could take for something else is percent-encoded") {
  CHECK(otpauth_uri("a+b=c,d", "123456789012", kSeed) ==
        "otpauth://totp/Amazon%20Web%20Services:a%2Bb%3Dc%2Cd@123456789012" + kTail);
  CHECK(otpauth_uri("?&#%/: \xC3\xA9", "x y", kSeed) ==
        "otpauth://totp/Amazon%20Web%20Services:%3F%26%23%25%2F%3A%20%C3%A9@x%20y" + kTail);
}

}  // namespace keyfob::totp
