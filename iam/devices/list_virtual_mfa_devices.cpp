#include "iam/call/listed.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"

namespace keyfob::list_virtual_mfa_devices {

constexpr std::string_view kName = "ListVirtualMFADevices";

struct Input {
  std::optional<std::string> assignment_status;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  Account account;  // root's devices show it
  List<VirtualDevice> devices;
};

Assignment assignment_of(const std::optional<std::string>& status) {
  if (status == "Assigned") return Assignment::assigned;
  if (status == "Unassigned") return Assignment::unassigned;
  return Assignment::any;
}

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(auto devices, listed(kName, in, [&](std::int64_t after, std::size_t limit) {
        return call.tx.virtual_devices(assignment_of(in.assignment_status), after, limit);
      }));
  return Output{.account = account_of(call), .devices = std::move(devices)};
}

// In another order than GetUser's (aws/devices.md#listvirtualmfadevices).
void render_owner(XmlElement element, AccountId account, const User& user) {
  element.add("UserId", user.user_id);
  element.add("Path", user.path);
  element.add("UserName", user.name);
  element.add("Arn", user_arn(account, user));
  element.add("CreateDate", user.created);
  if (user.password_last_used) element.add("PasswordLastUsed", *user.password_last_used);
}

void render(XmlElement result, const Output& out) {
  render_list(result, "VirtualMFADevices", out.devices, [&](XmlElement list, const VirtualDevice& found) {
    const auto& [device, user] = found;
    auto member = list.add("member");
    member.add("SerialNumber", device.serial_number);
    if (device.enabled) member.add("EnableDate", *device.enabled);
    if (user) {
      render_owner(member.add("User"), out.account.id, *user);
    } else if (device.owner) {
      render_root(member.add("User"), out.account);
    }
  });
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    optional<&Input::assignment_status>("AssignmentStatus", shape::kAssignmentStatus),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = kName,
    .input = input,
    .source = "devices.md#listvirtualmfadevices",
});

}  // namespace keyfob::list_virtual_mfa_devices
