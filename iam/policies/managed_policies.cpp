#include "iam/policies/managed_policies.h"

#include <charconv>

#include "iam/call/errors.h"
#include "iam/call/names.h"
#include "iam/policies/aws_policies.h"
#include "iam/policies/policy_text.h"

namespace keyfob {
namespace {

FoundPolicy found_of_aws(const AwsPolicy& policy) {
  const auto created = *from_iso8601(policy.created);
  return {.arn = policy.arn(),
          .policy = {.policy_id = std::string(policy.policy_id),
                     .name = std::string(policy.name),
                     .path = "/",
                     .description = std::string(policy.description),
                     .created = created,
                     .updated = created}};
}

// The account's own policy of that very ARN.
std::optional<ManagedPolicy> own_policy(ReadTx& tx, std::string_view arn) {
  const auto parts = parse_iam_arn(arn);
  if (!parts || parts->type != "policy" || parts->account != tx.account_id().str()) return std::nullopt;
  auto policy = tx.managed_policy(parts->name);
  if (policy && policy_arn(tx.account_id(), *policy) != arn) return std::nullopt;  // ARNs mind case and path
  return policy;
}

bool exists(ReadTx& tx, std::string_view arn) {
  return find_aws_policy(arn) != nullptr || own_policy(tx, arn);
}

}  // namespace

Result<void> check_policy_arn(const std::string& arn) {
  const auto parts = parse_iam_arn(arn);
  const bool is_one =
      parts && parts->type == "policy" && (parts->account == "aws" || AccountId::parse(parts->account));
  if (!is_one) return errors::invalid_policy_arn(arn);
  return {};
}

Result<FoundPolicy> find_policy(const ReadCall& call, const std::string& arn) {
  CHECK_OK(check_policy_arn(arn));
  if (const auto* of_aws = find_aws_policy(arn)) return found_of_aws(*of_aws);
  auto policy = own_policy(call.tx, arn);
  if (!policy) return errors::no_such_policy(arn);
  return FoundPolicy{.arn = arn, .policy = std::move(*policy)};
}

Result<ManagedPolicy> find_own_policy(const ReadCall& call, const std::string& arn) {
  TRY(FoundPolicy found, find_policy(call, arn));
  if (find_aws_policy(arn) != nullptr) return errors::aws_policy_unmodifiable();
  return std::move(found.policy);
}

Result<void> check_attachable(const ReadCall& call, const std::string& arn) {
  CHECK_OK(check_policy_arn(arn));
  if (!exists(call.tx, arn)) return errors::policy_not_attachable(arn);
  return {};
}

Result<void> check_boundary(const ReadCall& call, const std::optional<std::string>& arn) {
  if (!arn) return {};
  CHECK_OK(check_policy_arn(*arn));
  if (!exists(call.tx, *arn)) return errors::no_such_boundary(*arn);
  return {};
}

Result<PolicyVersion> find_version(const ReadCall& call, const FoundPolicy& found,
                                   const std::string& version) {
  const auto number = version_number(version);
  if (const auto* of_aws = find_aws_policy(found.arn); of_aws != nullptr && number == 1) {
    return PolicyVersion{
        .number = 1, .document = std::string(of_aws->document), .created = found.policy.created};
  }
  auto stored = number ? call.tx.policy_version(found.policy.policy_id, *number) : std::nullopt;
  if (!stored) return errors::no_such_policy_version(found.arn, version);
  return std::move(*stored);
}

std::optional<std::string> default_document(ReadTx& tx, std::string_view arn) {
  if (const auto* of_aws = find_aws_policy(arn)) return std::string(of_aws->document);
  const auto policy = own_policy(tx, arn);
  if (!policy) return std::nullopt;
  auto version = tx.policy_version(policy->policy_id, policy->default_version);
  if (!version) return std::nullopt;
  return std::move(version->document);
}

std::string version_id(std::int64_t number) { return std::string("v").append(std::to_string(number)); }

std::optional<std::int64_t> version_number(std::string_view version_id) {
  if (!version_id.starts_with('v')) return std::nullopt;
  version_id.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(version_id.data(), version_id.data() + version_id.size(), number);
  if (error != std::errc{} || end != version_id.data() + version_id.size()) return std::nullopt;
  return number;
}

ShownPolicy show(const ReadCall& call, FoundPolicy found) {
  const auto attachments = call.tx.count_attachments_of(found.arn);
  const auto boundary_uses = call.tx.count_boundary_uses(found.arn);
  return {.found = std::move(found), .attachments = attachments, .boundary_uses = boundary_uses};
}

// The order of elements is the model's: a guess, as no answer is recorded.
void render_policy(XmlElement element, const ShownPolicy& shown) {
  const auto& policy = shown.found.policy;
  element.add("PolicyName", policy.name);
  element.add("PolicyId", policy.policy_id);
  element.add("Arn", shown.found.arn);
  element.add("Path", policy.path);
  element.add("DefaultVersionId", version_id(policy.default_version));
  element.add("AttachmentCount", shown.attachments);
  element.add("PermissionsBoundaryUsageCount", shown.boundary_uses);
  element.add("IsAttachable", true);
}

void render_policy_dates(XmlElement element, const ManagedPolicy& policy) {
  element.add("CreateDate", policy.created);
  element.add("UpdateDate", policy.updated);
}

void render_version(XmlElement element, const PolicyVersion& version, bool is_default, bool with_document) {
  if (with_document) add_document(element, "Document", version.document);
  element.add("VersionId", version_id(version.number));
  element.add("IsDefaultVersion", is_default);
  element.add("CreateDate", version.created);
}

}  // namespace keyfob
