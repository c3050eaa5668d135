#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/login/login_profiles.h"

namespace keyfob::create_login_profile {

struct Input {
  std::optional<std::string> user_name;
  std::optional<std::string> password;
  std::optional<bool> reset_required;
};

Result<LoginProfileAnswer> handle(Call& call, const Input& in) {
  TRY(User user, find_user_or_caller(call, in.user_name));
  if (!in.password) return errors::password_required();
  if (call.tx.login_profile(user.user_id)) return errors::login_profile_exists(user.name);
  LoginProfile profile{.user_id = user.user_id,
                       .password = Secret{*in.password},
                       .created = call.now,
                       .password_changed = call.now,
                       .password_reset_required = in.reset_required.value_or(false)};
  call.tx.save(profile);
  return LoginProfileAnswer{.user_name = std::move(user.name), .profile = std::move(profile)};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    optional<&Input::user_name>("UserName", shape::kUserName),
    optional<&Input::password>("Password", shape::kPassword),
    optional<&Input::reset_required>("PasswordResetRequired", shape::kBoolean),
};

constexpr ErrorKind errors[] = {kind::kEntityAlreadyExists, kind::kNoSuchEntity,
                                kind::kPasswordPolicyViolation, kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render_login_profile>({
    .name = "CreateLoginProfile",
    .input = input,
    .errors = errors,
    .source = "login.md#login-profiles",
});

}  // namespace keyfob::create_login_profile
