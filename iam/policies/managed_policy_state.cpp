// Managed policies in the state document.
#include <algorithm>

#include "iam/call/listed.h"
#include "iam/state/forms.h"
#include "iam/state/section.h"
#include "iam/tags/tag_state.h"

namespace keyfob {
namespace managed_policy_state {

constexpr std::string_view kIdPrefix = "ANPA";
constexpr std::int64_t kMostVersions = 1'000'000;  // ever made of one policy
using Document = PolicyText<policy::DocumentKind::identity>;
using Number = Within<1, kMostVersions>;
using AnyNumber = Within<std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()>;

struct VersionState {
  std::int64_t number = 1;
  std::string document;
  std::optional<Instant> created;
};
constexpr JsonMember kVersionMembers[] = {
    optional<&VersionState::number, Number>("number", "Its number: 3 is AWS's `v3`."),
    required<&VersionState::document, Document>("policyDocument", "What it says."),
    optional<&VersionState::created>("createDate", "When it was made.", "the policy's `createDate`"),
};
constexpr JsonKind kVersion{.name = "policyVersion", .members = kVersionMembers};

struct PolicyState {
  std::string name;
  std::optional<std::string> policy_id;
  std::string path = "/";
  std::optional<Instant> created;
  std::optional<Instant> updated;
  std::int64_t default_version = 1;
  std::int64_t last_version = 1;
  std::vector<VersionState> versions;
  std::vector<Tag> tags;
  std::optional<std::string> description;
  // By hand one writes the only version in the place of the list.
  std::optional<std::string> document;
  std::optional<std::int64_t> number;
};
constexpr JsonMember kMembers[] = {
    required<&PolicyState::name, Shaped<shape::kPolicyName>>("policyName", "Its name."),
    optional<&PolicyState::policy_id, IdOf<shape::kId, kIdPrefix>>("policyId", "Its unique id.", "made up"),
    optional<&PolicyState::path, Shaped<shape::kPolicyPath>>("path", "Its path."),
    optional<&PolicyState::created>("createDate", "When it was made.", "now"),
    optional<&PolicyState::updated>("updateDate", "When it was changed last.", "`createDate`"),
    optional<&PolicyState::default_version, AnyNumber>("defaultVersion",
                                                       "The number of the version that counts."),
    optional<&PolicyState::last_version, Number>("lastVersion", "The highest number ever given."),
    optional<&PolicyState::versions>("versions", "Its versions."),
    tags_member<&PolicyState::tags>(),
    optional<&PolicyState::description>("description", "What it is for."),
    optional<&PolicyState::document, Document>(
        "policyDocument", "Written by hand, in the place of a single version. It isn't exported."),
    optional<&PolicyState::number, Number>("number", "The number of the version in `policyDocument`.", "1"),
};
constexpr JsonKind kKind{.name = "managedPolicy",
                         .members = kMembers,
                         .rules = R"({"anyOf": [{"required": ["policyDocument"]}, {"required": ["versions"]}],
                                      "dependentRequired": {"number": ["policyDocument"]}})"};

}  // namespace managed_policy_state

template <>
const JsonKind& json_kind<managed_policy_state::VersionState>() {
  return managed_policy_state::kVersion;
}
template <>
const JsonKind& json_kind<managed_policy_state::PolicyState>() {
  return managed_policy_state::kKind;
}

namespace managed_policy_state {

std::vector<VersionState> gather_versions(ReadTx& tx, const std::string& policy_id) {
  std::vector<VersionState> versions;
  for (auto& version : tx.policy_versions(policy_id)) {
    versions.push_back(
        {.number = version.number, .document = std::move(version.document), .created = version.created});
  }
  return versions;
}

void gather(ReadTx& tx, const Found<PolicyState>& found) {
  for_each_of(
      [&](const std::string& after, std::size_t limit) { return tx.managed_policies("/", after, limit); },
      [&](const ManagedPolicy& policy) {
        found({.name = policy.name,
               .policy_id = policy.policy_id,
               .path = policy.path,
               .created = policy.created,
               .updated = policy.updated,
               .default_version = policy.default_version,
               .last_version = policy.last_version,
               .versions = gather_versions(tx, policy.policy_id),
               .tags = tx.tags(tagged_policy(policy.policy_id)),
               .description = policy.description,
               .document = {},
               .number = {}});
      });
}

// With the one that was written in the place of the list.
std::vector<VersionState> all_versions(const PolicyState& state, const Place& place) {
  auto versions = state.versions;
  if (state.number && !state.document) place["number"].fail("is not known here");
  if (state.document) {
    versions.insert(
        versions.begin(),
        {.number = state.number.value_or(1), .document = *state.document, .created = state.created});
  }
  return versions;
}

void store(const Importing& importing, const PolicyState& state, const Place& place) {
  auto& tx = importing.tx;
  const auto created = state.created.value_or(importing.now);
  ManagedPolicy policy{.policy_id = importing.id(state.policy_id, kIdPrefix),
                       .name = state.name,
                       .path = state.path,
                       .description = state.description,
                       .created = created,
                       .updated = state.updated.value_or(created),
                       .default_version = state.default_version,
                       .last_version = state.last_version};
  if (tx.managed_policy(policy.name)) place["policyName"].fail("is there twice");
  if (!tx.policy_versions(policy.policy_id).empty()) place["policyId"].fail("is there twice");
  for (const auto& version : all_versions(state, place)) {
    if (tx.policy_version(policy.policy_id, version.number)) place["versions"].fail("has a number twice");
    policy.last_version = std::max(policy.last_version, version.number);
    tx.add(policy.policy_id, {.number = version.number,
                              .document = version.document,
                              .created = version.created.value_or(created)});
  }
  if (!tx.policy_version(policy.policy_id, policy.default_version))
    place["defaultVersion"].fail("is none of the versions");
  tx.add(policy);
  store_tags(tx, tagged_policy(policy.policy_id), state.tags, place);
}

}  // namespace managed_policy_state

constexpr StateSection managed_policies_state =
    state_list<managed_policy_state::gather, managed_policy_state::store>("policies",
                                                                          "Its managed policies.");

}  // namespace keyfob
