// All that an operation sees of the world: no socket, no machine's clock, no SQL.
#pragma once

#include "iam/call/caller.h"
#include "iam/call/world.h"
#include "storage/tx.h"

namespace keyfob {

// How the request came: what conditions may ask of it.
struct Circumstances {
  std::string_view source_ip;
  std::string_view user_agent;
  std::string_view region;  // of the credential's scope
  bool secure = false;
};

// A call that reads. It has no means to change anything, which is what makes an operation one that reads.
struct ReadCall {
  const Caller& caller;
  Instant now;  // the account's time, read once for the whole request
  ReadTx& tx;
  World& world;
  const Circumstances& circumstances;

  AccountId account() const { return caller.account; }
};

// A call that may change its account.
struct Call : ReadCall {
  Tx& tx;  // the same transaction, with the means to write
  // Set by a handler whose failure leaves a trace at AWS as well: the transaction is kept though the call
  // fails.
  bool keeps_failure = false;
};

}  // namespace keyfob
