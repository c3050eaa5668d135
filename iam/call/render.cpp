#include "iam/call/render.h"

#include "iam/call/names.h"

namespace keyfob {

void render_user_identity(XmlElement element, AccountId account, const User& user) {
  element.add("Path", user.path);
  element.add("UserName", user.name);
  element.add("UserId", user.user_id);
  element.add("Arn", user_arn(account, user));
  element.add("CreateDate", user.created);
}

void render_user(XmlElement element, AccountId account, const User& user) {
  render_user_identity(element, account, user);
  if (user.password_last_used) element.add("PasswordLastUsed", *user.password_last_used);
}

void render_root(XmlElement element, const Account& account) {
  element.add("UserId", account.id.str());
  element.add("Arn", root_arn(account.id));
  element.add("CreateDate", account.created);
  if (account.root_password_last_used) element.add("PasswordLastUsed", *account.root_password_last_used);
}

void render_group(XmlElement element, AccountId account, const Group& group) {
  element.add("Path", group.path);
  element.add("GroupName", group.name);
  element.add("GroupId", group.group_id);
  element.add("Arn", group_arn(account, group));
  element.add("CreateDate", group.created);
}

void render_groups(XmlElement result, const GroupList& groups) {
  render_list(result, "Groups", groups.groups, [&](XmlElement list, const Group& group) {
    render_group(list.add("member"), groups.account, group);
  });
}

// The wire says "Policy", whatever the model's enum says (aws/policies.md#permissions-boundaries).
void render_boundary(XmlElement element, const std::optional<std::string>& boundary) {
  if (!boundary) return;
  auto attached = element.add("PermissionsBoundary");
  attached.add("PermissionsBoundaryType", "Policy");
  attached.add("PermissionsBoundaryArn", *boundary);
}

void render_tag(XmlElement list, const Tag& tag) {
  auto member = list.add("member");
  member.add("Key", tag.key);
  member.add("Value", tag.value);
}

void render_tags(XmlElement element, std::span<const Tag> tags) {
  auto list = element.add("Tags");
  for (const auto& tag : tags) render_tag(list, tag);
}

}  // namespace keyfob
