#include "iam/tags/tag_rules.h"

#include <unordered_set>

#include "iam/call/errors.h"
#include "protocol/http.h"
#include "protocol/text.h"

namespace keyfob::rules {

Result<void> check_tags(std::span<const Tag> tags, bool case_sensitive) {
  for (const auto& tag : tags) {
    if (iequals(std::string_view(tag.key).substr(0, 4), "aws:")) return errors::reserved_tag_key();
  }
  std::unordered_set<std::string> keys;
  for (const auto& tag : tags) {
    if (!keys.insert(case_sensitive ? tag.key : fold_case(tag.key)).second) {
      return errors::duplicate_tag_keys(case_sensitive);
    }
  }
  return {};
}

Result<void> add_tags(Call& call, const Tagged& resource, std::span<const Tag> tags) {
  if (tags.empty()) return errors::empty_tag_list();
  call.tx.set_tags(resource, tags);
  const auto total = std::int64_t(call.tx.tags(resource).size());
  if (total > call.world.limits.tags_per_resource)
    return errors::too_many_tags();  // the transaction forgets them
  return {};
}

}  // namespace keyfob::rules
