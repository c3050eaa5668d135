#include "iam/lookup.h"
#include "iam/operation.h"
#include "iam/tag_rules.h"

namespace keyfob::tag_user {

struct Input {
  std::string user_name;
  std::vector<Tag> tags;
};

Result<void> handle(Call& call, const Input& in) {
  CHECK_OK(rules::check_tags(in.tags, false));
  TRY(const User user, find_user(call, in.user_name));
  return rules::set_tags(call, tagged_user(user.user_id), in.tags);
}

std::string resource(Call& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::user_name>("UserName", shape::kExistingUserName),
    required<&Input::tags>("Tags", shape::kTagList),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "TagUser",
    .access = Access::write,
    .input = input,
    .errors = errors,
    .source = "§9.8, §11",
});

}  // namespace keyfob::tag_user
