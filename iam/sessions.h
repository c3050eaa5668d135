// Temporary credentials: made by STS, kept until they expire by the account's clock (catalogue §10).
#pragma once

#include <chrono>
#include <optional>

#include "iam/call.h"
#include "protocol/xml.h"

namespace keyfob {

// A session of the caller himself. `mfa_at`: when its code was checked.
Session open_session(Call& call, std::chrono::seconds lasts, std::optional<Instant> mfa_at);

// `Credentials`, in AssumeRole's order of elements; for GetSessionToken that order is a guess (catalogue
// §10).
void render_credentials(XmlElement result, const Session& session);

}  // namespace keyfob
