#include "iam/call/listed.h"
#include "iam/call/lookup.h"
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

Result<GroupList> handle(const ReadCall& call, const Input& in) {
  TRY(auto groups, listed(kName, in, [&](const std::string& after, std::size_t limit) {
        return call.tx.groups(in.path_prefix.value_or("/"), after, limit);
      }));
  return GroupList{.account = call.account(), .groups = std::move(groups)};
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

extern constexpr Operation operation = define<&handle, &resource, &render_groups>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "pages.md",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_groups
