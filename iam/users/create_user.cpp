#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"
#include "iam/policies/managed_policies.h"
#include "iam/tags/tag_rules.h"

namespace keyfob::create_user {

struct Input {
  std::optional<std::string> path;
  std::string user_name;
  std::optional<std::string> permissions_boundary;
  std::vector<Tag> tags;
};

struct Output {
  AccountId account;
  User user;
  std::vector<Tag> tags;
};

Result<Output> handle(Call& call, const Input& in) {
  CHECK_OK(rules::check_tags(in.tags, false));
  if (call.tx.user(in.user_name)) return errors::user_exists(in.user_name);
  if (call.tx.count_users() >= call.world.limits.users)
    return errors::too_many_users(call.world.limits.users);
  CHECK_OK(check_boundary(call, in.permissions_boundary));

  User user{.user_id = call.world.entropy.id("AIDA", 17),
            .name = in.user_name,
            .path = in.path.value_or("/"),
            .created = call.now,
            .password_last_used = {},
            .boundary = in.permissions_boundary};
  call.tx.add(user);
  call.tx.set_tags(tagged_user(user.user_id), in.tags);
  return Output{.account = call.account(), .user = std::move(user), .tags = in.tags};
}

void render(XmlElement result, const Output& out) {
  auto user = result.add("User");
  render_user(user, out.account, out.user);
  render_boundary(user, out.user.boundary);
  if (!out.tags.empty()) render_tags(user, out.tags);
}

std::string resource(const ReadCall& call, const Input& in) {
  return user_arn(call.account(), in.path.value_or("/"), in.user_name);
}

constexpr MemberSpec input[] = {
    optional<&Input::path>("Path", shape::kPath),
    required<&Input::user_name>("UserName", shape::kUserName),
    optional<&Input::permissions_boundary>("PermissionsBoundary", shape::kArn),
    optional<&Input::tags>("Tags", shape::kTagList),
};

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kEntityAlreadyExists,    kind::kNoSuchEntity,
                                kind::kInvalidInput,  kind::kConcurrentModification, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "CreateUser",
    .input = input,
    .errors = errors,
    .source = "users.md#createuser",
    .tagging = "TagUser",
});

}  // namespace keyfob::create_user
