// What several calls of the control API say: texts of a certain form, and a device's codes.
#pragma once

#include "server/json_members.h"
#include "storage/records.h"

namespace keyfob::server {

inline constexpr Shape kAccountIdShape{.name = "account", .pattern = "[0-9]{12}"};
inline constexpr Shape kCodeShape{.name = "code", .pattern = "[0-9]{6}"};
inline constexpr Shape kSeedShape{.name = "seed", .pattern = "[A-Za-z2-7]+=*"};
// Their patterns are told, and left to what reads such texts.
inline constexpr Bounds kAccountIdBounds{
    .shape = &kAccountIdShape, .checked_by_rules = true, .component = "AccountId"};
inline constexpr Bounds kCodeBounds{.shape = &kCodeShape, .checked_by_rules = true, .component = "Code"};
inline constexpr Bounds kSeedBounds{.shape = &kSeedShape, .checked_by_rules = true, .component = "Seed"};
inline constexpr Bounds kDeviceTypeBounds{.words = kDeviceTypes, .component = "DeviceType"};

// What a TOTP device shows.
struct Codes {
  std::string serial_number;
  std::int64_t step = 0;
  std::string previous, current, next;
  std::int64_t seconds_left = 0;
  static const Struct json;
};
Codes codes_of(const Device& device, Instant at);

}  // namespace keyfob::server
