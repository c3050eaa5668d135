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
};

Result<Output> handle(Call& call, const Input&) {
  return Output{.users = call.tx.count_users(),
                .groups = call.tx.count_groups(),
                .roles = call.tx.count_roles(),
                .policies = call.tx.count_managed_policies(),
                .policy_versions = call.tx.count_policy_versions(),
                .devices = call.tx.count_devices(),
                .devices_in_use = call.tx.count_assigned_devices(),
                .root_has_mfa = call.tx.count_devices_of(call.account().str()) > 0};
}

void render(XmlElement result, const Output& out) {
  // The keys of a real answer (catalogue §9.4); what keyfob doesn't have, an account may have none of.
  const std::pair<const char*, std::int64_t> entries[] = {
      {"AccessKeysPerUserQuota", 2},
      {"AccountAccessKeysPresent", 0},
      {"AccountMFAEnabled", out.root_has_mfa ? 1 : 0},
      {"AccountPasswordPresent", 1},
      {"AccountSigningCertificatesPresent", 0},
      {"AssumeRolePolicySizeQuota", 2048},
      {"AttachedPoliciesPerGroupQuota", 10},
      {"AttachedPoliciesPerRoleQuota", 10},
      {"AttachedPoliciesPerUserQuota", 10},
      {"GlobalEndpointTokenVersion", 1},
      {"GroupPolicySizeQuota", 5120},
      {"Groups", out.groups},
      {"GroupsPerUserQuota", 10},
      {"GroupsQuota", 300},
      {"InstanceProfiles", 0},
      {"InstanceProfilesQuota", 1000},
      {"MFADevices", out.devices},
      {"MFADevicesInUse", out.devices_in_use},
      {"Policies", out.policies},
      {"PoliciesQuota", 1500},
      {"PolicySizeQuota", 6144},
      {"PolicyVersionsInUse", out.policy_versions},
      {"PolicyVersionsInUseQuota", 10000},
      {"Providers", 0},
      {"RolePolicySizeQuota", 10240},
      {"Roles", out.roles},
      {"RolesQuota", 1000},
      {"ServerCertificates", 0},
      {"ServerCertificatesQuota", 20},
      {"SigningCertificatesPerUserQuota", 2},
      {"UserPolicySizeQuota", 2048},
      {"Users", out.users},
      {"UsersQuota", 5000},
      {"VersionsPerPolicyQuota", 5},
  };
  auto map = result.add("SummaryMap");
  for (const auto& [key, value] : entries) {
    auto entry = map.add("entry");
    entry.add("key", key);
    entry.add("value", value);
  }
}

std::string resource(Call&, const Input&) { return kAnyResource; }

constexpr ErrorKind errors[] = {kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetAccountSummary",
    .errors = errors,
    .source = "§9.4",
});

}  // namespace keyfob::get_account_summary
