// Users, roles and groups as policies see them: what a policy can be in or attached to. The operations that
// AWS has in three kinds (PutUserPolicy, PutRolePolicy, PutGroupPolicy) are written once over these
// (iam/policies/inline_policies.cpp, iam/policies/attachments.cpp).
#pragma once

#include <string>
#include <string_view>

#include "iam/call/call.h"
#include "iam/call/lookup.h"
#include "protocol/shape.h"

namespace keyfob {

struct UserEntity {
  using Record = User;
  static constexpr EntityKind kKind = EntityKind::user;
  static constexpr std::string_view kWord = "user";        // in error texts
  static constexpr std::string_view kQuotaWord = "User";   // in names of quotas
  static constexpr std::string_view kMember = "UserName";  // of requests and answers
  static constexpr const Shape& kShape =
      shape::kUserName;  // where an older operation has another, it says so
  static constexpr std::int64_t kInlineQuota = kUserPolicySizeQuota;  // of all inline policies
  static Result<User> find(const ReadCall& call, const std::string& name) { return find_user(call, name); }
  static std::string resource(const ReadCall& call, const std::string& name) {
    return user_resource(call, name);
  }
  static const std::string& id(const User& user) { return user.user_id; }
};

struct RoleEntity {
  using Record = Role;
  static constexpr EntityKind kKind = EntityKind::role;
  static constexpr std::string_view kWord = "role";
  static constexpr std::string_view kQuotaWord = "Role";
  static constexpr std::string_view kMember = "RoleName";
  static constexpr const Shape& kShape = shape::kRoleName;
  static constexpr std::int64_t kInlineQuota = kRolePolicySizeQuota;
  static Result<Role> find(const ReadCall& call, const std::string& name) { return find_role(call, name); }
  static std::string resource(const ReadCall& call, const std::string& name) {
    return role_resource(call, name);
  }
  static const std::string& id(const Role& role) { return role.role_id; }
};

struct GroupEntity {
  using Record = Group;
  static constexpr EntityKind kKind = EntityKind::group;
  static constexpr std::string_view kWord = "group";
  static constexpr std::string_view kQuotaWord = "Group";
  static constexpr std::string_view kMember = "GroupName";
  static constexpr const Shape& kShape = shape::kGroupName;
  static constexpr std::int64_t kInlineQuota = kGroupPolicySizeQuota;
  static Result<Group> find(const ReadCall& call, const std::string& name) { return find_group(call, name); }
  static std::string resource(const ReadCall& call, const std::string& name) {
    return group_resource(call, name);
  }
  static const std::string& id(const Group& group) { return group.group_id; }
};

}  // namespace keyfob
