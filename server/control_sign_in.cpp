// What AWS's sign-in page does (docs/control-api.md#signing-in). The page itself is one of the console's
// files.
#include "iam/login/sign_in.h"
#include "server/control_call.h"

namespace keyfob::server {
namespace sign_in_calls {

struct SignIn {
  std::string user_name;
  Secret password;
  std::optional<std::string> code;
  static const Struct json;
};
constexpr Member kSignIn[] = {
    required<&SignIn::user_name>("userName"),
    required<&SignIn::password>("password"),
    optional<&SignIn::code>("code", "Of the user's device, when there is one."),
};
constexpr Struct SignIn::json{.members = kSignIn};

struct SignedIn {
  std::string access_key_id;
  Secret secret_access_key;
  Secret session_token;
  Instant expiration;
  bool mfa_authenticated = false;
  static const Struct json;
};
constexpr Member kSignedIn[] = {
    required<&SignedIn::access_key_id>("accessKeyId"),
    required<&SignedIn::secret_access_key>("secretAccessKey"),
    required<&SignedIn::session_token>("sessionToken"),
    required<&SignedIn::expiration>("expiration"),
    required<&SignedIn::mfa_authenticated>("mfaAuthenticated"),
};
constexpr Struct SignedIn::json{.members = kSignedIn};

Result<SignedIn> sign_in_user(ControlCall& call, const SignIn& in) {
  const SignInRequest request{.user_name = in.user_name, .password = in.password, .code = in.code};
  std::optional<Session> session;
  CHECK_OK(call.service.accounts().as_root(call.account, [&](Call& as_root) -> Result<void> {
    TRY(session, sign_in(as_root, request));
    return {};
  }));
  return SignedIn{.access_key_id = session->access_key_id,
                  .secret_access_key = session->secret,
                  .session_token = session->token,
                  .expiration = session->expires,
                  .mfa_authenticated = session->mfa_at.has_value()};
}

constexpr Route kRoutes[] = {
    route<&sign_in_user>({.method = "POST",
                          .path = "/_keyfob/signin",
                          .id = "signIn",
                          .section = &section::kSigningIn,
                          .summary = "What AWS's sign-in page does.",
                          .answers = "A session."}),
};

}  // namespace sign_in_calls

std::span<const Route> sign_in_routes() { return sign_in_calls::kRoutes; }

}  // namespace keyfob::server
