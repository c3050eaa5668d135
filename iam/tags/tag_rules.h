// The rules of tags (aws/tags.md).
#pragma once

#include <span>

#include "iam/call/call.h"
#include "protocol/error.h"

namespace keyfob::rules {

// Reserved keys before duplicates; nothing else is wrong with a list that was validated.
Result<void> check_tags(std::span<const Tag> tags, bool case_sensitive);

// Sets checked tags of something that is there: overwrites by key, or fails when there would be too many.
Result<void> add_tags(Call& call, const Tagged& resource, std::span<const Tag> tags);

}  // namespace keyfob::rules
