#include "iam/sts/sessions.h"

#include <algorithm>

#include "protocol/text.h"

namespace keyfob {
namespace {

constexpr std::chrono::hours kRemembered{24};  // past its end; then it is nothing but an unknown key

}  // namespace

std::chrono::seconds token_lasts(const Caller& caller, const std::optional<std::int32_t>& wanted_seconds) {
  constexpr std::int32_t kUserDefault = 43200;
  constexpr std::int32_t kRootMost = 3600;
  if (caller.is_user()) return std::chrono::seconds{wanted_seconds.value_or(kUserDefault)};
  return std::chrono::seconds{std::min(wanted_seconds.value_or(kRootMost), kRootMost)};
}

Session open_session(Tx& tx, Entropy& entropy, Instant now, SessionRequest request) {
  Session session{.access_key_id = entropy.access_key_id("ASIA"),
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
