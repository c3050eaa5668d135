// A page of a resource's tags: what ListMFADeviceTags and its kin answer (catalogue §5.9, §11, §12).
#pragma once

#include "iam/call/listed.h"
#include "protocol/words.h"
#include "protocol/xml.h"

namespace keyfob {

void render_tag_list(XmlElement result, const List<Tag>& tags);

}  // namespace keyfob
