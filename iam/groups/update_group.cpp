#include "iam/authorization/authorization.h"
#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"

namespace keyfob::update_group {

struct Input {
  std::string group_name;
  std::optional<std::string> new_path;
  std::optional<std::string> new_group_name;
};

// It takes permission for the old name and for the new one (AWS's reference).
Result<void> handle(Call& call, const Input& in) {
  TRY(Group group, find_group(call, in.group_name));
  if (in.new_group_name) {
    const auto other = call.tx.group(*in.new_group_name);
    if (other && other->group_id != group.group_id) return errors::group_exists(*in.new_group_name);
    group.name = *in.new_group_name;
  }
  if (in.new_path) group.path = *in.new_path;
  CHECK_OK(authorize_also(call, "iam:UpdateGroup", group_arn(call.account(), group)));
  call.tx.update(group);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return group_resource(call, in.group_name); }

constexpr MemberSpec input[] = {
    required<&Input::group_name>("GroupName", shape::kGroupName),
    optional<&Input::new_path>("NewPath", shape::kPath),
    optional<&Input::new_group_name>("NewGroupName", shape::kGroupName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kEntityAlreadyExists, kind::kLimitExceeded,
                                kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "UpdateGroup",
    .input = input,
    .errors = errors,
    .source = "groups.md#groups",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::update_group
