#include "iam/sessions.h"

#include "protocol/text.h"

namespace keyfob {
namespace {

constexpr std::chrono::hours kRemembered{24};  // past its end; then it is nothing but an unknown key

}  // namespace

Session open_session(Tx& tx, Entropy& entropy, Instant now, SessionRequest request) {
  Session session{.access_key_id = entropy.id("ASIA", 16),
                  .account = tx.account_id(),
                  .kind = request.kind,
                  .principal_id = std::move(request.principal_id),
                  .name = std::move(request.name),
                  .secret = entropy.secret_key(),
                  .token = Secret{base64_encode(entropy.bytes(192))},
                  .issued = now,
                  .expires = now + request.lasts,
                  .mfa_at = request.mfa_at,
                  .source_identity = std::move(request.source_identity),
                  .transitive_tag_keys = std::move(request.transitive_tag_keys)};
  tx.forget_sessions(now - kRemembered);
  tx.add(session);
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
