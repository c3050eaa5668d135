#include "iam/call/listed.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"

namespace keyfob::list_groups_for_user {

constexpr std::string_view kName = "ListGroupsForUser";

struct Input {
  std::string user_name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

Result<GroupList> handle(const ReadCall& call, const Input& in) {
  TRY(const User user, find_user(call, in.user_name));
  TRY(auto groups, listed(kName, in, [&](std::int64_t after, std::size_t limit) {
        return call.tx.groups_of(user.user_id, after, limit);
      }));
  return GroupList{.account = call.account(), .groups = std::move(groups)};
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::user_name>("UserName", shape::kExistingUserName),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render_groups>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "pages.md",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_groups_for_user
