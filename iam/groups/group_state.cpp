// Groups, and who is in them, in the state document.
#include "iam/call/listed.h"
#include "iam/policies/entity_policies_state.h"
#include "iam/state/forms.h"
#include "iam/state/section.h"

namespace keyfob {
namespace group_state {

constexpr std::string_view kIdPrefix = "AGPA";

struct GroupState {
  std::string name;
  std::optional<std::string> group_id;
  std::string path = "/";
  std::optional<Instant> created;
  std::vector<InlinePolicy> inline_policies;
  std::vector<std::string> attached_policies;
};
constexpr JsonMember kMembers[] = {
    required<&GroupState::name, Shaped<shape::kGroupName>>("groupName", "Its name."),
    optional<&GroupState::group_id, IdOf<shape::kId, kIdPrefix>>("groupId", "Its unique id.", "made up"),
    optional<&GroupState::path, Shaped<shape::kPath>>("path", "Its path."),
    optional<&GroupState::created>("createDate", "When it was made.", "now"),
    inline_policies_member<&GroupState::inline_policies>(),
    attached_policies_member<&GroupState::attached_policies>(),
};
constexpr JsonKind kKind{.name = "group", .members = kMembers};

struct Membership {
  std::string group_name;
  std::string user_name;
};
constexpr JsonMember kMembershipMembers[] = {
    required<&Membership::group_name>("groupName", "A group of this document."),
    required<&Membership::user_name>("userName", "A user of this document."),
};
constexpr JsonKind kMembership{.name = "membership", .members = kMembershipMembers};

}  // namespace group_state

template <>
const JsonKind& json_kind<group_state::GroupState>() {
  return group_state::kKind;
}
template <>
const JsonKind& json_kind<group_state::Membership>() {
  return group_state::kMembership;
}

namespace group_state {

void gather(ReadTx& tx, const Found<GroupState>& found) {
  for_each_of([&](const std::string& after, std::size_t limit) { return tx.groups("/", after, limit); },
              [&](const Group& group) {
                found({.name = group.name,
                       .group_id = group.group_id,
                       .path = group.path,
                       .created = group.created,
                       .inline_policies = tx.inline_policies(group.group_id),
                       .attached_policies = attached_arns(tx, group.group_id)});
              });
}

void store(const Importing& importing, const GroupState& state, const Place& place) {
  auto& tx = importing.tx;
  const Group group{.group_id = importing.id(state.group_id, kIdPrefix),
                    .name = state.name,
                    .path = state.path,
                    .created = state.created.value_or(importing.now)};
  if (tx.group(group.name)) place["groupName"].fail("is there twice");
  if (tx.group_by_id(group.group_id)) place["groupId"].fail("is there twice");
  tx.add(group);
  store_inline_policies(tx, group.group_id, state.inline_policies, place);
  store_attachments(tx, EntityKind::group, group.group_id, state.attached_policies, place);
}

void gather_memberships(ReadTx& tx, const Found<Membership>& found) {
  for (auto& [group_name, user_name] : tx.memberships()) {
    found({.group_name = std::move(group_name), .user_name = std::move(user_name)});
  }
}

void store_membership(const Importing& importing, const Membership& membership, const Place& place) {
  const auto user = importing.tx.user(membership.user_name);
  if (!user) place["userName"].fail("is no user of this document");
  const auto group = importing.tx.group(membership.group_name);
  if (!group) place["groupName"].fail("is no group of this document");
  importing.tx.add_member(group->group_id, user->user_id);
}

}  // namespace group_state

constexpr StateSection groups_state =
    state_list<group_state::gather, group_state::store>("groups", "Its groups.");
constexpr StateSection memberships_state =
    state_list<group_state::gather_memberships, group_state::store_membership>(
        "memberships", "Who is in which group, in the order of joining.");

}  // namespace keyfob
