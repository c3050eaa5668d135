#include "iam/sessions.h"

#include "protocol/text.h"

namespace keyfob {

Session open_session(Call& call, std::chrono::seconds lasts, std::optional<Instant> mfa_at) {
  Session session{.access_key_id = call.entropy.id("ASIA", 16),
                  .account = call.account(),
                  .user_id = call.caller.user_id(),
                  .secret = call.entropy.secret_key(),
                  .token = Secret{base64_encode(call.entropy.bytes(192))},
                  .issued = call.now,
                  .expires = call.now + lasts,
                  .mfa_at = mfa_at};
  call.tx.add(session);
  return session;
}

void render_credentials(XmlElement result, const Session& session) {
  auto credentials = result.add("Credentials");
  credentials.add("AccessKeyId", session.access_key_id);
  credentials.add("SecretAccessKey", session.secret.reveal());
  credentials.add("SessionToken", session.token.reveal());
  credentials.add("Expiration", session.expires);
}

}  // namespace keyfob
