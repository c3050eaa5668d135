#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::remove_user_from_group {

struct Input {
  std::string group_name;
  std::string user_name;
};

// Of a user who isn't in the group AWS's answer is not known: that the user can't be found there is a guess.
Result<void> handle(Call& call, const Input& in) {
  TRY(const Group group, find_group(call, in.group_name));
  TRY(const User user, find_user(call, in.user_name));
  if (!call.tx.remove_member(group.group_id, user.user_id)) return errors::no_such_user(in.user_name);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return group_resource(call, in.group_name); }

constexpr MemberSpec input[] = {
    required<&Input::group_name>("GroupName", shape::kGroupName),
    required<&Input::user_name>("UserName", shape::kExistingUserName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "RemoveUserFromGroup",
    .input = input,
    .errors = errors,
    .source = "groups.md#members",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::remove_user_from_group
