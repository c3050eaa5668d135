#include <algorithm>
#include <iterator>

#include "iam/authorization/simulation.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::simulate_principal_policy {

constexpr std::string_view kName = "SimulatePrincipalPolicy";

struct Input {
  std::string policy_source_arn;
  std::vector<std::string> policies;
  std::vector<std::string> permissions_boundary_policies;
  std::vector<std::string> action_names;
  std::vector<std::string> resource_arns;
  std::vector<ContextEntry> context_entries;
  std::optional<std::int32_t> max_items;
  std::optional<std::string> marker;
};

// The entity's own policies and those of the request together; a boundary in the request stands for its own.
Result<List<Simulated>> handle(const ReadCall& call, const Input& in) {
  TRY(PolicySource source, find_policy_source(call, in.policy_source_arn));
  TRY(auto more, read_policies(in.policies, "PolicyInputList"));
  TRY(auto boundaries, read_policies(in.permissions_boundary_policies, "PermissionsBoundaryPolicyInputList"));
  std::ranges::move(more, std::back_inserter(source.policies.identity));
  if (!boundaries.empty()) source.policies.boundary = std::move(boundaries.front());
  return simulate(source.policies, source.context, {in.action_names, in.resource_arns, in.context_entries},
                  {kName, in.marker, in.max_items});
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_source_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_source_arn>("PolicySourceArn", shape::kArn),
    optional<&Input::policies>("PolicyInputList", shape::kSimulationPolicyList),
    optional<&Input::permissions_boundary_policies>("PermissionsBoundaryPolicyInputList",
                                                    shape::kSimulationPolicyList),
    required<&Input::action_names>("ActionNames", shape::kActionNameList),
    optional<&Input::resource_arns>("ResourceArns", shape::kResourceNameList),
    optional<&Input::context_entries>("ContextEntries", shape::kContextEntryList),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
    optional<&Input::marker>("Marker", shape::kMarker),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kPolicyEvaluation};

extern constexpr Operation operation = define<&handle, &resource, &render_simulation>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "authorization.md",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::simulate_principal_policy
