#include "iam/call/listed.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"

namespace keyfob::get_group {

constexpr std::string_view kName = "GetGroup";

struct Input {
  std::string group_name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  AccountId account;
  Group group;
  List<User> users;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(Group group, find_group(call, in.group_name));
  TRY(auto users, listed(kName, in, [&](std::int64_t after, std::size_t limit) {
        return call.tx.members_of(group.group_id, after, limit);
      }));
  return Output{.account = call.account(), .group = std::move(group), .users = std::move(users)};
}

void render(XmlElement result, const Output& out) {
  render_group(result.add("Group"), out.account, out.group);
  auto list = result.add("Users");
  for (const auto& user : out.users.items) render_user(list.add("member"), out.account, user);
  render_is_truncated(result, out.users.next_marker);
  render_marker(result, out.users.next_marker);
}

std::string resource(const ReadCall& call, const Input& in) { return group_resource(call, in.group_name); }

constexpr MemberSpec input[] = {
    required<&Input::group_name>("GroupName", shape::kGroupName),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "pages.md",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::get_group
