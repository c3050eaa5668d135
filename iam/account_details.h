// GetAccountAuthorizationDetails: everything that says who may do what, page by page (AWS's API reference).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "iam/attachments.h"
#include "iam/call.h"
#include "iam/managed_policies.h"
#include "protocol/xml.h"

namespace keyfob {

// What is in and attached to a user, a role or a group.
struct EntityPolicies {
  std::vector<InlinePolicy> inside;
  std::vector<std::string> attached;  // ARNs
};

struct UserDetail {
  User user;
  EntityPolicies policies;
  std::vector<std::string> groups;
  std::vector<Tag> tags;
};

struct GroupDetail {
  Group group;
  EntityPolicies policies;
};

struct RoleDetail {
  Role role;
  EntityPolicies policies;
  std::vector<Tag> tags;
};

struct PolicyDetail {
  ShownPolicy policy;
  std::vector<PolicyVersion> versions;
};

struct AccountDetails {
  AccountId account;
  std::vector<UserDetail> users = {};
  std::vector<GroupDetail> groups = {};
  std::vector<RoleDetail> roles = {};
  std::vector<PolicyDetail> policies = {};
  std::optional<std::string> next_marker = {};
};

// Kind after kind in that order; those the filter doesn't name are left out, without a filter none. AWS's own
// policies are told when they are in use.
Result<AccountDetails> account_details(Call& call, const std::vector<std::string>& filter,
                                       const std::optional<std::string>& marker,
                                       const std::optional<std::int32_t>& max_items);
void render_account_details(XmlElement result, const AccountDetails& details);

}  // namespace keyfob
