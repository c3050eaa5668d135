#include "iam/lookup.h"
#include "iam/operation.h"

namespace keyfob::untag_mfa_device {

struct Input {
  std::string serial_number;
  std::vector<std::string> tag_keys;
};

// Keys that aren't there are no error (catalogue §5.9).
Result<void> handle(Call& call, const Input& in) {
  TRY(const Device device, find_virtual_device(call, in.serial_number));
  for (const auto& key : in.tag_keys) call.tx.remove_tag(tagged_device(device.serial_number), key);
  return {};
}

std::string resource(Call&, const Input& in) { return in.serial_number; }

constexpr MemberSpec input[] = {
    required<&Input::serial_number>("SerialNumber", shape::kSerialNumber),
    required<&Input::tag_keys>("TagKeys", shape::kTagKeyList),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kConcurrentModification,
                                kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "UntagMFADevice",
    .access = Access::write,
    .input = input,
    .errors = errors,
    .source = "§5.9, §11",
});

}  // namespace keyfob::untag_mfa_device
