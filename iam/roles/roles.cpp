#include "iam/roles/roles.h"

#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/render.h"
#include "iam/policies/policy_text.h"
#include "iam/policy/principals.h"
#include "iam/roles/trust.h"

namespace keyfob {
namespace {

// Of an account that keyfob has never heard of, nobody can say who is in it.
bool may_exist(const ReadCall& call, const std::string& principal) {
  if (policy::is_unique_id(principal)) return call.tx.user_by_id(principal) || call.tx.role_by_id(principal);
  const auto parts = parse_iam_arn(principal);
  const auto account = parts ? AccountId::parse(parts->account) : std::nullopt;
  if (!account) return true;
  auto tx = call.tx.of(*account);
  if (!tx.account()) return true;
  return user_of_arn(tx, *parts) || role_of_arn(tx, *parts) ||
         (parts->type != "user" && parts->type != "role");
}

}  // namespace

Result<void> check_max_session(const std::optional<std::int32_t>& seconds) {
  if (seconds && *seconds < kDefaultMaxSession) return errors::session_too_short();
  return {};
}

Result<void> check_trust_policy(const ReadCall& call, const std::string& document) {
  TRY(const policy::DocumentPtr trust, policy::compile(document, policy::DocumentKind::trust));
  if (policy_size(document) > kAssumeRolePolicySizeQuota)
    return errors::trust_policy_too_large(kAssumeRolePolicySizeQuota);
  for (const auto& principal : trust->named_principals()) {
    if (!may_exist(call, principal)) return policy::invalid_principal(principal);
  }
  return {};
}

ShownRole show(const ReadCall& call, Role role) {
  auto tags = call.tx.tags(tagged_role(role.role_id));
  return {
      .account = call.account(), .role = with_shown_trust(call.tx, std::move(role)), .tags = std::move(tags)};
}

void render_role(XmlElement element, AccountId account, const Role& role) {
  element.add("Path", role.path);
  element.add("RoleName", role.name);
  element.add("RoleId", role.role_id);
  element.add("Arn", role_arn(account, role));
  element.add("CreateDate", role.created);
  add_document(element, "AssumeRolePolicyDocument", role.trust_policy);
}

void render_role_settings(XmlElement element, const Role& role) {
  if (role.description) element.add("Description", *role.description);
  element.add("MaxSessionDuration", role.max_session_seconds);
}

void render_last_used(XmlElement element, const Role& role) {
  auto last_used = element.add("RoleLastUsed");
  if (!role.last_used) return;
  last_used.add("LastUsedDate", *role.last_used);
  last_used.add("Region", role.last_used_region);
}

void render_whole_role(XmlElement element, const ShownRole& shown) {
  render_role(element, shown.account, shown.role);
  render_role_settings(element, shown.role);
  render_boundary(element, shown.role.boundary);
  if (!shown.tags.empty()) render_tags(element, shown.tags);
  render_last_used(element, shown.role);
}

}  // namespace keyfob
