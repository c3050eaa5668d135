// A text as a QR code in a PNG image: black on white, 4 pixels a module, the standard's 4-module quiet zone.
// (AWS's own pixel size and error-correction level are not known, aws/devices.md#qr-code.)
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keyfob::totp {

inline constexpr std::size_t kQrMaxBytes = 2953;  // version 40 at the lowest error correction

// The bytes of the image; the same text always gives the same bytes. It takes the smallest version the text
// fits and then the strongest error correction that version has room for, so a long text gets a weaker one,
// not an error. Empty when the text is longer than kQrMaxBytes, which no otpauth_uri of a legal serial number
// is. Any thread. Throws std::runtime_error when libpng fails, which only lack of memory makes it do.
std::string qr_png(std::string_view text);

}  // namespace keyfob::totp
