#include "iam/tags/tag_state.h"

namespace keyfob {
namespace tag_state {

constexpr JsonMember kMembers[] = {
    required<&Tag::key, Shaped<shape::kTagKey>>("key", "Its key."),
    required<&Tag::value, Shaped<shape::kTagValue>>("value", "Its value."),
};
constexpr JsonKind kKind{.name = "tag", .members = kMembers};

}  // namespace tag_state

template <>
const JsonKind& json_kind<Tag>() {
  return tag_state::kKind;
}

void store_tags(Tx& tx, const Tagged& resource, const std::vector<Tag>& tags, const Place& place) {
  for (const auto& tag : tags) tx.set_tag(resource, tag);
  if (!tags.empty() && tx.tags(resource).size() != tags.size()) place["tags"].fail("has a key twice");
}

}  // namespace keyfob
