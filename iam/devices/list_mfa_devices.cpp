#include "iam/call/errors.h"
#include "iam/call/listed.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::list_mfa_devices {

constexpr std::string_view kName = "ListMFADevices";

struct Input {
  std::optional<std::string> user_name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  std::string user_name;
  List<Device> devices;
};

struct Owner {
  std::string id;
  std::string name;  // root has none
};

// Root lists its own devices when it names nobody (aws/devices.md#listmfadevices).
Result<Owner> owner_of(const ReadCall& call, const Input& in) {
  if (!in.user_name && call.caller.kind == CallerKind::root)
    return Owner{.id = call.caller.user_id(), .name = {}};
  TRY(User user, find_user_or_caller(call, in.user_name));
  return Owner{.id = std::move(user.user_id), .name = std::move(user.name)};
}

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(Owner owner, owner_of(call, in));
  TRY(auto devices, listed(kName, in, [&](std::int64_t after, std::size_t limit) {
        return call.tx.devices_of(owner.id, after, limit);
      }));
  return Output{.user_name = std::move(owner.name), .devices = std::move(devices)};
}

void render(XmlElement result, const Output& out) {
  render_list(result, "MFADevices", out.devices, [&](XmlElement list, const Device& device) {
    auto member = list.add("member");
    if (!out.user_name.empty()) member.add("UserName", out.user_name);
    member.add("SerialNumber", device.serial_number);
    if (device.enabled) member.add("EnableDate", *device.enabled);
  });
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    optional<&Input::user_name>("UserName", shape::kExistingUserName),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "wire.md#success-envelope, devices.md#listmfadevices",
});

}  // namespace keyfob::list_mfa_devices
