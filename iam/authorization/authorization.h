// What policies say of a call (aws/authorization.md), when keyfob runs with --enforce-policies.
#pragma once

#include <string>

#include "iam/call/call.h"
#include "iam/call/operation.h"
#include "iam/policy/evaluate.h"

namespace keyfob {

// AccessDenied in AWS's words unless the caller's policies let it through. Root may do anything.
Result<void> authorize(const ReadCall& call, const Operation& operation, const Invocation& invocation);

// The same for something else that the call does, which its input alone doesn't tell: the new name of a user.
Result<void> authorize_also(const ReadCall& call, std::string_view action, const std::string& resource);

// The same for a handler that asks for itself: the caller's policies, who it is to a trust policy, and the
// keys of aws/authorization.md#condition-keys. The views in the principal live as long as `CallingPrincipal`.
struct CallingPrincipal {
  std::string arn;
  std::string account;
  std::string role_arn;
  std::string id;
  policy::PrincipalKind kind;

  policy::Principal view() const {
    return {.kind = kind, .arn = arn, .account = account, .role_arn = role_arn, .id = id};
  }
};
CallingPrincipal principal_of(const Caller& caller);
policy::PolicySet policies_of(const ReadCall& call);
policy::Context context_of(const ReadCall& call);

// All policies of a user, a role or a group: inline, attached, and a user's by way of groups.
std::vector<policy::NamedDocument> policies_of_user(const ReadCall& call, const std::string& user_id);
std::vector<policy::NamedDocument> policies_of_entity(const ReadCall& call, const std::string& entity_id);
std::optional<policy::NamedDocument> boundary_document(const ReadCall& call,
                                                       const std::optional<std::string>& arn);

}  // namespace keyfob
