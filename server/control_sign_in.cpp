// What AWS's sign-in page does (contract §3). The page itself is one of the console's files.
#include <boost/json.hpp>

#include "iam/login/sign_in.h"
#include "server/control_call.h"
#include "server/json_reply.h"

namespace keyfob::server {
namespace {

Result<SignInRequest> read_request(std::string_view body) {
  TRY(const boost::json::object object, parse_object(body));
  SignInRequest request;
  TRY(request.user_name, text_member(object, "userName"));
  TRY(std::string password, text_member(object, "password"));
  request.password = Secret{std::move(password)};
  if (object.contains("code")) {
    TRY(request.code, text_member(object, "code"));
  }
  return request;
}

Result<HttpReply> sign_in_user(ControlCall& call) {
  TRY(const SignInRequest request, read_request(call.request.body));
  std::optional<Session> session;
  CHECK_OK(call.service.accounts().as_root(call.account, [&](Call& as_root) -> Result<void> {
    TRY(session, sign_in(as_root, request));
    return {};
  }));
  return json_reply({{"accessKeyId", session->access_key_id},
                     {"secretAccessKey", session->secret.reveal()},
                     {"sessionToken", session->token.reveal()},
                     {"expiration", to_rfc3339(session->expires)},
                     {"mfaAuthenticated", session->mfa_at.has_value()}});
}

constexpr Route kRoutes[] = {
    {"POST", "/_keyfob/signin", sign_in_user},
};

}  // namespace

std::span<const Route> sign_in_routes() { return kRoutes; }

}  // namespace keyfob::server
