#include "iam/lookup.h"
#include "iam/operation.h"

namespace keyfob::untag_user {

struct Input {
  std::string user_name;
  std::vector<std::string> tag_keys;
};

// Keys that aren't there are no error (catalogue §11).
Result<void> handle(Call& call, const Input& in) {
  TRY(const User user, find_user(call, in.user_name));
  for (const auto& key : in.tag_keys) call.tx.remove_tag(tagged_user(user.user_id), key);
  return {};
}

std::string resource(Call& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::user_name>("UserName", shape::kExistingUserName),
    required<&Input::tag_keys>("TagKeys", shape::kTagKeyList),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "UntagUser",
    .access = Access::write,
    .input = input,
    .errors = errors,
    .source = "§11",
});

}  // namespace keyfob::untag_user
