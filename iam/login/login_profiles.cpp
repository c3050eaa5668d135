#include "iam/login/login_profiles.h"

#include "iam/call/errors.h"

namespace keyfob {

Result<LoginProfile> find_login_profile(const ReadCall& call, const User& user) {
  auto profile = call.tx.login_profile(user.user_id);
  if (!profile) return errors::no_such_login_profile(user.name);
  return std::move(*profile);
}

void render_login_profile(XmlElement result, const LoginProfileAnswer& answer) {
  auto profile = result.add("LoginProfile");
  profile.add("UserName", answer.user_name);
  profile.add("CreateDate", answer.profile.created);
  profile.add("PasswordResetRequired", answer.profile.password_reset_required);
}

}  // namespace keyfob
