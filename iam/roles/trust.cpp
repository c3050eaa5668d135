#include "iam/roles/trust.h"

#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/policy/principals.h"

namespace keyfob {
namespace {

std::string id_of(ReadTx& tx, const std::string& principal) {
  if (const auto arn = parse_iam_arn(principal)) {
    if (const auto user = user_of_arn(tx, *arn)) return user->user_id;
    if (const auto role = role_of_arn(tx, *arn)) return role->role_id;
  }
  return principal;
}

std::string arn_of(ReadTx& tx, const std::string& principal) {
  if (!policy::is_unique_id(principal)) return principal;
  if (const auto user = tx.user_by_id(principal)) return user_arn(tx.account_id(), *user);
  if (const auto role = tx.role_by_id(principal)) return role_arn(tx.account_id(), *role);
  return principal;
}

}  // namespace

std::string trust_to_keep(ReadTx& tx, const std::string& document) {
  return policy::with_principals(document, [&](const std::string& name) { return id_of(tx, name); });
}

std::string trust_to_show(ReadTx& tx, const std::string& document) {
  return policy::with_principals(document, [&](const std::string& name) { return arn_of(tx, name); });
}

Role with_shown_trust(ReadTx& tx, Role role) {
  role.trust_policy = trust_to_show(tx, role.trust_policy);
  return role;
}

}  // namespace keyfob
