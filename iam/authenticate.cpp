#include "iam/authenticate.h"

#include "iam/errors.h"

namespace keyfob {
namespace {

// Twelve digits are root of that account; with signatures checked, only these and the configured key are
// root's.
bool is_root_key(const AuthenticationPolicy& policy, const std::string& access_key_id) {
  return !policy.verify_signatures || AccountId::parse(access_key_id) ||
         access_key_id == policy.root_access_key_id;
}

// The secret the request must have been signed with; nothing when the key is unknown.
const Secret* secret_of(const AuthenticationPolicy& policy, const Credential& credential) {
  if (credential.long_term) return &credential.long_term->secret;
  return is_root_key(policy, credential.claim.access_key_id) ? &policy.root_secret_access_key : nullptr;
}

// Scope before the key's existence, that before time and HMAC (catalogue §3; where time comes is a guess).
Result<void> verify(const AuthenticationPolicy& policy, const HttpRequest& request,
                    const Credential& credential, ServiceName service, Instant now) {
  TRY(const signature::Authorization authorization, signature::parse(request));
  CHECK_OK(signature::check_scope(authorization, service == ServiceName::iam ? "iam" : "sts"));
  const auto* secret = secret_of(policy, credential);
  if (secret == nullptr) return errors::unknown_access_key();
  CHECK_OK(signature::check_time(authorization, now));
  return signature::check_signature(authorization, request, *secret);
}

}  // namespace

Credential find_credential(Store& store, const AuthenticationPolicy& policy, const HttpRequest& request) {
  Credential credential{
      .account = policy.default_account, .claim = signature::claim_of(request), .long_term = {}};
  const auto& id = credential.claim.access_key_id;
  if (const auto account = AccountId::parse(id)) {
    credential.account = *account;
  } else if (id.starts_with("AKIA")) {
    store.read(policy.default_account, [&](Tx& tx) { credential.long_term = tx.access_key(id); });
    if (credential.long_term) credential.account = credential.long_term->account;
  }
  return credential;
}

Result<Caller> authenticate(Store& store, const AuthenticationPolicy& policy, const HttpRequest& request,
                            const Credential& credential, ServiceName service, Instant now) {
  if (policy.verify_signatures) CHECK_OK(verify(policy, request, credential, service, now));
  Caller caller{.account = credential.account, .kind = CallerKind::root, .user = {}, .access_key = {}};
  if (!credential.long_term) return caller;

  if (!credential.long_term->active) return errors::unknown_access_key();
  store.read(caller.account, [&](Tx& tx) { caller.user = tx.user_by_id(credential.long_term->user_id); });
  if (!caller.user) return errors::unknown_access_key();
  caller.kind = CallerKind::user;
  caller.access_key = credential.long_term;
  return caller;
}

}  // namespace keyfob
