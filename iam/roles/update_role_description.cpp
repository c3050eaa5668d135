#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/roles/roles.h"

namespace keyfob::update_role_description {

struct Input {
  std::string role_name;
  std::string description;
};

Result<ShownRole> handle(Call& call, const Input& in) {
  TRY(Role role, find_role(call, in.role_name));
  role.description = in.description;
  call.tx.update(role);
  return show(call, std::move(role));
}

void render(XmlElement result, const ShownRole& role) { render_whole_role(result.add("Role"), role); }

std::string resource(const ReadCall& call, const Input& in) { return role_resource(call, in.role_name); }

constexpr MemberSpec input[] = {
    required<&Input::role_name>("RoleName", shape::kRoleName),
    required<&Input::description>("Description", shape::kRoleDescription),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kUnmodifiableEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "UpdateRoleDescription",
    .input = input,
    .errors = errors,
    .source = "roles.md#updaterole",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::update_role_description
