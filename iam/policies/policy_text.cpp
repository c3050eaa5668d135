#include "iam/policies/policy_text.h"

#include <algorithm>

#include "iam/call/errors.h"
#include "iam/call/limits.h"
#include "protocol/text.h"

namespace keyfob {

Result<void> check_permissions(std::string_view document) {
  CHECK_OK(policy::compile(document, policy::DocumentKind::identity));
  return {};
}

Result<void> check_managed_document(std::string_view document) {
  CHECK_OK(check_permissions(document));
  if (policy_size(document) > kPolicySizeQuota) return errors::policy_too_large(kPolicySizeQuota);
  return {};
}

std::int64_t policy_size(std::string_view document) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  return std::int64_t(characters(document)) - std::ranges::count_if(document, is_space);
}

void add_document(XmlElement element, const char* name, std::string_view document) {
  element.add(name, percent_encode(document));
}

}  // namespace keyfob
