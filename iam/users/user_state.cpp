// Users in the state document, with their keys and login profiles.
#include "iam/access_keys/access_key_state.h"
#include "iam/call/listed.h"
#include "iam/login/login_profile_state.h"
#include "iam/policies/entity_policies_state.h"
#include "iam/state/forms.h"
#include "iam/state/section.h"
#include "iam/tags/tag_state.h"

namespace keyfob {
namespace user_state {

constexpr std::string_view kIdPrefix = "AIDA";

struct UserState {
  std::string name;
  std::optional<std::string> user_id;
  std::string path = "/";
  std::optional<Instant> created;
  std::vector<Tag> tags;
  std::optional<Instant> password_last_used;
  std::optional<std::string> boundary;
  std::vector<InlinePolicy> inline_policies;
  std::vector<std::string> attached_policies;
  std::vector<AccessKeyState> access_keys;
  std::optional<LoginProfileState> login_profile;
  std::vector<std::string> groups;  // written by hand; in an export `memberships` has their order
};
constexpr JsonMember kMembers[] = {
    required<&UserState::name, Shaped<shape::kUserName>>("userName", "Its name."),
    optional<&UserState::user_id, IdOf<shape::kId, kIdPrefix>>("userId", "Its unique id.", "made up"),
    optional<&UserState::path, Shaped<shape::kPath>>("path", "Its path."),
    optional<&UserState::created>("createDate", "When it was made.", "now"),
    tags_member<&UserState::tags>(),
    optional<&UserState::password_last_used>("passwordLastUsed", "When it signed in last."),
    boundary_member<&UserState::boundary>(),
    inline_policies_member<&UserState::inline_policies>(),
    attached_policies_member<&UserState::attached_policies>(),
    optional<&UserState::access_keys>("accessKeys", "Its access keys."),
    optional<&UserState::login_profile>("loginProfile", "Its password.", "it can't sign in"),
    sparse<&UserState::groups>(
        "groups", "Names of its groups, written by hand; exported are the document's `memberships`."),
};
constexpr JsonKind kKind{.name = "user", .members = kMembers};

}  // namespace user_state

template <>
const JsonKind& json_kind<user_state::UserState>() {
  return user_state::kKind;
}

namespace user_state {

void gather(ReadTx& tx, const Found<UserState>& found) {
  for_each_of([&](const std::string& after, std::size_t limit) { return tx.users("/", after, limit); },
              [&](const User& user) {
                found({.name = user.name,
                       .user_id = user.user_id,
                       .path = user.path,
                       .created = user.created,
                       .tags = tx.tags(tagged_user(user.user_id)),
                       .password_last_used = user.password_last_used,
                       .boundary = user.boundary,
                       .inline_policies = tx.inline_policies(user.user_id),
                       .attached_policies = attached_arns(tx, user.user_id),
                       .access_keys = gather_access_keys(tx, user.user_id),
                       .login_profile = gather_login_profile(tx, user.user_id),
                       .groups = {}});
              });
}

void join_groups(Tx& tx, const UserState& state, const std::string& user_id, const Place& place) {
  for (std::size_t i = 0; i < state.groups.size(); ++i) {
    const auto group = tx.group(state.groups[i]);
    if (!group) place["groups"][i].fail("is no group of this document");
    tx.add_member(group->group_id, user_id);
  }
}

void store_access_keys(const Importing& importing, const UserState& state, const std::string& user_id,
                       const Place& place) {
  for (std::size_t i = 0; i < state.access_keys.size(); ++i) {
    store_access_key(importing, state.access_keys[i], user_id, place["accessKeys"][i]);
  }
}

void store(const Importing& importing, const UserState& state, const Place& place) {
  auto& tx = importing.tx;
  const User user{.user_id = importing.id(state.user_id, kIdPrefix),
                  .name = state.name,
                  .path = state.path,
                  .created = state.created.value_or(importing.now),
                  .password_last_used = state.password_last_used,
                  .boundary = state.boundary};
  expect_boundary(tx, user.boundary, place);
  if (tx.user(user.name)) place["userName"].fail("is there twice");
  if (tx.user_by_id(user.user_id)) place["userId"].fail("is there twice");
  tx.add(user);
  store_tags(tx, tagged_user(user.user_id), state.tags, place);
  store_inline_policies(tx, user.user_id, state.inline_policies, place);
  store_attachments(tx, EntityKind::user, user.user_id, state.attached_policies, place);
  join_groups(tx, state, user.user_id, place);
  store_access_keys(importing, state, user.user_id, place);
  if (state.login_profile) store_login_profile(importing, *state.login_profile, user.user_id);
}

}  // namespace user_state

constexpr StateSection users_state = state_list<user_state::gather, user_state::store>("users", "Its users.");

}  // namespace keyfob
