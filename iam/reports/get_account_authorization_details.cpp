// GetAccountAuthorizationDetails: everything that says who may do what, page by page (AWS's API reference).

#include <algorithm>

#include "iam/call/listed.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"
#include "iam/policies/attachments.h"
#include "iam/policies/aws_policies.h"
#include "iam/policies/managed_policies.h"
#include "iam/policies/policy_text.h"
#include "iam/roles/roles.h"
#include "iam/roles/trust.h"

namespace keyfob::get_account_authorization_details {

struct Input {
  std::vector<std::string> filter;
  std::optional<std::int32_t> max_items;
  std::optional<std::string> marker;
};

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

constexpr std::string_view kName = "GetAccountAuthorizationDetails";

EntityPolicies policies_of(const ReadCall& call, const std::string& entity_id) {
  return {.inside = call.tx.inline_policies(entity_id),
          .attached = attachments::attached(call, entity_id, "/")};
}

UserDetail detail(const ReadCall& call, User user) {
  std::vector<std::string> groups;
  for (auto& group : call.tx.groups_of(user.user_id)) groups.push_back(std::move(group.name));
  auto policies = policies_of(call, user.user_id);
  auto tags = call.tx.tags(tagged_user(user.user_id));
  return {.user = std::move(user),
          .policies = std::move(policies),
          .groups = std::move(groups),
          .tags = std::move(tags)};
}

GroupDetail detail(const ReadCall& call, Group group) {
  auto policies = policies_of(call, group.group_id);
  return {.group = std::move(group), .policies = std::move(policies)};
}

RoleDetail detail(const ReadCall& call, Role role) {
  auto policies = policies_of(call, role.role_id);
  auto tags = call.tx.tags(tagged_role(role.role_id));
  return {.role = with_shown_trust(call.tx, std::move(role)),
          .policies = std::move(policies),
          .tags = std::move(tags)};
}

// One of AWS's own has its only version in the binary, the account's have theirs in the store.
PolicyDetail detail(const ReadCall& call, ManagedPolicy policy) {
  auto arn = policy_arn(call.account(), policy);
  auto versions = call.tx.policy_versions(policy.policy_id);
  if (versions.empty()) {
    arn = std::string(AwsPolicy::kArnBeginning) + policy.name;
    versions.push_back({.number = 1, .document = *default_document(call.tx, arn), .created = policy.created});
  }
  return {.policy = show(call, {.arn = std::move(arn), .policy = std::move(policy)}),
          .versions = std::move(versions)};
}

// AWS's own that are in use, as if they were a page of the store: in order of name, which is their ARNs' too.
PageByName<ManagedPolicy> used_policies_of_aws(const ReadCall& call, std::string_view after,
                                               std::size_t limit) {
  PageByName<ManagedPolicy> page;
  std::string last(after);
  for (const auto& policy : aws_policies()) {
    if (policy.name <= after) continue;
    auto found = find_policy(call, policy.arn());
    if (call.tx.count_attachments_of(found->arn) + call.tx.count_boundary_uses(found->arn) == 0) continue;
    if (page.items.size() == limit) {
      page.next = std::move(last);
      break;
    }
    last = policy.name;
    page.items.push_back(std::move(found->policy));
  }
  return page;
}

void render_attached(XmlElement element, const std::vector<std::string>& arns) {
  auto list = element.add("AttachedManagedPolicies");
  for (const auto& arn : arns) attachments::add_attached(list, arn);
}

void render_inside(XmlElement element, const char* name, const std::vector<InlinePolicy>& policies) {
  auto list = element.add(name);
  for (const auto& policy : policies) {
    auto member = list.add("member");
    member.add("PolicyName", policy.name);
    add_document(member, "PolicyDocument", policy.document);
  }
}

void render_user_detail(XmlElement element, AccountId account, const UserDetail& detail) {
  render_user_identity(element, account, detail.user);
  if (!detail.policies.inside.empty()) render_inside(element, "UserPolicyList", detail.policies.inside);
  auto groups = element.add("GroupList");
  for (const auto& group : detail.groups) groups.add("member", group);
  render_attached(element, detail.policies.attached);
  render_boundary(element, detail.user.boundary);
  render_tags(element, detail.tags);
}

void render_group_detail(XmlElement element, AccountId account, const GroupDetail& detail) {
  render_group(element, account, detail.group);
  render_inside(element, "GroupPolicyList", detail.policies.inside);
  render_attached(element, detail.policies.attached);
}

void render_role_detail(XmlElement element, AccountId account, const RoleDetail& detail) {
  render_role(element, account, detail.role);
  element.add("InstanceProfileList");
  render_inside(element, "RolePolicyList", detail.policies.inside);
  render_attached(element, detail.policies.attached);
  render_boundary(element, detail.role.boundary);
  render_tags(element, detail.tags);
  render_last_used(element, detail.role);
}

void render_policy_detail(XmlElement element, const PolicyDetail& detail) {
  const auto& policy = detail.policy.found.policy;
  render_policy(element, detail.policy);
  if (policy.description) element.add("Description", *policy.description);
  render_policy_dates(element, policy);
  auto versions = element.add("PolicyVersionList");
  for (const auto& version : detail.versions) {
    render_version(versions.add("member"), version, version.number == policy.default_version, true);
  }
}

// Kind after kind in that order; those the filter doesn't name are left out, without a filter none. AWS's own
// policies are told when they are in use.
Result<AccountDetails> handle(const ReadCall& call, const Input& in) {
  TRY(Parts parts, Parts::of(kName, "01234", in));
  AccountDetails out{.account = call.account()};
  const auto add = [&](char part, std::string_view entity_type, auto& details, auto fetch) {
    if (!in.filter.empty() && std::ranges::find(in.filter, entity_type) == in.filter.end()) return;
    for (auto& item : parts.next(part, fetch)) details.push_back(detail(call, std::move(item)));
  };
  auto& tx = call.tx;
  add('0', "User", out.users,
      [&](const std::string& after, std::size_t room) { return tx.users("/", after, room); });
  add('1', "Group", out.groups,
      [&](const std::string& after, std::size_t room) { return tx.groups("/", after, room); });
  add('2', "Role", out.roles,
      [&](const std::string& after, std::size_t room) { return tx.roles("/", after, room); });
  add('3', "LocalManagedPolicy", out.policies,
      [&](const std::string& after, std::size_t room) { return tx.managed_policies("/", after, room); });
  add('4', "AWSManagedPolicy", out.policies,
      [&](const std::string& after, std::size_t room) { return used_policies_of_aws(call, after, room); });
  out.next_marker = parts.next_marker();
  return out;
}

// The order of the lists is the model's: a guess.
void render(XmlElement result, const AccountDetails& details) {
  auto users = result.add("UserDetailList");
  for (const auto& user : details.users) render_user_detail(users.add("member"), details.account, user);
  auto groups = result.add("GroupDetailList");
  for (const auto& group : details.groups) render_group_detail(groups.add("member"), details.account, group);
  auto roles = result.add("RoleDetailList");
  for (const auto& role : details.roles) render_role_detail(roles.add("member"), details.account, role);
  auto policies = result.add("Policies");
  for (const auto& policy : details.policies) render_policy_detail(policies.add("member"), policy);
  render_is_truncated(result, details.next_marker);
  render_marker(result, details.next_marker);
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    optional<&Input::filter>("Filter", shape::kEntityList),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
    optional<&Input::marker>("Marker", shape::kMarker),
};

constexpr ErrorKind errors[] = {kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "errors.md#validation-errors, pages.md",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::get_account_authorization_details
