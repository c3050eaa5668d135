#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/roles/roles.h"

namespace keyfob::update_role {

struct Input {
  std::string role_name;
  std::optional<std::string> description;
  std::optional<std::int32_t> max_session_duration;
};

struct Output {};

// What isn't given keeps its value, whatever AWS's reference says (aws/roles.md#updaterole).
Result<Output> handle(Call& call, const Input& in) {
  CHECK_OK(check_max_session(in.max_session_duration));
  TRY(Role role, find_role(call, in.role_name));
  if (in.description) role.description = in.description;
  if (in.max_session_duration) role.max_session_seconds = *in.max_session_duration;
  call.tx.update(role);
  return Output{};
}

void render(XmlElement, const Output&) {}

std::string resource(const ReadCall& call, const Input& in) { return role_resource(call, in.role_name); }

constexpr MemberSpec input[] = {
    required<&Input::role_name>("RoleName", shape::kRoleName),
    optional<&Input::description>("Description", shape::kRoleDescription),
    optional<&Input::max_session_duration>("MaxSessionDuration", shape::kRoleMaxSessionDuration),
};

constexpr ErrorKind errors[] = {kind::kUnmodifiableEntity, kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "UpdateRole",
    .input = input,
    .errors = errors,
    .source = "roles.md#updaterole",
});

}  // namespace keyfob::update_role
