#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/login/login_profiles.h"

namespace keyfob::delete_login_profile {

struct Input {
  std::optional<std::string> user_name;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(const User user, find_user_or_caller(call, in.user_name));
  TRY(const LoginProfile profile, find_login_profile(call, user));
  call.tx.remove_login_profile(profile.user_id);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    optional<&Input::user_name>("UserName", shape::kUserName),
};

constexpr ErrorKind errors[] = {kind::kEntityTemporarilyUnmodifiable, kind::kNoSuchEntity,
                                kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeleteLoginProfile",
    .input = input,
    .errors = errors,
    .source = "login.md#login-profiles",
});

}  // namespace keyfob::delete_login_profile
