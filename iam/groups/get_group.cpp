#include "iam/call/lookup.h"
#include "iam/call/marker.h"
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
  std::vector<User> users;
  std::optional<std::string> next_marker;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(Group group, find_group(call, in.group_name));
  TRY(const std::int64_t after, read_number_marker(kName, in.marker));
  auto page = call.tx.members_of(group.group_id, after, page_size(in.max_items));
  Output out{.account = call.account(), .group = std::move(group), .users = {}, .next_marker = {}};
  if (page.more) out.next_marker = make_marker(kName, std::to_string(page.items.back().number));
  for (auto& member : page.items) out.users.push_back(std::move(member.item));
  return out;
}

void render(XmlElement result, const Output& out) {
  render_group(result.add("Group"), out.account, out.group);
  auto list = result.add("Users");
  for (const auto& user : out.users) render_user(list.add("member"), out.account, user);
  render_is_truncated(result, out.next_marker);
  render_marker(result, out.next_marker);
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
    .source = "§12",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::get_group
