#include "iam/call/lookup.h"
#include "iam/call/marker.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"

namespace keyfob::list_groups_for_user {

constexpr std::string_view kName = "ListGroupsForUser";

struct Input {
  std::string user_name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

Result<GroupPage> handle(const ReadCall& call, const Input& in) {
  TRY(const User user, find_user(call, in.user_name));
  TRY(const std::int64_t after, read_number_marker(kName, in.marker));
  auto page = call.tx.groups_of(user.user_id, after, page_size(in.max_items));
  GroupPage out{.account = call.account(), .groups = {}, .next_marker = {}};
  if (page.more) out.next_marker = make_marker(kName, std::to_string(page.items.back().number));
  for (auto& group : page.items) out.groups.push_back(std::move(group.item));
  return out;
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::user_name>("UserName", shape::kExistingUserName),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render_group_page>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "§12",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_groups_for_user
