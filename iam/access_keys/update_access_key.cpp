#include "iam/access_keys/access_key_rules.h"
#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::update_access_key {

struct Input {
  std::optional<std::string> user_name;
  std::string access_key_id;
  std::string status;
};

Result<void> handle(Call& call, const Input& in) {
  if (in.status == "Expired") return errors::expired_is_no_status();
  TRY(AccessKey key, find_access_key(call, in.user_name, in.access_key_id));
  key.active = in.status == "Active";
  call.tx.update(key);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    optional<&Input::user_name>("UserName", shape::kExistingUserName),
    required<&Input::access_key_id>("AccessKeyId", shape::kAccessKeyId),
    required<&Input::status>("Status", shape::kStatus),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kServiceFailure,
                                kind::kInvalidInput};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "UpdateAccessKey",
    .input = input,
    .errors = errors,
    .source = "access-keys.md#updateaccesskey",
});

}  // namespace keyfob::update_access_key
