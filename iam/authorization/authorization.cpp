#include "iam/authorization/authorization.h"

#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/policies/managed_policies.h"

namespace keyfob {
namespace {

using policy::Context;
using policy::DocumentKind;
using policy::NamedDocument;

// What can't be had, a deleted policy or a text that doesn't compile, stays as a document that allows
// nothing: that there are session policies and boundaries restricts, whatever they say.
void add_document(const ReadCall& call, std::vector<NamedDocument>& documents, std::string arn,
                  std::string name, std::string_view text, DocumentKind kind) {
  auto document = call.world.documents.get(text, kind);
  documents.push_back(
      {std::move(arn), std::move(name), document ? std::move(document) : policy::empty_document()});
}

void add_managed(const ReadCall& call, std::vector<NamedDocument>& documents, const std::string& arn,
                 DocumentKind kind) {
  add_document(call, documents, arn, "", default_document(call.tx, arn).value_or(""), kind);
}

void add_entity(const ReadCall& call, std::vector<NamedDocument>& documents, const std::string& entity_id) {
  for (auto& inside : call.tx.inline_policies(entity_id)) {
    add_document(call, documents, "", std::move(inside.name), inside.document, DocumentKind::identity);
  }
  for (const auto& attachment : call.tx.attachments_to(entity_id)) {
    add_managed(call, documents, attachment.policy_arn, DocumentKind::identity);
  }
}

std::vector<NamedDocument> session_documents(const ReadCall& call, const Session& session) {
  std::vector<NamedDocument> documents;
  for (const auto& policy : call.tx.session_policies(session.access_key_id)) {
    if (policy.policy_arn.empty()) {
      add_document(call, documents, "", "", policy.document, DocumentKind::session);
    } else {
      add_managed(call, documents, policy.policy_arn, DocumentKind::identity);
    }
  }
  return documents;
}

void set_tags(Context& context, const std::string& prefix, const std::vector<Tag>& tags) {
  for (const auto& tag : tags) context.set(prefix + tag.key, tag.value);
}

// The tags of the caller, those of its session over them.
void describe_principal_tags(const ReadCall& call, Context& context) {
  const auto& caller = call.caller;
  if (caller.user) set_tags(context, "aws:PrincipalTag/", call.tx.tags(tagged_user(caller.user->user_id)));
  if (caller.role) set_tags(context, "aws:PrincipalTag/", call.tx.tags(tagged_role(caller.role->role_id)));
  if (caller.session) {
    set_tags(context, "aws:PrincipalTag/", call.tx.tags(tagged_session(caller.session->access_key_id)));
  }
}

// The keys of aws/authorization.md#condition-keys: absent for long-term keys, present for every temporary
// credential.
void describe_session(const Session& session, Instant now, Context& context) {
  context.set("aws:MultiFactorAuthPresent", session.mfa_at.has_value());
  if (session.mfa_at) {
    const auto age = std::chrono::floor<std::chrono::seconds>(now - *session.mfa_at);
    context.set("aws:MultiFactorAuthAge", std::int64_t{age.count()});
  }
  context.set("aws:TokenIssueTime", session.issued);
  if (session.source_identity) context.set("aws:SourceIdentity", *session.source_identity);
}

std::string_view principal_type(CallerKind kind) {
  switch (kind) {
    case CallerKind::root:
      return "Account";
    case CallerKind::user:
      return "User";
    case CallerKind::role:
      return "AssumedRole";
    case CallerKind::federated_user:
      return "FederatedUser";
  }
  return {};
}

// What the ARN names, if keyfob has it: its tags and boundary.
void describe_resource(const ReadCall& call, std::string_view arn, Context& context) {
  context.set("aws:ResourceAccount", call.account().str());
  const auto parts = parse_iam_arn(arn);
  if (!parts || parts->account != call.account().str()) return;
  std::optional<Tagged> tagged;
  std::optional<std::string> boundary;
  if (const auto user = user_of_arn(call.tx, *parts)) {
    tagged = tagged_user(user->user_id);
    boundary = user->boundary;
  } else if (const auto role = role_of_arn(call.tx, *parts)) {
    tagged = tagged_role(role->role_id);
    boundary = role->boundary;
  } else if (parts->type == "policy") {
    const auto policy = call.tx.managed_policy(parts->name);
    if (policy && policy_arn(call.account(), *policy) == arn) tagged = tagged_policy(policy->policy_id);
  } else if (parts->type == "mfa") {
    tagged = tagged_device(arn);
  }
  if (boundary) context.set("iam:PermissionsBoundary", *boundary);
  if (!tagged) return;
  const auto tags = call.tx.tags(*tagged);
  set_tags(context, "aws:ResourceTag/", tags);
  set_tags(context, "iam:ResourceTag/", tags);
}

Result<void> ask(const policy::PolicySet& policies, const CallingPrincipal& principal, const Context& context,
                 std::string_view action, std::string_view resource, bool silence_allows) {
  const auto decision = policy::evaluate(
      policies, {.action = action, .resource = resource, .principal = principal.view(), .context = context});
  if (decision.allowed()) return {};
  if (silence_allows && decision.effect == policy::Effect::implicit_deny) return {};
  return AwsError{kind::kAccessDenied, policy::denied_message(principal.arn, action, resource, decision)};
}

bool asks_policies(const ReadCall& call) {
  return call.world.enforces_policies && call.caller.kind != CallerKind::root;
}

std::string action_name(ServiceName service, std::string_view name) {
  return (service == ServiceName::iam ? "iam:" : "sts:") + std::string(name);
}

}  // namespace

void describe_tags(Context& context, std::span<const Tag> tags) {
  std::vector<std::string> keys;
  for (const auto& tag : tags) {
    context.set("aws:RequestTag/" + tag.key, tag.value);
    keys.push_back(tag.key);
  }
  context.set_list("aws:TagKeys", keys);
}

void describe_text(Context& context, std::string_view key, const std::optional<std::string>& value) {
  if (value) context.set(key, *value);
}

CallingPrincipal principal_of(const Caller& caller) {
  constexpr policy::PrincipalKind kKinds[] = {policy::PrincipalKind::root, policy::PrincipalKind::user,
                                              policy::PrincipalKind::assumed_role,
                                              policy::PrincipalKind::federated_user};
  return {.arn = caller.arn(),
          .account = caller.account.str(),
          .role_arn = caller.role ? role_arn(caller.account, *caller.role) : std::string(),
          .id = caller.user   ? caller.user->user_id
                : caller.role ? caller.role->role_id
                              : std::string(),
          .kind = kKinds[int(caller.kind)]};
}

std::vector<NamedDocument> policies_of_entity(const ReadCall& call, const std::string& entity_id) {
  std::vector<NamedDocument> documents;
  add_entity(call, documents, entity_id);
  return documents;
}

std::vector<NamedDocument> policies_of_user(const ReadCall& call, const std::string& user_id) {
  auto documents = policies_of_entity(call, user_id);
  for (const auto& group : call.tx.groups_of(user_id)) add_entity(call, documents, group.group_id);
  return documents;
}

std::optional<NamedDocument> boundary_document(const ReadCall& call, const std::optional<std::string>& arn) {
  if (!arn) return std::nullopt;
  std::vector<NamedDocument> found;
  add_managed(call, found, *arn, DocumentKind::identity);
  return std::move(found.front());
}

policy::PolicySet policies_of(const ReadCall& call) {
  const auto& caller = call.caller;
  policy::PolicySet policies;
  if (caller.user) {
    policies.identity = policies_of_user(call, caller.user->user_id);
    policies.boundary = boundary_document(call, caller.user->boundary);
  }
  if (caller.role) {
    policies.identity = policies_of_entity(call, caller.role->role_id);
    policies.boundary = boundary_document(call, caller.role->boundary);
  }
  if (caller.session) policies.session = session_documents(call, *caller.session);
  return policies;
}

Context context_of(const ReadCall& call) {
  const auto& caller = call.caller;
  Context context;
  context.set("aws:CurrentTime", call.now);
  context.set("aws:EpochTime",
              std::int64_t{std::chrono::floor<std::chrono::seconds>(call.now).time_since_epoch().count()});
  context.set("aws:SourceIp", call.circumstances.source_ip);
  context.set("aws:UserAgent", call.circumstances.user_agent);
  context.set("aws:SecureTransport", call.circumstances.secure);
  context.set("aws:RequestedRegion",
              call.circumstances.region.empty() ? "us-east-1" : call.circumstances.region);
  context.set("aws:PrincipalAccount", caller.account.str());
  context.set("aws:PrincipalType", principal_type(caller.kind));
  // A role's session is its role here, not the session (AWS's reference of global keys).
  context.set("aws:PrincipalArn", caller.role ? role_arn(caller.account, *caller.role) : caller.arn());
  context.set("aws:userid", caller.user_id());
  if (caller.user) context.set("aws:username", caller.user->name);
  if (caller.session) describe_session(*caller.session, call.now, context);
  describe_principal_tags(call, context);
  return context;
}

Result<void> authorize(const ReadCall& call, const Operation& operation, const Invocation& invocation) {
  const bool asks = operation.permission == Permission::allow || operation.permission == Permission::no_deny;
  if (!asks || !asks_policies(call)) return {};

  const auto principal = principal_of(call.caller);
  const auto policies = policies_of(call);
  const auto resource = invocation.resource(call);
  auto context = context_of(call);
  describe_resource(call, resource, context);
  invocation.describe(context);

  CHECK_OK(ask(policies, principal, context, action_name(operation.service, operation.name), resource,
               operation.permission == Permission::no_deny));
  if (operation.tagging.empty() || !invocation.has_tags()) return {};
  return ask(policies, principal, context, action_name(operation.service, operation.tagging), resource,
             false);
}

Result<void> authorize_also(const ReadCall& call, std::string_view action, const std::string& resource) {
  if (!asks_policies(call)) return {};
  auto context = context_of(call);
  describe_resource(call, resource, context);
  return ask(policies_of(call), principal_of(call.caller), context, action, resource, false);
}

}  // namespace keyfob
