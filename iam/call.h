// All that an operation sees of the world: no socket, no clock, no SQL.
#pragma once

#include "iam/caller.h"
#include "iam/entropy.h"
#include "iam/limits.h"
#include "storage/tx.h"

namespace keyfob {

struct Call {
  const Caller& caller;
  Instant now;  // the account's time, read once for the whole request
  Tx& tx;
  Entropy& entropy;
  const Limits& limits;
  Duration propagation_delay{0};  // how long a device's change takes to reach STS
  // Set by a handler whose failure leaves a trace at AWS as well: the transaction is kept though the call
  // fails.
  bool keeps_failure = false;

  AccountId account() const { return caller.account; }
};

}  // namespace keyfob
