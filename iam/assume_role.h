// AssumeRole (catalogue §10): the one call that reaches into another account, and that two sides must allow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "iam/call.h"
#include "protocol/error.h"
#include "protocol/xml.h"

namespace keyfob {

struct AssumeRoleInput {
  std::string role_arn;
  std::string role_session_name;
  std::vector<std::string> policy_arns;
  std::optional<std::string> policy;
  std::optional<std::int32_t> duration_seconds;
  std::vector<Tag> tags;
  std::vector<std::string> transitive_tag_keys;
  std::optional<std::string> external_id;
  std::optional<std::string> serial_number;
  std::optional<std::string> token_code;
  std::optional<std::string> source_identity;
};

struct AssumedRole {
  Session session;
  Role role;
  std::optional<int> packed_policy_size;
};

Result<AssumedRole> assume(Call& call, const AssumeRoleInput& in);
void render_assumed_role(XmlElement result, const AssumedRole& out);

}  // namespace keyfob
