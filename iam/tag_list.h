// A page of a resource's tags: what ListMFADeviceTags and its kin answer (catalogue §5.9, §11, §12).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iam/call.h"
#include "protocol/error.h"
#include "protocol/xml.h"

namespace keyfob {

struct TagPage {
  std::vector<Tag> tags;
  std::optional<std::string> next_marker;
};

Result<TagPage> tag_page(Call& call, const Tagged& resource, std::string_view operation,
                         const std::optional<std::string>& marker,
                         const std::optional<std::int32_t>& max_items);
void render_tag_page(XmlElement result, const TagPage& page);

}  // namespace keyfob
