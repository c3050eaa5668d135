// AWS's quotas (aws/account.md#getaccountsummary, aws/devices.md#quotas, aws/tags.md#limits-of-tags), and the
// relaxed ones of `--limits relaxed`.
#pragma once

#include <cstdint>
#include <limits>

namespace keyfob {

// Characters of policies without white space, under the names of GetAccountSummary
// (aws/account.md#getaccountsummary). Never relaxed: a policy that AWS would refuse is no use to a test.
inline constexpr std::int64_t kUserPolicySizeQuota = 2048;
inline constexpr std::int64_t kRolePolicySizeQuota = 10240;
inline constexpr std::int64_t kGroupPolicySizeQuota = 5120;
inline constexpr std::int64_t kPolicySizeQuota = 6144;
inline constexpr std::int64_t kAssumeRolePolicySizeQuota = 2048;

struct Limits {
  std::int64_t users = 5000;
  std::int64_t virtual_devices = 5000;
  std::int64_t devices_per_user = 8;
  std::int64_t tags_per_resource = 50;
  std::int64_t access_keys_per_user = 2;
  std::int64_t roles = 1000;
  std::int64_t groups = 300;
  std::int64_t groups_per_user = 10;
  std::int64_t policies = 1500;
  std::int64_t policies_per_entity = 10;
  std::int64_t versions_per_policy = 5;

  static constexpr Limits relaxed() {
    constexpr auto kNone = std::numeric_limits<std::int64_t>::max();
    return {.users = kNone,
            .virtual_devices = kNone,
            .devices_per_user = kNone,
            .tags_per_resource = kNone,
            .access_keys_per_user = kNone,
            .roles = kNone,
            .groups = kNone,
            .groups_per_user = kNone,
            .policies = kNone,
            .policies_per_entity = kNone,
            .versions_per_policy = kNone};
  }
};

}  // namespace keyfob
