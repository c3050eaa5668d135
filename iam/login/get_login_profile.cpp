#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/login/login_profiles.h"

namespace keyfob::get_login_profile {

struct Input {
  std::optional<std::string> user_name;
};

Result<LoginProfileAnswer> handle(const ReadCall& call, const Input& in) {
  TRY(User user, find_user_or_caller(call, in.user_name));
  TRY(LoginProfile profile, find_login_profile(call, user));
  return LoginProfileAnswer{.user_name = std::move(user.name), .profile = std::move(profile)};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    optional<&Input::user_name>("UserName", shape::kUserName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render_login_profile>({
    .name = "GetLoginProfile",
    .input = input,
    .errors = errors,
    .source = "login.md#login-profiles",
});

}  // namespace keyfob::get_login_profile
