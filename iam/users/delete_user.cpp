#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::delete_user {

struct Input {
  std::string user_name;
};

// Which conflict AWS names first when there are several is not known; this order is a guess
// (aws/users.md#deleteuser).
Result<void> check_nothing_hangs_on(const ReadCall& call, const User& user) {
  if (!call.tx.attachments_to(user.user_id).empty()) return errors::delete_conflict("detach all policies");
  if (!call.tx.inline_policies(user.user_id).empty()) return errors::delete_conflict("delete policies");
  if (!call.tx.groups_of(user.user_id).empty()) return errors::delete_conflict("remove users from group");
  if (call.tx.login_profile(user.user_id)) return errors::delete_conflict("delete login profile");
  if (!call.tx.access_keys_of(user.user_id).empty()) return errors::delete_conflict("delete access keys");
  if (call.tx.count_devices_of(user.user_id) > 0)
    return errors::delete_conflict("remove tokens from principal");
  return {};
}

Result<void> handle(Call& call, const Input& in) {
  TRY(const User user, find_user(call, in.user_name));
  CHECK_OK(check_nothing_hangs_on(call, user));
  call.tx.remove_tags(tagged_user(user.user_id));
  call.tx.remove_user(user.user_id);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::user_name>("UserName", shape::kExistingUserName),
};

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kNoSuchEntity, kind::kDeleteConflict,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeleteUser",
    .input = input,
    .errors = errors,
    .source = "users.md#deleteuser",
});

}  // namespace keyfob::delete_user
