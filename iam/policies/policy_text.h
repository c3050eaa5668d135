// Policy documents as the operations take and give them: checked when they come, percent-encoded when they
// go.
#pragma once

#include <string>
#include <string_view>

#include "iam/policy/document.h"
#include "protocol/error.h"
#include "protocol/xml.h"

namespace keyfob {

// MalformedPolicyDocument in AWS's words, or nothing (aws/policies.md#policy-documents).
Result<void> check_permissions(std::string_view document);
// The same for a managed policy, its size included.
Result<void> check_managed_document(std::string_view document);
// Characters without white space: what quotas count (aws/policies.md#policy-quotas).
std::int64_t policy_size(std::string_view document);
// Percent-encoded as AWS answers with it (aws/policies.md#inline-policies).
void add_document(XmlElement element, const char* name, std::string_view document);

}  // namespace keyfob
