// AssumeRole (aws/sts.md#assumerole): the one call that reaches into another account, and that two sides must
// allow.

#include <algorithm>

#include "iam/authorization/authorization.h"
#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/devices/mfa_verification.h"
#include "iam/sts/session_policies.h"
#include "iam/sts/sessions.h"
#include "protocol/http.h"

namespace keyfob::assume_role {

struct Input {
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

constexpr std::int64_t kDefaultDuration = 3600;
constexpr std::int64_t kChainedMost = 3600;

struct RoleName {
  AccountId account;
  std::string_view path;
  std::string_view name;
};

Result<RoleName> parse_role_arn(const std::string& arn) {
  const auto parts = parse_iam_arn(arn);
  const auto account = parts ? AccountId::parse(parts->account) : std::nullopt;
  if (!account || parts->type != "role") return errors::invalid_arn(arn);
  return RoleName{.account = *account, .path = parts->path, .name = parts->name};
}

// What a refusal by trust policy, another account or a role that isn't there looks like: no reason is given.
AwsError not_authorized(const ReadCall& call, std::string_view action, const std::string& role_arn) {
  return {kind::kAccessDenied,
          policy::denied_message(call.caller.arn(), action, role_arn,
                                 {policy::Effect::implicit_deny, policy::Source::trust})};
}

// Tags that the calling session passes on.
std::vector<Tag> inherited_tags(const ReadCall& call) {
  if (!call.caller.session) return {};
  const auto& session = *call.caller.session;
  auto tags = call.tx.tags(tagged_session(session.access_key_id));
  std::erase_if(tags, [&](const Tag& tag) {
    return std::ranges::none_of(session.transitive_tag_keys,
                                [&](const auto& key) { return iequals(key, tag.key); });
  });
  return tags;
}

// The session's tags: the request's and those inherited, which the request can't replace. The texts are AWS's
// reference in other words: guesses.
Result<std::vector<Tag>> session_tags(const ReadCall& call, const Input& in) {
  CHECK_OK(check_session_tags(in.tags));
  const auto has = [](const std::vector<Tag>& tags, const std::string& key) {
    return std::ranges::any_of(tags, [&](const Tag& tag) { return iequals(tag.key, key); });
  };
  auto tags = inherited_tags(call);
  for (const auto& tag : in.tags) {
    if (has(tags, tag.key)) {
      return AwsError{kind::kInvalidParameterValue,
                      "One of the specified transitive tag keys can't be set because it conflicts with a "
                      "transitive tag key from the calling session."};
    }
  }
  for (const auto& key : in.transitive_tag_keys) {
    if (!has(in.tags, key)) {
      return AwsError{kind::kInvalidParameterValue,
                      "The specified transitive tag key must be included in the requested tags."};
    }
  }
  tags.insert(tags.end(), in.tags.begin(), in.tags.end());
  return tags;
}

std::vector<std::string> transitive_keys(const ReadCall& call, const Input& in) {
  auto keys = in.transitive_tag_keys;
  if (const auto& session = call.caller.session)
    keys.insert(keys.end(), session->transitive_tag_keys.begin(), session->transitive_tag_keys.end());
  return keys;
}

// What trust policies ask beside the keys of every call. A code in this call counts here, and here alone
// (aws/authorization.md#condition-keys).
policy::Context trust_context(const ReadCall& call, const Input& in, bool code_was_checked) {
  auto context = context_of(call);
  if (code_was_checked) {
    context.set("aws:MultiFactorAuthPresent", true);
    context.set("aws:MultiFactorAuthAge", std::int64_t{0});
  }
  context.set("sts:RoleSessionName", in.role_session_name);
  describe_text(context, "sts:ExternalId", in.external_id);
  describe_text(context, "sts:SourceIdentity", in.source_identity);
  if (!in.transitive_tag_keys.empty()) context.set_list("sts:TransitiveTagKeys", in.transitive_tag_keys);
  if (!in.tags.empty()) describe_tags(context, in.tags);
  return context;
}

// The trust policy and, where they count, the caller's own; once for each thing that the call does.
Result<void> check_allowed(const ReadCall& call, const Input& in, const Role& role, AccountId role_account,
                           bool code_was_checked) {
  if (!call.world.enforces_policies) return {};
  const auto arn = role_arn(role_account, role);  // as stored, whatever the case of the name sent
  const auto trust = call.world.documents.get(role.trust_policy, policy::DocumentKind::trust);
  if (!trust) return not_authorized(call, "sts:AssumeRole", arn);

  const auto principal = principal_of(call.caller);
  const auto policies = policies_of(call);
  const auto context = trust_context(call, in, code_was_checked);
  const auto ask = [&](std::string_view action) -> Result<void> {
    const auto decision = policy::evaluate_assume_role(
        policies, *trust,
        {.action = action, .resource = arn, .principal = principal.view(), .context = context});
    if (decision.allowed()) return {};
    if (role_account != call.account()) return not_authorized(call, action, arn);
    return AwsError{kind::kAccessDenied, policy::denied_message(principal.arn, action, arn, decision)};
  };
  CHECK_OK(ask("sts:AssumeRole"));
  if (!in.tags.empty()) CHECK_OK(ask("sts:TagSession"));
  if (in.source_identity) CHECK_OK(ask("sts:SetSourceIdentity"));
  return {};
}

// In the order that AWS checks (aws/sts.md#assumerole).
Result<std::chrono::seconds> duration_of(const ReadCall& call, const Input& in, const Role& role) {
  const auto wanted = std::int64_t{in.duration_seconds.value_or(kDefaultDuration)};
  if (wanted > role.max_session_seconds) return errors::longer_than_role_allows();
  if (wanted > kChainedMost && call.caller.is_chained()) return errors::longer_than_chaining_allows();
  return std::chrono::seconds{wanted};
}

// A source identity, once set, stays with the sessions that follow (AWS's reference); what the refusal looks
// like is a guess.
Result<std::optional<std::string>> source_identity_of(const ReadCall& call, const Input& in) {
  const auto inherited = call.caller.session ? call.caller.session->source_identity : std::nullopt;
  if (!inherited || !in.source_identity || inherited == in.source_identity)
    return inherited ? inherited : in.source_identity;
  return not_authorized(call, "sts:SetSourceIdentity", in.role_arn);
}

// A session that was issued for a code passes the flag on to a role, once; a code given here does not
// (aws/authorization.md#condition-keys; that a console's session is like GetSessionToken's is a guess).
std::optional<Instant> inherited_mfa(const ReadCall& call, Instant now_there) {
  const auto& session = call.caller.session;
  if (!session || !session->mfa_at || call.caller.is_chained()) return std::nullopt;
  return now_there - (call.now - *session->mfa_at);  // as long ago by the clock of the role's account
}

Result<AssumedRole> handle(Call& call, const Input& in) {
  if (call.caller.kind == CallerKind::root) return errors::root_assumes_no_role();
  TRY(const RoleName named, parse_role_arn(in.role_arn));
  TRY(const auto tags, session_tags(call, in));
  const MfaClaim claim{.serial_number = in.serial_number, .token_code = in.token_code};
  if (claim.is_made()) CHECK_OK(verify_mfa(call, claim));

  auto there = call.tx.of(named.account);
  const auto role = there.role(named.name);
  if (!role || role->path != named.path) return not_authorized(call, "sts:AssumeRole", in.role_arn);
  CHECK_OK(check_allowed(call, in, *role, named.account, claim.is_made()));

  TRY(const auto lasts, duration_of(call, in, *role));
  TRY(auto source_identity, source_identity_of(call, in));
  TRY(const auto policies, read_session_policies(there, in.policy, in.policy_arns));
  TRY(const auto packed_size, packed_policy_size(policies, in.tags));
  const auto now_there = call.world.clocks.now(named.account);
  auto session = open_session(there, call.world.entropy, now_there,
                              {.kind = SessionKind::assumed_role,
                               .principal_id = role->role_id,
                               .name = in.role_session_name,
                               .lasts = lasts,
                               .mfa_at = inherited_mfa(call, now_there),
                               .source_identity = std::move(source_identity),
                               .transitive_tag_keys = transitive_keys(call, in)});
  keep_session_details(there, session, policies, tags);
  return AssumedRole{.session = std::move(session), .role = *role, .packed_policy_size = packed_size};
}

void render(XmlElement result, const AssumedRole& out) {
  auto user = result.add("AssumedRoleUser");
  user.add("AssumedRoleId", out.role.role_id + ":" + out.session.name);
  user.add("Arn", assumed_role_arn(out.session.account, out.role.name, out.session.name));
  render_credentials(result, out.session);
  if (out.session.source_identity) result.add("SourceIdentity", *out.session.source_identity);
  render_packed_policy_size(result, out.packed_policy_size);
}

std::string resource(const ReadCall&, const Input& in) { return in.role_arn; }

constexpr MemberSpec input[] = {
    required<&Input::role_arn>("RoleArn", shape::kStsArn),
    required<&Input::role_session_name>("RoleSessionName", shape::kRoleSessionName),
    optional<&Input::policy_arns>("PolicyArns", shape::kPolicyDescriptorList),
    optional<&Input::policy>("Policy", shape::kUnrestrictedSessionPolicyDocument),
    optional<&Input::duration_seconds>("DurationSeconds", shape::kRoleDurationSeconds),
    optional<&Input::tags>("Tags", shape::kTagList),
    optional<&Input::transitive_tag_keys>("TransitiveTagKeys", shape::kTagKeyList),
    optional<&Input::external_id>("ExternalId", shape::kExternalId),
    optional<&Input::serial_number>("SerialNumber", shape::kStsSerialNumber),
    optional<&Input::token_code>("TokenCode", shape::kTokenCode),
    optional<&Input::source_identity>("SourceIdentity", shape::kSourceIdentity),
};

constexpr ErrorKind errors[] = {kind::kMalformedPolicyDocument, kind::kPackedPolicyTooLarge,
                                kind::kRegionDisabled};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "AssumeRole",
    .service = ServiceName::sts,
    .input = input,
    .errors = errors,
    .source = "sts.md#assumerole, sts.md#mfa-errors, codes.md#codes-for-sts, authorization.md#condition-keys",
    .permission = Permission::handled,
    .sessions = Sessions::not_federated,
});

}  // namespace keyfob::assume_role
