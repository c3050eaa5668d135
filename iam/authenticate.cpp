#include "iam/authenticate.h"

#include "iam/errors.h"

namespace keyfob {
namespace {

// The text after `name` up to one of `ends`, out of a header or a query string; empty when it isn't there.
std::string_view value_after(std::string_view text, std::string_view name, std::string_view ends) {
  const auto at = text.find(name);
  if (at == std::string_view::npos) return {};
  const auto value = text.substr(at + name.size());
  return value.substr(0, value.find_first_of(ends));
}

}  // namespace

Claim claim_of(const HttpRequest& request) {
  auto scope = value_after(request.header("Authorization"), "Credential=", ", ");
  std::string_view slash = "/";
  if (scope.empty()) {
    scope = value_after(request.query(), "X-Amz-Credential=", "&");
    if (scope.find('/') == std::string_view::npos) slash = "%2F";
  }
  const auto take = [&] {
    const auto part = scope.substr(0, scope.find(slash));
    scope.remove_prefix(std::min(scope.size(), part.size() + slash.size()));
    return std::string(part);
  };
  Claim claim;
  claim.access_key_id = take();
  take();  // the date
  claim.region = take();
  claim.service = take();
  claim.session_token = std::string(request.header("X-Amz-Security-Token"));
  return claim;
}

Credential find_credential(Store& store, const AuthenticationPolicy& policy, const HttpRequest& request) {
  Credential credential{.account = policy.default_account, .claim = claim_of(request), .long_term = {}};
  const auto& id = credential.claim.access_key_id;
  if (const auto account = AccountId::parse(id)) {
    credential.account = *account;
  } else if (id.starts_with("AKIA")) {
    store.read(policy.default_account, [&](Tx& tx) { credential.long_term = tx.access_key(id); });
    if (credential.long_term) credential.account = credential.long_term->account;
  }
  return credential;
}

Result<Caller> authenticate(Store& store, const AuthenticationPolicy& policy, const HttpRequest&,
                            const Credential& credential, ServiceName, Instant) {
  Caller caller{.account = credential.account, .kind = CallerKind::root, .user = {}, .access_key = {}};
  if (!credential.long_term) {
    if (policy.verify_signatures && credential.claim.access_key_id.empty()) {
      return errors::missing_authentication_token();
    }
    return caller;
  }
  if (!credential.long_term->active) return errors::unknown_access_key();
  store.read(caller.account, [&](Tx& tx) { caller.user = tx.user_by_id(credential.long_term->user_id); });
  if (!caller.user) return errors::unknown_access_key();
  caller.kind = CallerKind::user;
  caller.access_key = credential.long_term;
  return caller;
}

}  // namespace keyfob
