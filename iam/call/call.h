// All that an operation sees of the world: no socket, no clock, no SQL.
#pragma once

#include "iam/call/caller.h"
#include "iam/call/clocks.h"
#include "iam/call/entropy.h"
#include "iam/call/limits.h"
#include "iam/policy/cache.h"
#include "storage/tx.h"

namespace keyfob {

// How the request came: what conditions may ask of it.
struct Circumstances {
  std::string_view source_ip;
  std::string_view user_agent;
  std::string_view region;  // of the credential's scope
  bool secure = false;
};

struct Call {
  const Caller& caller;
  Instant now;  // the account's time, read once for the whole request
  Tx& tx;
  Entropy& entropy;
  const Limits& limits;
  const Clocks& clocks;      // the time of other accounts, where a call reaches into one
  policy::Cache& documents;  // policies, compiled
  const Circumstances& circumstances;
  bool enforces_policies = false;
  Duration propagation_delay{0};  // how long a device's change takes to reach STS
  // Set by a handler whose failure leaves a trace at AWS as well: the transaction is kept though the call
  // fails.
  bool keeps_failure = false;

  AccountId account() const { return caller.account; }
};

}  // namespace keyfob
