#include "iam/lookup.h"
#include "iam/operation.h"
#include "iam/tag_list.h"

namespace keyfob::list_user_tags {

constexpr std::string_view kName = "ListUserTags";

struct Input {
  std::string user_name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

Result<TagPage> handle(Call& call, const Input& in) {
  TRY(const User user, find_user(call, in.user_name));
  return tag_page(call, tagged_user(user.user_id), kName, in.marker, in.max_items);
}

std::string resource(Call& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    required<&Input::user_name>("UserName", shape::kExistingUserName),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render_tag_page>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "§11, §12",
});

}  // namespace keyfob::list_user_tags
