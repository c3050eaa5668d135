#include <algorithm>
#include <iterator>

#include "iam/call/lookup.h"
#include "iam/call/marker.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/policies/aws_policies.h"
#include "iam/policies/managed_policies.h"

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

// The key of a marker: whose the last policy was, and its name. AWS's own come first.
constexpr std::string_view kOfAws = "a";
constexpr std::string_view kOwn = "o";

void drop_unwanted(const Input& in, std::vector<ShownPolicy>& policies) {
  std::erase_if(policies, [&](const ShownPolicy& policy) {
    if (in.policy_usage_filter == "PermissionsBoundary") return policy.boundary_uses == 0;
    if (in.policy_usage_filter == "PermissionsPolicy") return policy.attachments == 0;
    return in.only_attached.value_or(false) && policy.attachments == 0;
  });
}

// AWS's own with a name after this one: few.
std::vector<ShownPolicy> wanted_of_aws(const ReadCall& call, const Input& in, std::string_view after) {
  std::vector<ShownPolicy> wanted;
  if (in.path_prefix.value_or("/") != "/") return wanted;
  for (const auto& policy : aws_policies()) {
    if (policy.name <= after) continue;
    auto found = find_policy(call, policy.arn());
    wanted.push_back(show(call, std::move(*found)));
  }
  drop_unwanted(in, wanted);
  return wanted;
}

void add_own(const ReadCall& call, const Input& in, std::string_view after, std::size_t room, Output& out) {
  std::string last_seen;
  auto page = call.tx.managed_policies(in.path_prefix.value_or("/"), std::string(after), room, last_seen);
  std::vector<ShownPolicy> own;
  for (auto& policy : page.items) {
    auto arn = policy_arn(call.account(), policy);
    own.push_back(show(call, {.arn = std::move(arn), .policy = std::move(policy)}));
  }
  drop_unwanted(in, own);
  std::ranges::move(own, std::back_inserter(out.policies));
  if (page.more) out.next_marker = make_marker(kName, std::string(kOwn) + last_seen);
}

// A page that is shorter than asked for, with more to come, is AWS's right as well (catalogue §12).
Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(const std::string key, read_marker(kName, in.marker));
  const auto after = key.empty() ? std::string() : key.substr(1);
  const auto limit = page_size(in.max_items);
  Output out;
  if (in.scope != "Local" && !key.starts_with(kOwn)) {
    out.policies = wanted_of_aws(call, in, after);
    if (out.policies.size() > limit) {
      out.policies.resize(limit);
      out.next_marker = make_marker(kName, std::string(kOfAws) + out.policies.back().found.policy.name);
      return out;
    }
  }
  if (in.scope == "AWS") return out;
  if (out.policies.size() < limit) {
    add_own(call, in, key.starts_with(kOwn) ? after : "", limit - out.policies.size(), out);
  } else if (call.tx.count_managed_policies() > 0) {
    out.next_marker = make_marker(kName, kOwn);
  }
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

std::string resource(const ReadCall& call, const Input& in) {
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
