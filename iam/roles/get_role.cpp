#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/roles/roles.h"

namespace keyfob::get_role {

struct Input {
  std::string role_name;
};

Result<ShownRole> handle(const ReadCall& call, const Input& in) {
  TRY(Role role, find_role(call, in.role_name));
  return show(call, std::move(role));
}

void render(XmlElement result, const ShownRole& role) { render_whole_role(result.add("Role"), role); }

std::string resource(const ReadCall& call, const Input& in) { return role_resource(call, in.role_name); }

constexpr MemberSpec input[] = {
    required<&Input::role_name>("RoleName", shape::kRoleName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetRole",
    .input = input,
    .errors = errors,
    .source = "roles.md#getrole",
});

}  // namespace keyfob::get_role
