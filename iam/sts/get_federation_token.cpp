#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/sts/session_policies.h"
#include "iam/sts/sessions.h"

namespace keyfob::get_federation_token {

struct Input {
  std::string name;
  std::optional<std::string> policy;
  std::vector<std::string> policy_arns;
  std::optional<std::int32_t> duration_seconds;
  std::vector<Tag> tags;
};

struct Output {
  Session session;
  std::optional<int> packed_policy_size;
};

Result<Output> handle(Call& call, const Input& in) {
  if (call.caller.session) return errors::no_session_from_session("GetFederationToken");
  CHECK_OK(check_session_tags(in.tags));
  TRY(const auto policies, read_session_policies(call.tx, in.policy, in.policy_arns));
  TRY(const auto packed_size, packed_policy_size(policies, in.tags));
  Output out{.session = open_session(call.tx, call.world.entropy, call.now,
                                     {.kind = SessionKind::federated,
                                      .principal_id = call.caller.user_id(),
                                      .name = in.name,
                                      .lasts = token_lasts(call.caller, in.duration_seconds)}),
             .packed_policy_size = packed_size};
  keep_session_details(call.tx, out.session, policies, in.tags);
  return out;
}

void render(XmlElement result, const Output& out) {
  render_credentials(result, out.session);
  auto user = result.add("FederatedUser");
  user.add("FederatedUserId", out.session.account.str() + ":" + out.session.name);
  user.add("Arn", federated_user_arn(out.session.account, out.session.name));
  render_packed_policy_size(result, out.packed_policy_size);
}

std::string resource(const ReadCall& call, const Input& in) {
  return federated_user_arn(call.account(), in.name);
}

constexpr MemberSpec input[] = {
    required<&Input::name>("Name", shape::kStsUserName),
    optional<&Input::policy>("Policy", shape::kSessionPolicyDocument),
    optional<&Input::policy_arns>("PolicyArns", shape::kPolicyDescriptorList),
    optional<&Input::duration_seconds>("DurationSeconds", shape::kDurationSeconds),
    optional<&Input::tags>("Tags", shape::kTagList),
};

constexpr ErrorKind errors[] = {kind::kMalformedPolicyDocument, kind::kPackedPolicyTooLarge,
                                kind::kRegionDisabled};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetFederationToken",
    .service = ServiceName::sts,
    .input = input,
    .errors = errors,
    .source = "sts.md#getfederationtoken",
    .evidence = Evidence::documented,
    .sessions = Sessions::all,  // refuses them itself
    .tagging = "TagSession",
});

}  // namespace keyfob::get_federation_token
