#include "iam/call/names.h"

namespace keyfob {
namespace {

std::string iam_arn(AccountId account, std::string_view type, std::string_view path, std::string_view name) {
  std::string arn = "arn:aws:iam::" + account.str() + ":";
  arn.reserve(arn.size() + type.size() + path.size() + name.size());
  arn += type;
  arn += path;
  arn += name;
  return arn;
}

}  // namespace

std::string root_arn(AccountId account) { return iam_arn(account, "root", "", ""); }
std::string user_arn(AccountId account, std::string_view path, std::string_view name) {
  return iam_arn(account, "user", path, name);
}
std::string user_arn(AccountId account, const User& user) { return user_arn(account, user.path, user.name); }
std::string role_arn(AccountId account, std::string_view path, std::string_view name) {
  return iam_arn(account, "role", path, name);
}
std::string role_arn(AccountId account, const Role& role) { return role_arn(account, role.path, role.name); }
std::string group_arn(AccountId account, std::string_view path, std::string_view name) {
  return iam_arn(account, "group", path, name);
}
std::string group_arn(AccountId account, const Group& group) {
  return group_arn(account, group.path, group.name);
}
std::string policy_arn(AccountId account, std::string_view path, std::string_view name) {
  return iam_arn(account, "policy", path, name);
}
std::string policy_arn(AccountId account, const ManagedPolicy& policy) {
  return policy_arn(account, policy.path, policy.name);
}
std::string assumed_role_arn(AccountId account, std::string_view role_name, std::string_view session_name) {
  return "arn:aws:sts::" + account.str() + ":assumed-role/" + std::string(role_name) + "/" +
         std::string(session_name);
}
std::string federated_user_arn(AccountId account, std::string_view name) {
  return "arn:aws:sts::" + account.str() + ":federated-user/" + std::string(name);
}
std::string mfa_arn(AccountId account, std::string_view path, std::string_view name) {
  return iam_arn(account, "mfa", path, name);
}

std::optional<IamArn> parse_iam_arn(std::string_view arn) {
  constexpr std::string_view kBeginning = "arn:aws:iam::";
  if (!arn.starts_with(kBeginning)) return std::nullopt;
  arn.remove_prefix(kBeginning.size());
  const auto colon = arn.find(':');
  const auto first_slash = arn.find('/');
  if (colon == std::string_view::npos || first_slash == std::string_view::npos || first_slash < colon)
    return std::nullopt;
  const auto last_slash = arn.rfind('/');
  IamArn parts{.account = arn.substr(0, colon),
               .type = arn.substr(colon + 1, first_slash - colon - 1),
               .path = arn.substr(first_slash, last_slash - first_slash + 1),
               .name = arn.substr(last_slash + 1)};
  if (parts.type.empty() || parts.name.empty()) return std::nullopt;
  return parts;
}

std::string_view device_name(std::string_view serial_number) {
  return serial_number.substr(serial_number.rfind('/') + 1);
}

}  // namespace keyfob
