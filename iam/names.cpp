#include "iam/names.h"

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
std::string mfa_arn(AccountId account, std::string_view path, std::string_view name) {
  return iam_arn(account, "mfa", path, name);
}

std::string_view device_name(std::string_view serial_number) {
  return serial_number.substr(serial_number.rfind('/') + 1);
}

}  // namespace keyfob
