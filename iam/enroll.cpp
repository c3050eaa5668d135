#include "iam/enroll.h"

#include <initializer_list>

#include "iam/lookup.h"
#include "iam/names.h"
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

// The previous code and the current one: the pair that leaves the device without drift.
Result<void> enable(Call& call, const User& user, const Device& device) {
  totp::CodeGenerator generator(device.seed.reveal());
  const auto step = totp::step_of(call.now);
  return perform(call, "EnableMFADevice",
                 {{"UserName", user.name},
                  {"SerialNumber", device.serial_number},
                  {"AuthenticationCode1", totp::format_code(generator.at(step - 1))},
                  {"AuthenticationCode2", totp::format_code(generator.at(step))}});
}

}  // namespace

Result<Enrolment> enroll(Call& call, const std::string& user_name, const std::string& device_name) {
  call.tx.save(account_of(call));  // which springs into being with the first thing kept of it
  TRY(User user, user_of_name(call, user_name));
  CHECK_OK(perform(call, "CreateVirtualMFADevice", {{"VirtualMFADeviceName", device_name}}));
  const auto serial_number = mfa_arn(call.account(), "/", device_name);
  TRY(const Device created, find_device(call, serial_number));
  CHECK_OK(enable(call, user, created));
  TRY(Device device, find_device(call, serial_number));
  return Enrolment{.user = std::move(user), .device = std::move(device)};
}

}  // namespace keyfob
