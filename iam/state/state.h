// An account as one JSON document: what AWS would show, and what it wouldn't
// (docs/control-api.md#state-and-snapshots; docs/state.md).
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "iam/call/entropy.h"
#include "protocol/error.h"
#include "storage/tx.h"

namespace keyfob {

// The whole account, secrets included, so that import_state of it gives the same account.
std::string export_state(ReadTx& tx);

// Replaces the account by the document. What the document leaves out is made up as AWS would: ids, secrets,
// seeds, dates (`now`). A 400 names the first place that is wrong; the transaction must then be forgotten.
Result<void> import_state(Tx& tx, Entropy& entropy, Instant now, std::string_view document);

// The document's JSON schema (draft 2020-12).
boost::json::object state_schema();

}  // namespace keyfob
