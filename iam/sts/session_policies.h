// What AssumeRole and GetFederationToken may give a session beside its name: policies that restrict it, and
// tags (aws/sts.md#session-policies-and-tags).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "iam/call/call.h"
#include "protocol/error.h"
#include "protocol/xml.h"

namespace keyfob {

// Checks the document and that the managed policies exist in the transaction's account.
Result<std::vector<SessionPolicy>> read_session_policies(ReadTx& tx,
                                                         const std::optional<std::string>& document,
                                                         const std::vector<std::string>& policy_arns);
Result<void> check_session_tags(const std::vector<Tag>& tags);
// In percent of what AWS allows, without policies and tags nothing. How AWS packs is not published: a guess.
Result<std::optional<int>> packed_policy_size(const std::vector<SessionPolicy>& policies,
                                              const std::vector<Tag>& tags);
void keep_session_details(Tx& tx, const Session& session, const std::vector<SessionPolicy>& policies,
                          const std::vector<Tag>& tags);
void render_packed_policy_size(XmlElement result, const std::optional<int>& size);

}  // namespace keyfob
