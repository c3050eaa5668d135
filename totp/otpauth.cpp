#include "totp/otpauth.h"

#include "protocol/text.h"

namespace keyfob::totp {
namespace {

constexpr std::string_view kIssuer = "Amazon%20Web%20Services";
constexpr std::string_view kKept = "@";

}  // namespace

std::string otpauth_uri(std::string_view device_name, std::string_view account_label,
                        std::string_view seed_base32) {
  std::string uri = "otpauth://totp/";
  uri.append(kIssuer).append(":");
  uri.append(percent_encode(device_name, kKept)).append("@").append(percent_encode(account_label, kKept));
  uri.append("?secret=").append(seed_base32);
  uri.append("&issuer=").append(kIssuer);
  return uri;
}

}  // namespace keyfob::totp
