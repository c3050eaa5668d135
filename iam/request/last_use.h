// AWS tells when, where and by which service a key was last used (aws/access-keys.md#getaccesskeylastused),
// and when and where a role was (aws/roles.md#getrole), in whole seconds.
#pragma once

#include "iam/call/caller.h"
#include "protocol/signature.h"
#include "storage/tx.h"

namespace keyfob {

// Whether the store knows of this use already, which it does after the first call within a second.
bool is_noted(const Caller& caller, const signature::Claim& claim, Instant now);
// Notes it, unless the key or role has been deleted, by this very call for one.
void note_use(Tx& tx, const Caller& caller, const signature::Claim& claim, Instant now);

}  // namespace keyfob
