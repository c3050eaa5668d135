// A page of a resource's tags: what ListMFADeviceTags and its kin answer (catalogue §5.9, §11, §12).
#pragma once

#include "iam/call/slice.h"
#include "protocol/words.h"
#include "protocol/xml.h"

namespace keyfob {

using TagPage = Slice<Tag>;

void render_tag_page(XmlElement result, const TagPage& page);

}  // namespace keyfob
