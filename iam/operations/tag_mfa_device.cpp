#include "iam/lookup.h"
#include "iam/operation.h"
#include "iam/tag_rules.h"

namespace keyfob::tag_mfa_device {

struct Input {
  std::string serial_number;
  std::vector<Tag> tags;
};

Result<void> handle(Call& call, const Input& in) {
  CHECK_OK(rules::check_tags(in.tags, true));
  TRY(const Device device, find_virtual_device(call, in.serial_number));
  return rules::set_tags(call, tagged_device(device.serial_number), in.tags);
}

std::string resource(Call&, const Input& in) { return in.serial_number; }

constexpr MemberSpec input[] = {
    required<&Input::serial_number>("SerialNumber", shape::kSerialNumber),
    required<&Input::tags>("Tags", shape::kTagList),
};

constexpr ErrorKind errors[] = {kind::kInvalidInput, kind::kNoSuchEntity, kind::kLimitExceeded,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "TagMFADevice",
    .access = Access::write,
    .input = input,
    .errors = errors,
    .source = "§5.9, §11",
});

}  // namespace keyfob::tag_mfa_device
