// Temporary credentials: made by STS and by signing in, kept until they expire by their account's clock
// (aws/sts.md).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "iam/call/call.h"
#include "protocol/xml.h"

namespace keyfob {

struct SessionRequest {
  SessionKind kind = SessionKind::session_token;
  std::string principal_id;
  std::string name = {};
  std::chrono::seconds lasts;
  std::optional<Instant> mfa_at = {};  // when its code was checked
  std::optional<std::string> source_identity = {};
  std::vector<std::string> transitive_tag_keys = {};
};

// Of GetSessionToken and GetFederationToken: users get twelve hours by default, root one at most
// (aws/sts.md#getsessiontoken; of the second it is AWS's reference that says so).
std::chrono::seconds token_lasts(const Caller& caller, const std::optional<std::int32_t>& wanted_seconds);

// A session in the transaction's account, from that account's `now`.
Session open_session(Tx& tx, Entropy& entropy, Instant now, SessionRequest request);

// `Credentials`, in AssumeRole's order of elements; for GetSessionToken that order is a guess
// (aws/sts.md#answers-of-sts).
void render_credentials(XmlElement result, const Session& session);

}  // namespace keyfob
