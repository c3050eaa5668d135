#include "iam/controls/enroll.h"

#include <initializer_list>

#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/devices/device_rules.h"
#include "iam/devices/propagation.h"
#include "iam/operations.h"
#include "protocol/text.h"
#include "totp/code.h"

namespace keyfob {
namespace {

using Parameter = std::pair<std::string_view, std::string_view>;

Form form_of(std::initializer_list<Parameter> parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    text.append(name).append("=").append(percent_encode(value)).append("&");
  }
  return *Form::parse(text);
}

// A call of IAM's, read and handled as if it had come over the wire.
Result<void> perform(Call& call, std::string_view action, std::initializer_list<Parameter> parameters) {
  const auto& operation = *find_operation(ServiceName::iam, action);
  const auto invocation = operation.begin(operation.input);
  const auto form = form_of(parameters);
  Violations violations(false);
  invocation->read(form, violations);
  CHECK_OK(violations.verdict());
  return invocation->handle(call);
}

Result<User> user_of_name(Call& call, const std::string& name) {
  if (!call.tx.user(name)) CHECK_OK(perform(call, "CreateUser", {{"UserName", name}}));
  return find_user(call, name);
}

struct CodePair {
  std::string first, second;
};

// The previous code and the current one: the pair that leaves the device without drift.
CodePair codes_of(const Device& device, Instant now) {
  totp::CodeGenerator generator(device.seed.reveal());
  const auto step = totp::step_of(now);
  return {totp::format_code(generator.at(step - 1)), totp::format_code(generator.at(step))};
}

Result<Device> new_device(Call& call, const std::string& name) {
  CHECK_OK(perform(call, "CreateVirtualMFADevice", {{"VirtualMFADeviceName", name}}));
  return find_device(call, mfa_arn(call.account(), "/", name));
}

}  // namespace

Result<Enrolment> enroll(Call& call, const std::string& user_name, const std::string& device_name) {
  TRY(User user, user_of_name(call, user_name));
  TRY(const Device created, new_device(call, device_name));
  const auto codes = codes_of(created, call.now);
  CHECK_OK(perform(call, "EnableMFADevice",
                   {{"UserName", user.name},
                    {"SerialNumber", created.serial_number},
                    {"AuthenticationCode1", codes.first},
                    {"AuthenticationCode2", codes.second}}));
  TRY(Device device, find_device(call, created.serial_number));
  return Enrolment{.user = std::move(user), .device = std::move(device)};
}

Result<Enrolment> enroll_root(Call& call, const std::string& device_name) {
  TRY(const Device created, new_device(call, device_name));
  const auto codes = codes_of(created, call.now);
  // To the rules of devices root is a user by the account's number.
  const User root{.user_id = call.account().str(),
                  .name = {},
                  .path = {},
                  .created = {},
                  .password_last_used = {},
                  .boundary = {}};
  const auto devices = call.tx.count_devices_of(root.user_id);
  TRY(Device device,
      rules::enable(created, root, {codes.first, codes.second}, call.now,
                    {.devices_of_user = devices, .quota = call.world.limits.devices_per_user}));
  remember_for_sts(call, created);
  call.tx.update(device);
  return Enrolment{.user = {}, .device = std::move(device)};
}

}  // namespace keyfob
