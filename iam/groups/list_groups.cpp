#include "iam/call/lookup.h"
#include "iam/call/marker.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"

namespace keyfob::list_groups {

constexpr std::string_view kName = "ListGroups";

struct Input {
  std::optional<std::string> path_prefix;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

Result<GroupPage> handle(const ReadCall& call, const Input& in) {
  TRY(const std::string after, read_marker(kName, in.marker));
  std::string last_seen;
  auto page = call.tx.groups(in.path_prefix.value_or("/"), after, page_size(in.max_items), last_seen);
  GroupPage out{.account = call.account(), .groups = std::move(page.items), .next_marker = {}};
  if (page.more) out.next_marker = make_marker(kName, last_seen);
  return out;
}

std::string resource(const ReadCall& call, const Input& in) {
  return group_arn(call.account(), in.path_prefix.value_or("/"), "");
}

constexpr MemberSpec input[] = {
    optional<&Input::path_prefix>("PathPrefix", shape::kPathPrefix),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render_group_page>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "§12",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_groups
