// Sessions in the state document.
#include "iam/state/forms.h"
#include "iam/state/section.h"
#include "iam/tags/tag_state.h"

namespace keyfob {
namespace session_state {

constexpr std::string_view kIdPrefix = "ASIA";
constexpr const char* kKinds[] = {"session", "role", "federated", "console"};  // SessionKind

// One of the two.
struct PolicyState {
  std::optional<std::string> policy_arn;
  std::optional<std::string> document;
};
constexpr JsonMember kPolicyMembers[] = {
    optional<&PolicyState::policy_arn>("policyArn", "A managed policy."),
    optional<&PolicyState::document, PolicyText<policy::DocumentKind::session>>("policyDocument",
                                                                                "What it says itself."),
};
constexpr JsonKind kPolicy{
    .name = "sessionPolicy",
    .members = kPolicyMembers,
    .rules = R"({"oneOf": [{"required": ["policyArn"]}, {"required": ["policyDocument"]}]})"};

struct SessionState {
  std::string access_key_id;
  SessionKind kind = SessionKind::session_token;
  std::string principal_id;
  Secret secret;
  Secret token;
  std::optional<Instant> issued;
  std::optional<Instant> expires;
  std::optional<Instant> mfa_at;
  std::string name;
  std::optional<std::string> source_identity;
  std::vector<std::string> transitive_tag_keys;
  std::vector<Tag> tags;
  std::vector<PolicyState> policies;
};
constexpr JsonMember kMembers[] = {
    required<&SessionState::access_key_id, IdOf<shape::kAccessKeyId, kIdPrefix>>("accessKeyId",
                                                                                 "Its access key's id."),
    optional<&SessionState::kind, OneOf<SessionKind, kKinds>>(
        "kind", "How it was got: by GetSessionToken, AssumeRole, GetFederationToken or on the sign-in page."),
    required<&SessionState::principal_id>("principalId",
                                          "The id of its user or role; the account's number for root."),
    required<&SessionState::secret>("secretAccessKey", "Its access key's secret."),
    required<&SessionState::token>("sessionToken", "Its token."),
    optional<&SessionState::issued>("issued", "When it was got.", "now"),
    optional<&SessionState::expires>("expiration", "When it ends.", "now"),
    optional<&SessionState::mfa_at>("mfaAt", "When its code was checked.", "it has no MFA"),
    sparse<&SessionState::name>("name", "Of a role's session or a federated user."),
    optional<&SessionState::source_identity>("sourceIdentity", "What AssumeRole was told."),
    sparse<&SessionState::transitive_tag_keys>("transitiveTagKeys",
                                               "Keys of tags that a role assumed from it inherits."),
    sparse_tags_member<&SessionState::tags>(),
    sparse<&SessionState::policies>("policies", "What restricts it."),
};
constexpr JsonKind kKind{.name = "session", .members = kMembers};

}  // namespace session_state

template <>
const JsonKind& json_kind<session_state::PolicyState>() {
  return session_state::kPolicy;
}
template <>
const JsonKind& json_kind<session_state::SessionState>() {
  return session_state::kKind;
}

namespace session_state {

std::vector<PolicyState> gather_policies(ReadTx& tx, const std::string& access_key_id) {
  std::vector<PolicyState> policies;
  for (const auto& policy : tx.session_policies(access_key_id)) {
    if (policy.policy_arn.empty()) {
      policies.push_back({.policy_arn = {}, .document = policy.document});
    } else {
      policies.push_back({.policy_arn = policy.policy_arn, .document = {}});
    }
  }
  return policies;
}

void gather(ReadTx& tx, const Found<SessionState>& found) {
  for (const auto& session : tx.sessions()) {
    found({.access_key_id = session.access_key_id,
           .kind = session.kind,
           .principal_id = session.principal_id,
           .secret = session.secret,
           .token = session.token,
           .issued = session.issued,
           .expires = session.expires,
           .mfa_at = session.mfa_at,
           .name = session.name,
           .source_identity = session.source_identity,
           .transitive_tag_keys = session.transitive_tag_keys,
           .tags = tx.tags(tagged_session(session.access_key_id)),
           .policies = gather_policies(tx, session.access_key_id)});
  }
}

SessionPolicy stored(const PolicyState& state, const Place& place) {
  if (state.policy_arn && state.document) place["policyDocument"].fail("is not known here");
  if (!state.policy_arn && !state.document) place["policyDocument"].fail("is required");
  return {.policy_arn = state.policy_arn.value_or(""), .document = state.document.value_or("")};
}

void store(const Importing& importing, const SessionState& state, const Place& place) {
  auto& tx = importing.tx;
  if (tx.session(state.access_key_id)) place["accessKeyId"].fail("is known already");
  tx.add(Session{.access_key_id = state.access_key_id,
                 .account = tx.account_id(),
                 .kind = state.kind,
                 .principal_id = state.principal_id,
                 .name = state.name,
                 .secret = state.secret,
                 .token = state.token,
                 .issued = state.issued.value_or(importing.now),
                 .expires = state.expires.value_or(importing.now),
                 .mfa_at = state.mfa_at,
                 .source_identity = state.source_identity,
                 .transitive_tag_keys = state.transitive_tag_keys});
  store_tags(tx, tagged_session(state.access_key_id), state.tags, place);
  std::vector<SessionPolicy> policies;
  for (std::size_t i = 0; i < state.policies.size(); ++i)
    policies.push_back(stored(state.policies[i], place["policies"][i]));
  tx.add(state.access_key_id, policies);
}

}  // namespace session_state

constexpr StateSection sessions_state =
    state_list<session_state::gather, session_state::store>("sessions", "Temporary credentials.");

}  // namespace keyfob
