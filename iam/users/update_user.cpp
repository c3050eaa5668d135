#include "iam/authorization/authorization.h"
#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"

namespace keyfob::update_user {

struct Input {
  std::string user_name;
  std::optional<std::string> new_path;
  std::optional<std::string> new_user_name;
};

// It takes permission for the old name and for the new one (AWS's reference). Keys, devices and the login
// profile hang on the UserId, so they follow the new name at once (aws/users.md#updateuser).
Result<void> handle(Call& call, const Input& in) {
  TRY(User user, find_user(call, in.user_name));
  if (in.new_user_name) {
    const auto other = call.tx.user(*in.new_user_name);
    if (other && other->user_id != user.user_id) return errors::user_exists(*in.new_user_name);
    user.name = *in.new_user_name;
  }
  if (in.new_path) user.path = *in.new_path;
  CHECK_OK(authorize_also(call, "iam:UpdateUser", user_arn(call.account(), user)));
  call.tx.update(user);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::user_name>("UserName", shape::kExistingUserName),
    optional<&Input::new_path>("NewPath", shape::kPath),
    optional<&Input::new_user_name>("NewUserName", shape::kUserName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity,           kind::kLimitExceeded,
                                kind::kEntityAlreadyExists,    kind::kEntityTemporarilyUnmodifiable,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "UpdateUser",
    .input = input,
    .errors = errors,
    .source = "users.md#updateuser",
});

}  // namespace keyfob::update_user
