#include "iam/call/lookup.h"

#include "iam/call/errors.h"
#include "iam/call/names.h"

namespace keyfob {

Result<User> find_user(const ReadCall& call, const std::string& name) {
  auto user = call.tx.user(name);
  if (!user) return errors::no_such_user(name);
  return std::move(*user);
}

Result<User> find_user_or_caller(const ReadCall& call, const std::optional<std::string>& name) {
  if (name) return find_user(call, *name);
  if (call.caller.is_user()) return *call.caller.user;
  return errors::user_name_required();
}

Result<Role> find_role(const ReadCall& call, const std::string& name) {
  auto role = call.tx.role(name);
  if (!role) return errors::no_such_role(name);
  return std::move(*role);
}

Result<Group> find_group(const ReadCall& call, const std::string& name) {
  auto group = call.tx.group(name);
  if (!group) return errors::no_such_group(name);
  return std::move(*group);
}

Result<Device> find_device(const ReadCall& call, const std::string& serial_number) {
  auto device = call.tx.device(serial_number);
  if (!device) return errors::no_such_device(serial_number);
  return std::move(*device);
}

Result<Device> find_virtual_device(const ReadCall& call, const std::string& serial_number) {
  TRY(Device device, find_device(call, serial_number));
  if (device.kind != DeviceKind::virtual_totp) return errors::no_such_device(serial_number);
  return device;
}

std::optional<User> user_of_arn(ReadTx& tx, const IamArn& arn) {
  if (arn.type != "user" || arn.account != tx.account_id().str()) return std::nullopt;
  auto user = tx.user(arn.name);
  return user && user->name == arn.name && user->path == arn.path ? std::move(user) : std::nullopt;
}

std::optional<Role> role_of_arn(ReadTx& tx, const IamArn& arn) {
  if (arn.type != "role" || arn.account != tx.account_id().str()) return std::nullopt;
  auto role = tx.role(arn.name);
  return role && role->name == arn.name && role->path == arn.path ? std::move(role) : std::nullopt;
}

namespace {

Account new_account(AccountId id, Instant now) {
  return {.id = id, .created = now, .alias = {}, .clock = {}, .root_password_last_used = {}};
}

}  // namespace

Account account_of(const ReadCall& call) {
  auto account = call.tx.account();
  return account ? std::move(*account) : new_account(call.account(), call.now);
}

Account existing_account(Tx& tx, Instant now) {
  if (auto account = tx.account()) return std::move(*account);
  auto account = new_account(tx.account_id(), now);
  tx.save(account);
  return account;
}

std::string user_resource(const ReadCall& call, const std::optional<std::string>& name) {
  if (!name) return call.caller.arn();
  const auto user = call.tx.user(*name);
  return user ? user_arn(call.account(), *user) : user_arn(call.account(), "/", *name);
}

std::string role_resource(const ReadCall& call, const std::string& name) {
  const auto role = call.tx.role(name);
  return role ? role_arn(call.account(), *role) : role_arn(call.account(), "/", name);
}

std::string group_resource(const ReadCall& call, const std::string& name) {
  const auto group = call.tx.group(name);
  return group ? group_arn(call.account(), *group) : group_arn(call.account(), "/", name);
}

}  // namespace keyfob
