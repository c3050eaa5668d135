#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::add_user_to_group {

struct Input {
  std::string group_name;
  std::string user_name;
};

// Who is in the group already stays in it.
Result<void> handle(Call& call, const Input& in) {
  TRY(const Group group, find_group(call, in.group_name));
  TRY(const User user, find_user(call, in.user_name));
  if (call.tx.is_member(group.group_id, user.user_id)) return {};
  const auto quota = call.world.limits.groups_per_user;
  if (std::int64_t(call.tx.groups_of(user.user_id).size()) >= quota)
    return errors::too_many_groups_of_user(quota);
  call.tx.add_member(group.group_id, user.user_id);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return group_resource(call, in.group_name); }

constexpr MemberSpec input[] = {
    required<&Input::group_name>("GroupName", shape::kGroupName),
    required<&Input::user_name>("UserName", shape::kExistingUserName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "AddUserToGroup",
    .input = input,
    .errors = errors,
    .source = "groups.md#members",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::add_user_to_group
