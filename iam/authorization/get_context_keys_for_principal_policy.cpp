#include <algorithm>
#include <iterator>

#include "iam/authorization/simulation.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::get_context_keys_for_principal_policy {

struct Input {
  std::string policy_source_arn;
  std::vector<std::string> policies;
};

Result<std::vector<std::string>> handle(const ReadCall& call, const Input& in) {
  TRY(PolicySource source, find_policy_source(call, in.policy_source_arn));
  TRY(auto more, read_policies(in.policies, "PolicyInputList"));
  std::ranges::move(more, std::back_inserter(source.policies.identity));
  return context_keys_of(source.policies.identity);
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_source_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_source_arn>("PolicySourceArn", shape::kArn),
    optional<&Input::policies>("PolicyInputList", shape::kSimulationPolicyList),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput};

extern constexpr Operation operation = define<&handle, &resource, &render_context_keys>({
    .name = "GetContextKeysForPrincipalPolicy",
    .input = input,
    .errors = errors,
    .source = "authorization.md#simulator",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::get_context_keys_for_principal_policy
