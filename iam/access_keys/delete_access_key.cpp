#include "iam/access_keys/access_key_rules.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::delete_access_key {

struct Input {
  std::optional<std::string> user_name;
  std::string access_key_id;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(const AccessKey key, find_access_key(call, in.user_name, in.access_key_id));
  call.tx.remove_access_key(key.access_key_id);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    optional<&Input::user_name>("UserName", shape::kExistingUserName),
    required<&Input::access_key_id>("AccessKeyId", shape::kAccessKeyId),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeleteAccessKey",
    .input = input,
    .errors = errors,
    .source = "access-keys.md#deleteaccesskey",
});

}  // namespace keyfob::delete_access_key
