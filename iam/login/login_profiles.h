// A user's password for the console (aws/login.md#login-profiles). The password itself is never answered.
#pragma once

#include <string>

#include "iam/call/call.h"
#include "protocol/error.h"
#include "protocol/xml.h"

namespace keyfob {

struct LoginProfileAnswer {
  std::string user_name;
  LoginProfile profile;
};

Result<LoginProfile> find_login_profile(const ReadCall& call, const User& user);
void render_login_profile(XmlElement result, const LoginProfileAnswer& answer);

}  // namespace keyfob
