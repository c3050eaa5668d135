// Who calls: the access key in the request, looked up (README.md#who-the-caller-is), and its proof when
// signatures are checked.
#pragma once

#include <string>

#include "iam/call/caller.h"
#include "iam/call/operation.h"
#include "protocol/error.h"
#include "protocol/http.h"
#include "protocol/signature.h"
#include "storage/store.h"

namespace keyfob {

struct AuthenticationPolicy {
  AccountId default_account{123456789012};
  bool verify_signatures = false;
  // Root's key of the default account, and the secret of every root key (README.md#who-the-caller-is).
  std::string root_access_key_id = "test";
  Secret root_secret_access_key{"test"};
};

// The access key of a request, and what the store knows of it. `account` is whose state and clock the request
// belongs to: the key's own, the one that its twelve digits name, or the default one.
struct Credential {
  AccountId account;
  signature::Claim claim = {};
  std::optional<AccessKey> long_term = {};  // a key that CreateAccessKey made
  std::optional<Session> session = {};      // or one that STS made
  bool gone = false;                        // either, but deleted or forgotten since
  std::optional<User> user = {};            // whose it is, if that still exists
  std::optional<Role> role = {};
};
// In one visit to the store at most. Accepts anything: whether the credential is good is for check_proof and
// authenticate.
Credential find_credential(Store& store, const AuthenticationPolicy& policy, const HttpRequest& request);

// Whether the request proves its credential: its signature where signatures are checked, for the service
// named; a session's token and end, and that the service takes such sessions at all.
Result<void> check_proof(const AuthenticationPolicy& policy, const HttpRequest& request,
                         const Credential& credential, ServiceName service, Instant now);

// The caller, or why it isn't accepted. `now` is the time of the credential's account.
Result<Caller> authenticate(const AuthenticationPolicy& policy, const HttpRequest& request,
                            const Credential& credential, const Operation& operation, Instant now);

}  // namespace keyfob
