#include <algorithm>
#include <iterator>

#include "iam/aws_policies.h"
#include "iam/lookup.h"
#include "iam/managed_policies.h"
#include "iam/marker.h"
#include "iam/names.h"
#include "iam/operation.h"

namespace keyfob::list_policies {

constexpr std::string_view kName = "ListPolicies";

struct Input {
  std::optional<std::string> scope;
  std::optional<bool> only_attached;
  std::optional<std::string> path_prefix;
  std::optional<std::string> policy_usage_filter;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  std::vector<ShownPolicy> policies;
  std::optional<std::string> next_marker;
};

// AWS's own, which are few, come before the account's first page.
void list_of_aws(Call& call, std::string_view path_prefix, std::vector<ShownPolicy>& into) {
  if (!path_prefix.empty() && path_prefix != "/") return;
  for (const auto& policy : aws_policies()) {
    auto found = find_policy(call, std::string(AwsPolicy::kArnBeginning) + std::string(policy.name));
    into.push_back(show(call, std::move(*found)));
  }
}

void drop_unwanted(const Input& in, std::vector<ShownPolicy>& policies) {
  std::erase_if(policies, [&](const ShownPolicy& policy) {
    if (in.policy_usage_filter == "PermissionsBoundary") return policy.boundary_uses == 0;
    if (in.policy_usage_filter == "PermissionsPolicy") return policy.attachments == 0;
    return in.only_attached.value_or(false) && policy.attachments == 0;
  });
}

// A page that is shorter than asked for, with more to come, is AWS's right as well (catalogue §12).
Result<Output> handle(Call& call, const Input& in) {
  TRY(const std::string after, read_marker(kName, in.marker));
  const auto prefix = in.path_prefix.value_or("/");
  Output out;
  std::size_t room = page_size(in.max_items);
  if (in.scope != "Local" && after.empty()) {
    list_of_aws(call, prefix, out.policies);
    drop_unwanted(in, out.policies);
    if (out.policies.size() > room) out.policies.resize(room);
    room -= out.policies.size();
  }
  if (in.scope == "AWS") return out;

  std::string last_seen;
  auto page = call.tx.managed_policies(prefix, after, room, last_seen);
  std::vector<ShownPolicy> own;
  for (auto& policy : page.items) {
    auto arn = policy_arn(call.account(), policy);
    own.push_back(show(call, {.arn = std::move(arn), .policy = std::move(policy)}));
  }
  drop_unwanted(in, own);
  std::ranges::move(own, std::back_inserter(out.policies));
  if (page.more) out.next_marker = make_marker(kName, last_seen);
  return out;
}

// Neither description nor tags (AWS's reference).
void render(XmlElement result, const Output& out) {
  render_is_truncated(result, out.next_marker);
  auto list = result.add("Policies");
  for (const auto& policy : out.policies) {
    auto member = list.add("member");
    render_policy(member, policy);
    render_policy_dates(member, policy.found.policy);
  }
  render_marker(result, out.next_marker);
}

std::string resource(Call& call, const Input& in) {
  return policy_arn(call.account(), in.path_prefix.value_or("/"), "");
}

constexpr MemberSpec input[] = {
    optional<&Input::scope>("Scope", shape::kPolicyScope),
    optional<&Input::only_attached>("OnlyAttached", shape::kBoolean),
    optional<&Input::path_prefix>("PathPrefix", shape::kPolicyPath),
    optional<&Input::policy_usage_filter>("PolicyUsageFilter", shape::kPolicyUsage),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "§12",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_policies
