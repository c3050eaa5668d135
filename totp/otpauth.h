// The URI that a virtual device's QR code carries, as decoded from real AWS images (aws/devices.md#qr-code):
// otpauth://totp/Amazon%20Web%20Services:<device>@<account>?secret=<base32>&issuer=Amazon%20Web%20Services
#pragma once

#include <string>
#include <string_view>

namespace keyfob::totp {

// account_label is the account's alias or, without one, its 12-digit id; seed_base32 goes in as it is.
// In the two names every character but RFC 3986's unreserved ones and '@' is percent-encoded: '+', '=' and
// ',' would be legal in a path, but some readers take '+' for a space (a guess; no real image with such a
// name was seen). '@' stays as it is; an alias has none, so the last one is the separator.
std::string otpauth_uri(std::string_view device_name, std::string_view account_label,
                        std::string_view seed_base32);

}  // namespace keyfob::totp
