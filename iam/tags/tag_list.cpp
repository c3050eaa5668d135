#include "iam/tags/tag_list.h"

#include "iam/call/render.h"

namespace keyfob {

void render_tag_page(XmlElement result, const TagPage& page) {
  render_is_truncated(result, page.next_marker);
  render_tags(result, page.items);
  render_marker(result, page.next_marker);
}

}  // namespace keyfob
