// Managed policies attached to users, roles and groups.
#pragma once

#include <string>
#include <vector>

#include "iam/call/call.h"
#include "protocol/xml.h"

namespace keyfob::attachments {

// Attaching what is attached does nothing.
Result<void> attach(Call& call, EntityKind kind, std::string_view entity_id, std::string_view quota_word,
                    const std::string& policy_arn);
Result<void> detach(Call& call, std::string_view entity_id, const std::string& policy_arn);
// ARNs of what is attached, below a path.
std::vector<std::string> attached(const ReadCall& call, std::string_view entity_id,
                                  std::string_view path_prefix);
// One of them, as a member with name and ARN.
void add_attached(XmlElement list, const std::string& arn);

}  // namespace keyfob::attachments
