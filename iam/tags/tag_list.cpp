#include "iam/tags/tag_list.h"

#include "iam/call/render.h"

namespace keyfob {

void render_tag_list(XmlElement result, const List<Tag>& tags) {
  render_list(result, "Tags", tags, render_tag);
}

}  // namespace keyfob
