#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::delete_role {

struct Input {
  std::string role_name;
};

Result<void> handle(Call& call, const Input& in) {
  TRY(const Role role, find_role(call, in.role_name));
  if (!call.tx.attachments_to(role.role_id).empty()) return errors::delete_conflict("detach all policies");
  if (!call.tx.inline_policies(role.role_id).empty()) return errors::delete_conflict("delete policies");
  call.tx.remove_tags(tagged_role(role.role_id));
  call.tx.remove_role(role.role_id);
  return {};
}

std::string resource(const ReadCall& call, const Input& in) { return role_resource(call, in.role_name); }

constexpr MemberSpec input[] = {
    required<&Input::role_name>("RoleName", shape::kRoleName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity,           kind::kDeleteConflict,
                                kind::kLimitExceeded,          kind::kUnmodifiableEntity,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeleteRole",
    .input = input,
    .errors = errors,
    .source = "roles.md#deleterole",
});

}  // namespace keyfob::delete_role
