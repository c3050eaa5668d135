#include "iam/call/listed.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::list_access_keys {

constexpr std::string_view kName = "ListAccessKeys";

struct Input {
  std::optional<std::string> user_name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  std::string user_name;
  List<AccessKey> keys;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(User user, find_user_or_caller(call, in.user_name));
  TRY(auto keys, listed(kName, in, [&](std::int64_t after, std::size_t limit) {
        return call.tx.access_keys_of(user.user_id, after, limit);
      }));
  return Output{.user_name = std::move(user.name), .keys = std::move(keys)};
}

void render(XmlElement result, const Output& out) {
  render_list(result, "AccessKeyMetadata", out.keys, [&](XmlElement list, const AccessKey& key) {
    auto member = list.add("member");
    member.add("UserName", out.user_name);
    member.add("AccessKeyId", key.access_key_id);
    member.add("Status", key.active ? "Active" : "Inactive");
    member.add("CreateDate", key.created);
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
    .source = "access-keys.md",
});

}  // namespace keyfob::list_access_keys
