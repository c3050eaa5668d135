// Roles in the state document.
#include "iam/call/listed.h"
#include "iam/policies/entity_policies_state.h"
#include "iam/roles/trust.h"
#include "iam/state/forms.h"
#include "iam/state/section.h"
#include "iam/tags/tag_state.h"

namespace keyfob {
namespace role_state {

constexpr std::string_view kIdPrefix = "AROA";

struct RoleUse {
  std::optional<Instant> at;
  std::string region;
};
constexpr JsonMember kUseMembers[] = {
    optional<&RoleUse::at>("date", "When."),
    optional<&RoleUse::region>("region", "Where."),
};
constexpr JsonKind kUse{.name = "roleUse", .members = kUseMembers};

struct RoleState {
  std::string name;
  std::optional<std::string> role_id;
  std::string path = "/";
  std::optional<Instant> created;
  std::string trust_policy;
  std::int64_t max_session_seconds = Role{}.max_session_seconds;
  std::vector<Tag> tags;
  std::optional<std::string> description;
  std::optional<std::string> boundary;
  std::optional<RoleUse> last_used;
  std::vector<InlinePolicy> inline_policies;
  std::vector<std::string> attached_policies;
};
constexpr JsonMember kMembers[] = {
    required<&RoleState::name, Shaped<shape::kRoleName>>("roleName", "Its name."),
    optional<&RoleState::role_id, IdOf<shape::kId, kIdPrefix>>("roleId", "Its unique id.", "made up"),
    optional<&RoleState::path, Shaped<shape::kPath>>("path", "Its path."),
    optional<&RoleState::created>("createDate", "When it was made.", "now"),
    required<&RoleState::trust_policy, PolicyText<policy::DocumentKind::trust>>("assumeRolePolicyDocument",
                                                                                "Whom it trusts."),
    optional<&RoleState::max_session_seconds, ShapedNumber<shape::kRoleMaxSessionDuration>>(
        "maxSessionDuration", "How long its sessions may last, in seconds."),
    tags_member<&RoleState::tags>(),
    optional<&RoleState::description>("description", "What it is for."),
    boundary_member<&RoleState::boundary>(),
    optional<&RoleState::last_used>("lastUsed", "Its last use.", "it was never used"),
    inline_policies_member<&RoleState::inline_policies>(),
    attached_policies_member<&RoleState::attached_policies>(),
};
constexpr JsonKind kKind{.name = "role", .members = kMembers};

}  // namespace role_state

template <>
const JsonKind& json_kind<role_state::RoleUse>() {
  return role_state::kUse;
}
template <>
const JsonKind& json_kind<role_state::RoleState>() {
  return role_state::kKind;
}

namespace role_state {

template <class Use>
void for_each_role(ReadTx& tx, Use use) {
  for_each_of([&](const std::string& after, std::size_t limit) { return tx.roles("/", after, limit); }, use);
}

void gather(ReadTx& tx, const Found<RoleState>& found) {
  for_each_role(tx, [&](const Role& role) {
    RoleState state{.name = role.name,
                    .role_id = role.role_id,
                    .path = role.path,
                    .created = role.created,
                    .trust_policy = trust_to_show(tx, role.trust_policy),
                    .max_session_seconds = role.max_session_seconds,
                    .tags = tx.tags(tagged_role(role.role_id)),
                    .description = role.description,
                    .boundary = role.boundary,
                    .last_used = {},
                    .inline_policies = tx.inline_policies(role.role_id),
                    .attached_policies = attached_arns(tx, role.role_id)};
    if (role.last_used) state.last_used = RoleUse{.at = role.last_used, .region = role.last_used_region};
    found(state);
  });
}

void store(const Importing& importing, const RoleState& state, const Place& place) {
  auto& tx = importing.tx;
  const auto use = state.last_used.value_or(RoleUse{});
  const Role role{.role_id = importing.id(state.role_id, kIdPrefix),
                  .name = state.name,
                  .path = state.path,
                  .created = state.created.value_or(importing.now),
                  .trust_policy = state.trust_policy,
                  .description = state.description,
                  .max_session_seconds = state.max_session_seconds,
                  .boundary = state.boundary,
                  .last_used = use.at,
                  .last_used_region = use.region};
  expect_boundary(tx, role.boundary, place);
  if (tx.role(role.name)) place["roleName"].fail("is there twice");
  if (tx.role_by_id(role.role_id)) place["roleId"].fail("is there twice");
  tx.add(role);
  store_tags(tx, tagged_role(role.role_id), state.tags, place);
  store_inline_policies(tx, role.role_id, state.inline_policies, place);
  store_attachments(tx, EntityKind::role, role.role_id, state.attached_policies, place);
}

// Possible when all are there whom a role may name.
void keep_trust(Tx& tx) {
  for_each_role(tx, [&](Role role) {
    role.trust_policy = trust_to_keep(tx, role.trust_policy);
    tx.update(role);
  });
}

constexpr StateSection section() {
  auto section = state_list<gather, store>("roles", "Its roles.");
  section.settle = keep_trust;
  return section;
}

}  // namespace role_state

constexpr StateSection roles_state = role_state::section();

}  // namespace keyfob
