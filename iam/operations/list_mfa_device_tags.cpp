#include "iam/lookup.h"
#include "iam/operation.h"
#include "iam/tag_list.h"

namespace keyfob::list_mfa_device_tags {

constexpr std::string_view kName = "ListMFADeviceTags";

struct Input {
  std::string serial_number;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

Result<TagPage> handle(Call& call, const Input& in) {
  TRY(const Device device, find_virtual_device(call, in.serial_number));
  return tag_page(call, tagged_device(device.serial_number), kName, in.marker, in.max_items);
}

std::string resource(Call&, const Input& in) { return in.serial_number; }

constexpr MemberSpec input[] = {
    required<&Input::serial_number>("SerialNumber", shape::kSerialNumber),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render_tag_page>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "§5.9, §11",
});

}  // namespace keyfob::list_mfa_device_tags
