#include "iam/request/authenticate.h"

#include "iam/call/clocks.h"
#include "iam/call/entropy.h"
#include "iam/call/errors.h"

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
  if (credential.session) return &credential.session->secret;
  return is_root_key(policy, credential.claim.access_key_id) ? &policy.root_secret_access_key : nullptr;
}

// What speaks against the key itself. Of a session expiry comes before any other fault
// (aws/authentication.md#order-of-these-checks).
Result<void> check_key(const Credential& credential, Instant now) {
  const auto& claim = credential.claim;
  const auto& session = credential.session;
  if (credential.gone)
    return claim.access_key_id.starts_with("ASIA") ? errors::expired_token() : errors::unknown_access_key();
  if (credential.long_term && !credential.long_term->active) return errors::unknown_access_key();
  if (!session) return {};
  if (now >= session->expires) return errors::expired_token();
  if (!session->token.equals(claim.session_token)) return errors::unknown_access_key();
  return {};
}

// Without a code temporary credentials of GetSessionToken are none of IAM's, those of GetFederationToken
// never are (aws/sts.md#what-a-session-may-call).
Result<void> check_session_for(ServiceName service, const Credential& credential) {
  if (!credential.session || service != ServiceName::iam) return {};
  const auto& session = *credential.session;
  const bool refused = session.kind == SessionKind::federated ||
                       (session.kind == SessionKind::session_token && !session.mfa_at);
  if (refused) return errors::session_not_accepted();
  return {};
}

// A signer goes by the machine's time, or by the account's when a test moved that and signs for itself: near
// to either is recent enough, or a moved clock would lock every SDK out.
Result<void> check_age(const signature::Authorization& authorization, Instant now) {
  if (signature::check_time(authorization, Clocks::machine_time())) return {};
  return signature::check_time(authorization, now);
}

// Scope before the key, that before time and HMAC (aws/authentication.md#order-of-these-checks; where time
// comes is a guess).
Result<void> verify(const AuthenticationPolicy& policy, const HttpRequest& request,
                    const Credential& credential, ServiceName service, Instant now) {
  TRY(const signature::Authorization authorization, signature::parse(request));
  CHECK_OK(signature::check_scope(authorization, service == ServiceName::iam ? "iam" : "sts"));
  CHECK_OK(check_key(credential, now));
  const auto* secret = secret_of(policy, credential);
  if (secret == nullptr) return errors::unknown_access_key();
  CHECK_OK(check_age(authorization, now));
  return signature::check_signature(authorization, request, *secret);
}

// Who calls with the credential: a key or session whose user or role is gone is invalid.
Result<CallerKind> principal_of(const Credential& credential) {
  const auto& session = credential.session;
  if (!credential.long_term && !session) return CallerKind::root;
  if (session && session->kind == SessionKind::federated) return CallerKind::federated_user;
  if (session && session->kind == SessionKind::assumed_role) {
    if (!credential.role) return errors::unknown_access_key();
    return CallerKind::role;
  }
  const auto& id = session ? session->principal_id : credential.long_term->user_id;
  if (id == credential.account.str()) return CallerKind::root;  // its session
  if (!credential.user) return errors::unknown_access_key();
  return CallerKind::user;
}

// What temporary credentials may call of STS, whatever policies say (aws/sts.md#calling-sts-with-a-session).
// In which words it refuses those of GetSessionToken and GetFederationToken is a guess.
Result<void> check_session_may_call(const Caller& caller, const Operation& operation) {
  if (!caller.session || operation.service == ServiceName::iam || operation.sessions == Sessions::all)
    return {};
  const auto kind = caller.session->kind;
  const bool refused = kind == SessionKind::federated ||
                       (kind == SessionKind::session_token && operation.sessions == Sessions::ordinary);
  if (refused) return errors::no_session_from_session(operation.name);
  return {};
}

void find_access_key(ReadTx& tx, const std::string& id, Credential& credential) {
  credential.long_term = tx.access_key(id);
  credential.gone = !credential.long_term && is_issued_access_key_id(id);
  if (!credential.long_term) return;
  credential.account = credential.long_term->account;
  credential.user = tx.of(credential.account).user_by_id(credential.long_term->user_id);
}

void find_session(ReadTx& tx, const std::string& id, Credential& credential) {
  credential.session = tx.session(id);
  credential.gone = !credential.session && is_issued_access_key_id(id);
  if (!credential.session) return;
  credential.account = credential.session->account;
  auto there = tx.of(credential.account);
  const auto& principal_id = credential.session->principal_id;
  if (credential.session->kind == SessionKind::assumed_role) {
    credential.role = there.role_by_id(principal_id);
  } else if (credential.session->kind != SessionKind::federated) {
    credential.user = there.user_by_id(principal_id);
  }
}

}  // namespace

Credential find_credential(Store& store, const AuthenticationPolicy& policy, const HttpRequest& request) {
  Credential credential{.account = policy.default_account, .claim = signature::claim_of(request)};
  const auto& id = credential.claim.access_key_id;
  if (const auto account = AccountId::parse(id)) {
    credential.account = *account;
    return credential;
  }
  const bool is_session = id.starts_with("ASIA");
  if (!is_session && !id.starts_with("AKIA")) return credential;
  store.read(policy.default_account, [&](ReadTx& tx) {  // keys and sessions are looked for in all accounts
    if (is_session) {
      find_session(tx, id, credential);
    } else {
      find_access_key(tx, id, credential);
    }
  });
  return credential;
}

Result<void> check_proof(const AuthenticationPolicy& policy, const HttpRequest& request,
                         const Credential& credential, ServiceName service, Instant now) {
  CHECK_OK(policy.verify_signatures ? verify(policy, request, credential, service, now)
                                    : check_key(credential, now));
  return check_session_for(service, credential);
}

Result<Caller> authenticate(const AuthenticationPolicy& policy, const HttpRequest& request,
                            const Credential& credential, const Operation& operation, Instant now) {
  CHECK_OK(check_proof(policy, request, credential, operation.service, now));
  TRY(const CallerKind kind, principal_of(credential));
  const Caller caller{.account = credential.account,
                      .kind = kind,
                      .user = credential.user,
                      .role = credential.role,
                      .access_key = credential.long_term,
                      .session = credential.session};
  CHECK_OK(check_session_may_call(caller, operation));
  return caller;
}

}  // namespace keyfob
