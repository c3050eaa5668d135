// Base32 (RFC 4648 §6), the alphabet of TOTP seeds: A-Z and 2-7.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keyfob::totp {

// Upper case, no padding: as AWS hands seeds out (aws/devices.md#seed).
std::string base32_encode(std::string_view bytes);

// Reads either case, with its padding whole or absent. Spare bits in the last character are ignored, as
// authenticator apps do. Nothing for any other text: white space, foreign characters, a length no bytes
// encode to.
std::optional<std::string> base32_decode(std::string_view text);

}  // namespace keyfob::totp
