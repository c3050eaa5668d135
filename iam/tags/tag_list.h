// A page of a resource's tags: what ListMFADeviceTags and the other tag lists answer (aws/tags.md,
// aws/pages.md#markers).
#pragma once

#include "iam/call/listed.h"
#include "protocol/words.h"
#include "protocol/xml.h"

namespace keyfob {

void render_tag_list(XmlElement result, const List<Tag>& tags);

}  // namespace keyfob
