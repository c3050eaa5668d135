#include "totp/otpauth.h"

namespace keyfob::totp {
namespace {

constexpr std::string_view kIssuer = "Amazon%20Web%20Services";

bool stays_as_it_is(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~' || c == '@';
}

void append_encoded(std::string& uri, std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    if (stays_as_it_is(c)) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += kHex[byte >> 4];
      uri += kHex[byte & 15];
    }
  }
}

}  // namespace

std::string otpauth_uri(std::string_view device_name, std::string_view account_label,
                        std::string_view seed_base32) {
  std::string uri = "otpauth://totp/";
  uri.append(kIssuer).append(":");
  append_encoded(uri, device_name);
  uri += '@';
  append_encoded(uri, account_label);
  uri.append("?secret=").append(seed_base32);
  uri.append("&issuer=").append(kIssuer);
  return uri;
}

}  // namespace keyfob::totp
