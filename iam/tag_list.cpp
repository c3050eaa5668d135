#include "iam/tag_list.h"

#include <algorithm>

#include "iam/marker.h"
#include "iam/render.h"

namespace keyfob {

// The marker holds a position, not a key: a key may be longer than a marker. With 50 tags at most that costs
// nothing.
Result<TagPage> tag_page(Call& call, const Tagged& resource, std::string_view operation,
                         const std::optional<std::string>& marker,
                         const std::optional<std::int32_t>& max_items) {
  TRY(const std::int64_t after, read_number_marker(operation, marker));
  auto tags = call.tx.tags(resource);
  const auto size = std::int64_t(tags.size());
  const auto first = std::min(after, size);
  const auto last = std::min(first + std::int64_t(page_size(max_items)), size);

  TagPage page;
  page.tags.assign(std::make_move_iterator(tags.begin() + first),
                   std::make_move_iterator(tags.begin() + last));
  if (last < size) page.next_marker = make_marker(operation, std::to_string(last));
  return page;
}

void render_tag_page(XmlElement result, const TagPage& page) {
  render_is_truncated(result, page.next_marker);
  render_tags(result, page.tags);
  render_marker(result, page.next_marker);
}

}  // namespace keyfob
