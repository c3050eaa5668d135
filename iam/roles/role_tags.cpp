#include "iam/call/lookup.h"
#include "iam/tags/tag_operations.h"

namespace keyfob {

struct TagsOfRole {
  static constexpr std::string_view kMember = "RoleName";
  static constexpr const Shape& kShape = shape::kRoleName;
  static constexpr bool kCaseSensitive = false;
  static Result<Tagged> find(const ReadCall& call, const std::string& name) {
    TRY(const Role role, find_role(call, name));
    return tagged_role(role.role_id);
  }
  static std::string resource(const ReadCall& call, const std::string& name) {
    return role_resource(call, name);
  }
};

}  // namespace keyfob

namespace keyfob::tag_role {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::tag<TagsOfRole>("TagRole", errors, "roles.md#tags-of-roles, tags.md");

}  // namespace keyfob::tag_role

namespace keyfob::untag_role {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::untag<TagsOfRole>("UntagRole", errors, "roles.md#tags-of-roles, tags.md");

}  // namespace keyfob::untag_role

namespace keyfob::list_role_tags {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::list<TagsOfRole>("ListRoleTags", errors, "roles.md#tags-of-roles, tags.md");

}  // namespace keyfob::list_role_tags
