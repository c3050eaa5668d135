#include "iam/call/lookup.h"
#include "iam/tags/tag_operations.h"

namespace keyfob {

struct TagsOfUser {
  static constexpr std::string_view kMember = "UserName";
  static constexpr const Shape& kShape = shape::kExistingUserName;
  static constexpr bool kCaseSensitive = false;
  static Result<Tagged> find(const ReadCall& call, const std::string& name) {
    TRY(const User user, find_user(call, name));
    return tagged_user(user.user_id);
  }
  static std::string resource(const ReadCall& call, const std::string& name) {
    return user_resource(call, name);
  }
};

}  // namespace keyfob

namespace keyfob::tag_user {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::tag<TagsOfUser>("TagUser", errors, "users.md#taguser, tags.md");

}  // namespace keyfob::tag_user

namespace keyfob::untag_user {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::untag<TagsOfUser>("UntagUser", errors, "users.md#taguser, tags.md");

}  // namespace keyfob::untag_user

namespace keyfob::list_user_tags {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::list<TagsOfUser>("ListUserTags", errors, "users.md#taguser, tags.md");

}  // namespace keyfob::list_user_tags
