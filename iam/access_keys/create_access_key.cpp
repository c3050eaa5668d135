#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::create_access_key {

struct Input {
  std::optional<std::string> user_name;
};

struct Output {
  AccessKey key;
  std::string user_name;
};

Result<Output> handle(Call& call, const Input& in) {
  TRY(User user, find_user_or_caller(call, in.user_name));
  const auto quota = call.world.limits.access_keys_per_user;
  if (std::int64_t(call.tx.access_keys_of(user.user_id).size()) >= quota)
    return errors::too_many_access_keys(quota);

  AccessKey key;
  key.access_key_id = call.world.entropy.access_key_id("AKIA");
  key.account = call.account();
  key.user_id = user.user_id;
  key.secret = call.world.entropy.secret_key();
  key.created = call.now;
  call.tx.add(key);
  return Output{.key = std::move(key), .user_name = std::move(user.name)};
}

void render(XmlElement result, const Output& out) {
  auto key = result.add("AccessKey");
  key.add("UserName", out.user_name);
  key.add("AccessKeyId", out.key.access_key_id);
  key.add("Status", "Active");
  key.add("SecretAccessKey", out.key.secret.reveal());
  key.add("CreateDate", out.key.created);
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    optional<&Input::user_name>("UserName", shape::kExistingUserName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "CreateAccessKey",
    .input = input,
    .errors = errors,
    .source = "access-keys.md#createaccesskey",
});

}  // namespace keyfob::create_access_key
