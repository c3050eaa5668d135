#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/login/login_profiles.h"

namespace keyfob::update_login_profile {

struct Input {
  std::string user_name;
  std::optional<std::string> password;
  std::optional<bool> reset_required;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(const User user, find_user(call, in.user_name));
  TRY(LoginProfile profile, find_login_profile(call, user));
  if (in.password) {
    profile.password = Secret{*in.password};
    profile.password_changed = call.now;
  }
  profile.password_reset_required = in.reset_required.value_or(profile.password_reset_required);
  call.tx.save(profile);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::user_name>("UserName", shape::kUserName),
    optional<&Input::password>("Password", shape::kPassword),
    optional<&Input::reset_required>("PasswordResetRequired", shape::kBooleanObject),
};

constexpr ErrorKind errors[] = {kind::kEntityTemporarilyUnmodifiable, kind::kNoSuchEntity,
                                kind::kPasswordPolicyViolation, kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "UpdateLoginProfile",
    .input = input,
    .errors = errors,
    .source = "login.md#updateloginprofile",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::update_login_profile
