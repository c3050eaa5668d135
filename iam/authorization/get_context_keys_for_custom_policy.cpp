#include "iam/authorization/simulation.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::get_context_keys_for_custom_policy {

struct Input {
  std::vector<std::string> policies;
};

Result<std::vector<std::string>> handle(const ReadCall&, const Input& in) {
  TRY(const auto policies, read_policies(in.policies, "PolicyInputList"));
  return context_keys_of(policies);
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    required<&Input::policies>("PolicyInputList", shape::kSimulationPolicyList),
};

constexpr ErrorKind errors[] = {kind::kInvalidInput};

extern constexpr Operation operation = define<&handle, &resource, &render_context_keys>({
    .name = "GetContextKeysForCustomPolicy",
    .input = input,
    .errors = errors,
    .source = "authorization.md#simulator",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::get_context_keys_for_custom_policy
