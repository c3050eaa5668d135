#include "iam/policies/managed_policies.h"
#include "iam/tags/tag_operations.h"

namespace keyfob {

struct TagsOfPolicy {
  static constexpr std::string_view kMember = "PolicyArn";
  static constexpr const Shape& kShape = shape::kArn;
  static constexpr bool kCaseSensitive = true;
  static Result<Tagged> find(const ReadCall& call, const std::string& arn) {
    TRY(const ManagedPolicy policy, find_own_policy(call, arn));
    return tagged_policy(policy.policy_id);
  }
  static std::string resource(const ReadCall&, const std::string& arn) { return arn; }
};

}  // namespace keyfob

namespace keyfob::tag_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kLimitExceeded, kind::kInvalidInput,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::tag<TagsOfPolicy>("TagPolicy", errors, "policies.md#managed-policies, tags.md");

}  // namespace keyfob::tag_policy

namespace keyfob::untag_policy {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kConcurrentModification,
                                kind::kServiceFailure};

extern constexpr Operation operation =
    tag_operations::untag<TagsOfPolicy>("UntagPolicy", errors, "policies.md#managed-policies, tags.md");

}  // namespace keyfob::untag_policy

namespace keyfob::list_policy_tags {

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure, kind::kInvalidInput};

extern constexpr Operation operation =
    tag_operations::list<TagsOfPolicy>("ListPolicyTags", errors, "policies.md#managed-policies, tags.md");

}  // namespace keyfob::list_policy_tags
