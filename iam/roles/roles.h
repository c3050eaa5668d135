// What the operations on roles share (aws/roles.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "iam/call/call.h"
#include "protocol/error.h"
#include "protocol/xml.h"

namespace keyfob {

inline constexpr std::int64_t kDefaultMaxSession = 3600;

// Below an hour AWS has an error of its own; above twelve the shape refuses.
Result<void> check_max_session(const std::optional<std::int32_t>& seconds);
// Grammar, size, and that the users and roles it names exist. It is kept by trust_to_keep
// (iam/roles/trust.h).
Result<void> check_trust_policy(const ReadCall& call, const std::string& document);

// A role as GetRole shows it.
struct ShownRole {
  AccountId account;
  Role role;
  std::vector<Tag> tags;
};
ShownRole show(const ReadCall& call, Role role);

void render_role(XmlElement element, AccountId account, const Role& role);  // what CreateRole answers
void render_role_settings(XmlElement element, const Role& role);            // Description, MaxSessionDuration
void render_last_used(XmlElement element, const Role& role);                // RoleLastUsed, empty when never
void render_whole_role(XmlElement element, const ShownRole& role);

}  // namespace keyfob
