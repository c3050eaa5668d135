#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::delete_group {

struct Input {
  std::string group_name;
};

// Which conflict AWS names first is not known: this order is a guess.
Result<void> handle(Call& call, const Input& in) {
  TRY(const Group group, find_group(call, in.group_name));
  if (!call.tx.members_of(group.group_id, 0, 1).items.empty())
    return errors::delete_conflict("remove users from group");
  if (!call.tx.attachments_to(group.group_id).empty()) return errors::delete_conflict("detach all policies");
  if (!call.tx.inline_policies(group.group_id).empty()) return errors::delete_conflict("delete policies");
  call.tx.remove_group(group.group_id);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return group_resource(call, in.group_name); }

constexpr MemberSpec input[] = {
    required<&Input::group_name>("GroupName", shape::kGroupName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kDeleteConflict, kind::kLimitExceeded,
                                kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeleteGroup",
    .input = input,
    .errors = errors,
    .source = "groups.md#deletegroup",
});

}  // namespace keyfob::delete_group
