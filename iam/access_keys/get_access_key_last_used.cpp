#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::get_access_key_last_used {

struct Input {
  std::string access_key_id;
};

struct Output {
  std::string user_name;
  AccessKey key;
};

// A key of another account, or of none, is denied and not missing (aws/access-keys.md#getaccesskeylastused).
Result<Output> handle(const ReadCall& call, const Input& in) {
  auto key = call.tx.access_key(in.access_key_id);
  auto user = key && key->account == call.account() ? call.tx.user_by_id(key->user_id) : std::nullopt;
  if (!user) return errors::key_last_used_denied(call.caller.arn(), in.access_key_id);
  return Output{.user_name = std::move(user->name), .key = std::move(*key)};
}

void render(XmlElement result, const Output& out) {
  result.add("UserName", out.user_name);
  auto last_used = result.add("AccessKeyLastUsed");
  if (out.key.last_used) last_used.add("LastUsedDate", *out.key.last_used);
  last_used.add("ServiceName", out.key.last_used ? out.key.last_used_service : "N/A");
  last_used.add("Region", out.key.last_used ? out.key.last_used_region : "N/A");
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    required<&Input::access_key_id>("AccessKeyId", shape::kAccessKeyId),
};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetAccessKeyLastUsed",
    .input = input,
    .source = "access-keys.md#getaccesskeylastused",
});

}  // namespace keyfob::get_access_key_last_used
