// Tags in the state document.
#pragma once

#include <vector>

#include "protocol/json_members.h"
#include "storage/tx.h"

namespace keyfob {

template <>
const JsonKind& json_kind<Tag>();

// A member of whatever has tags; of things that rarely have any it is left out when there are none.
template <auto Tags>
constexpr JsonMember tags_member() {
  return optional<Tags>("tags", "Its tags.");
}
template <auto Tags>
constexpr JsonMember sparse_tags_member() {
  return sparse<Tags>("tags", "Its tags.");
}

// `place` is the thing's.
void store_tags(Tx& tx, const Tagged& resource, const std::vector<Tag>& tags, const Place& place);

}  // namespace keyfob
