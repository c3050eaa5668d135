#include <algorithm>
#include <limits>

#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::get_account_summary {

struct Input {};

struct Output {
  std::int64_t users;
  std::int64_t groups;
  std::int64_t roles;
  std::int64_t policies;
  std::int64_t policy_versions;
  std::int64_t devices;
  std::int64_t devices_in_use;
  bool root_has_mfa;
  Limits limits;
};

Result<Output> handle(const ReadCall& call, const Input&) {
  return Output{.users = call.tx.count_users(),
                .groups = call.tx.count_groups(),
                .roles = call.tx.count_roles(),
                .policies = call.tx.count_managed_policies(),
                .policy_versions = call.tx.count_policy_versions(),
                .devices = call.tx.count_devices(),
                .devices_in_use = call.tx.count_assigned_devices(),
                .root_has_mfa = call.tx.count_devices_of(call.account().str()) > 0,
                .limits = call.world.limits};
}

// A relaxed limit has no bound; SDKs read these numbers into 32 bits.
std::int64_t told(std::int64_t limit) {
  return std::min<std::int64_t>(limit, std::numeric_limits<std::int32_t>::max());
}

void render(XmlElement result, const Output& out) {
  // The keys of a real answer (aws/account.md#getaccountsummary); what keyfob doesn't have, an account may
  // have none of.
  const std::pair<const char*, std::int64_t> entries[] = {
      {"AccessKeysPerUserQuota", told(out.limits.access_keys_per_user)},
      {"AccountAccessKeysPresent", 0},
      {"AccountMFAEnabled", out.root_has_mfa ? 1 : 0},
      {"AccountPasswordPresent", 1},
      {"AccountSigningCertificatesPresent", 0},
      {"AssumeRolePolicySizeQuota", kAssumeRolePolicySizeQuota},
      {"AttachedPoliciesPerGroupQuota", told(out.limits.policies_per_entity)},
      {"AttachedPoliciesPerRoleQuota", told(out.limits.policies_per_entity)},
      {"AttachedPoliciesPerUserQuota", told(out.limits.policies_per_entity)},
      {"GlobalEndpointTokenVersion", 1},
      {"GroupPolicySizeQuota", kGroupPolicySizeQuota},
      {"Groups", out.groups},
      {"GroupsPerUserQuota", told(out.limits.groups_per_user)},
      {"GroupsQuota", told(out.limits.groups)},
      {"InstanceProfiles", 0},
      {"InstanceProfilesQuota", 1000},
      {"MFADevices", out.devices},
      {"MFADevicesInUse", out.devices_in_use},
      {"Policies", out.policies},
      {"PoliciesQuota", told(out.limits.policies)},
      {"PolicySizeQuota", kPolicySizeQuota},
      {"PolicyVersionsInUse", out.policy_versions},
      {"PolicyVersionsInUseQuota", 10000},
      {"Providers", 0},
      {"RolePolicySizeQuota", kRolePolicySizeQuota},
      {"Roles", out.roles},
      {"RolesQuota", told(out.limits.roles)},
      {"ServerCertificates", 0},
      {"ServerCertificatesQuota", 20},
      {"SigningCertificatesPerUserQuota", 2},
      {"UserPolicySizeQuota", kUserPolicySizeQuota},
      {"Users", out.users},
      {"UsersQuota", told(out.limits.users)},
      {"VersionsPerPolicyQuota", told(out.limits.versions_per_policy)},
  };
  auto map = result.add("SummaryMap");
  for (const auto& [key, value] : entries) {
    auto entry = map.add("entry");
    entry.add("key", key);
    entry.add("value", value);
  }
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr ErrorKind errors[] = {kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetAccountSummary",
    .errors = errors,
    .source = "account.md#getaccountsummary",
});

}  // namespace keyfob::get_account_summary
