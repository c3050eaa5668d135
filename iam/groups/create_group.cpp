#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"

namespace keyfob::create_group {

struct Input {
  std::optional<std::string> path;
  std::string group_name;
};

struct Output {
  AccountId account;
  Group group;
};

Result<Output> handle(Call& call, const Input& in) {
  if (call.tx.group(in.group_name)) return errors::group_exists(in.group_name);
  if (call.tx.count_groups() >= call.world.limits.groups)
    return errors::too_many_groups(call.world.limits.groups);
  Group group{.group_id = call.world.entropy.id("AGPA", 17),
              .name = in.group_name,
              .path = in.path.value_or("/"),
              .created = call.now};
  call.tx.add(group);
  return Output{.account = call.account(), .group = std::move(group)};
}

void render(XmlElement result, const Output& out) {
  render_group(result.add("Group"), out.account, out.group);
}

std::string resource(const ReadCall& call, const Input& in) {
  return group_arn(call.account(), in.path.value_or("/"), in.group_name);
}

constexpr MemberSpec input[] = {
    optional<&Input::path>("Path", shape::kPath),
    required<&Input::group_name>("GroupName", shape::kGroupName),
};

constexpr ErrorKind errors[] = {kind::kLimitExceeded, kind::kEntityAlreadyExists, kind::kNoSuchEntity,
                                kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "CreateGroup",
    .input = input,
    .errors = errors,
    .source = "groups.md#groups",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::create_group
