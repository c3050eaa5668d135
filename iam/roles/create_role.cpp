#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"
#include "iam/policies/managed_policies.h"
#include "iam/roles/roles.h"
#include "iam/roles/trust.h"
#include "iam/tags/tag_rules.h"

namespace keyfob::create_role {

struct Input {
  std::optional<std::string> path;
  std::string role_name;
  std::string assume_role_policy_document;
  std::optional<std::string> description;
  std::optional<std::int32_t> max_session_duration;
  std::optional<std::string> permissions_boundary;
  std::vector<Tag> tags;
};

struct Output {
  AccountId account;
  Role role;
  std::vector<Tag> tags;
};

Result<Output> handle(Call& call, const Input& in) {
  CHECK_OK(rules::check_tags(in.tags, false));
  CHECK_OK(check_max_session(in.max_session_duration));
  if (call.tx.role(in.role_name)) return errors::role_exists(in.role_name);
  if (call.tx.count_roles() >= call.world.limits.roles)
    return errors::too_many_roles(call.world.limits.roles);
  CHECK_OK(check_trust_policy(call, in.assume_role_policy_document));
  CHECK_OK(check_boundary(call, in.permissions_boundary));

  Role role{.role_id = call.world.entropy.id("AROA", 17),
            .name = in.role_name,
            .path = in.path.value_or("/"),
            .created = call.now,
            .trust_policy = trust_to_keep(call.tx, in.assume_role_policy_document),
            .description = in.description,
            .max_session_seconds = in.max_session_duration.value_or(kDefaultMaxSession),
            .boundary = in.permissions_boundary};
  call.tx.add(role);
  call.tx.set_tags(tagged_role(role.role_id), in.tags);
  return Output{
      .account = call.account(), .role = with_shown_trust(call.tx, std::move(role)), .tags = in.tags};
}

// Without description, duration and last use (aws/roles.md#createrole).
void render(XmlElement result, const Output& out) {
  auto role = result.add("Role");
  render_role(role, out.account, out.role);
  if (!out.tags.empty()) render_tags(role, out.tags);
  render_boundary(role, out.role.boundary);
}

std::string resource(const ReadCall& call, const Input& in) {
  return role_arn(call.account(), in.path.value_or("/"), in.role_name);
}

constexpr MemberSpec input[] = {
    optional<&Input::path>("Path", shape::kPath),
    required<&Input::role_name>("RoleName", shape::kRoleName),
    required<&Input::assume_role_policy_document>("AssumeRolePolicyDocument", shape::kPolicyDocument),
    optional<&Input::description>("Description", shape::kRoleDescription),
    optional<&Input::max_session_duration>("MaxSessionDuration", shape::kRoleMaxSessionDuration),
    optional<&Input::permissions_boundary>("PermissionsBoundary", shape::kArn),
    optional<&Input::tags>("Tags", shape::kTagList),
};

constexpr ErrorKind errors[] = {kind::kLimitExceeded,          kind::kInvalidInput,
                                kind::kEntityAlreadyExists,    kind::kMalformedPolicyDocument,
                                kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "CreateRole",
    .input = input,
    .errors = errors,
    .source = "roles.md#createrole, roles.md#trust-policies",
    .tagging = "TagRole",
});

}  // namespace keyfob::create_role
