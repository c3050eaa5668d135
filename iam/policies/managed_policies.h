// Managed policies by their ARN: the account's own, and those of AWS that keyfob knows
// (iam/policies/aws_policies.h).
//
// Behaviour is that of AWS's API reference, texts are as users report them
// (aws/policies.md#managed-policies).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "iam/call/call.h"
#include "protocol/error.h"
#include "protocol/xml.h"

namespace keyfob {

// A policy that can be attached: whose it is makes no difference to who reads it.
struct FoundPolicy {
  std::string arn;
  ManagedPolicy policy;
};

// InvalidInput for what is no ARN of a policy.
Result<void> check_policy_arn(const std::string& arn);
// That as well, and NoSuchEntity for one that isn't there.
Result<FoundPolicy> find_policy(const ReadCall& call, const std::string& arn);
// To change it: AWS's own are refused.
Result<ManagedPolicy> find_own_policy(const ReadCall& call, const std::string& arn);
// To attach it; the error says so.
Result<void> check_attachable(const ReadCall& call, const std::string& arn);
// To be a boundary.
Result<void> check_boundary(const ReadCall& call, const std::optional<std::string>& arn);

Result<PolicyVersion> find_version(const ReadCall& call, const FoundPolicy& found,
                                   const std::string& version_id);
// The text that counts: that of the default version. Nothing when the policy is gone.
std::optional<std::string> default_document(ReadTx& tx, std::string_view arn);

std::string version_id(std::int64_t number);  // "v3"
std::optional<std::int64_t> version_number(
    std::string_view version_id);  // nothing for what keyfob never gave

// A policy with the numbers of its uses, as Create, Get and ListPolicies answer; `description` and tags where
// the operation tells them.
struct ShownPolicy {
  FoundPolicy found;
  std::int64_t attachments = 0;
  std::int64_t boundary_uses = 0;
};
ShownPolicy show(const ReadCall& call, FoundPolicy found);
void render_policy(XmlElement element, const ShownPolicy& policy);  // without the end: dates and what follows
void render_policy_dates(XmlElement element, const ManagedPolicy& policy);
// `Document` only where the operation gives it.
void render_version(XmlElement element, const PolicyVersion& version, bool is_default, bool with_document);

}  // namespace keyfob
