#include <algorithm>
#include <iterator>

#include "iam/call/listed.h"
#include "iam/call/lookup.h"
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

void drop_unwanted(const Input& in, std::vector<ShownPolicy>& policies) {
  std::erase_if(policies, [&](const ShownPolicy& policy) {
    if (in.policy_usage_filter == "PermissionsBoundary") return policy.boundary_uses == 0;
    if (in.policy_usage_filter == "PermissionsPolicy") return policy.attachments == 0;
    return in.only_attached.value_or(false) && policy.attachments == 0;
  });
}

// AWS's own, in order of name: few.
PageByName<ShownPolicy> wanted_of_aws(const ReadCall& call, const Input& in, std::string_view after,
                                      std::size_t limit) {
  PageByName<ShownPolicy> page;
  if (in.path_prefix.value_or("/") != "/") return page;
  for (const auto& policy : aws_policies()) {
    if (policy.name <= after) continue;
    auto found = find_policy(call, policy.arn());
    page.items.push_back(show(call, std::move(*found)));
  }
  drop_unwanted(in, page.items);
  if (page.items.size() > limit) {
    page.items.resize(limit);
    page.next = page.items.back().found.policy.name;
  }
  return page;
}

std::vector<ShownPolicy> wanted(const ReadCall& call, const Input& in, std::vector<ManagedPolicy> policies) {
  std::vector<ShownPolicy> shown;
  for (auto& policy : policies) {
    auto arn = policy_arn(call.account(), policy);
    shown.push_back(show(call, {.arn = std::move(arn), .policy = std::move(policy)}));
  }
  drop_unwanted(in, shown);
  return shown;
}

// AWS's own come first. A page that is shorter than asked for, with more to come, is AWS's right as well
// (aws/pages.md#page-size).
Result<List<ShownPolicy>> handle(const ReadCall& call, const Input& in) {
  TRY(Parts parts, Parts::of(kName, "ao", in));
  List<ShownPolicy> list;
  if (in.scope != "Local") {
    list.items = parts.next('a', [&](const std::string& after, std::size_t room) {
      return wanted_of_aws(call, in, after, room);
    });
  }
  if (in.scope != "AWS") {
    auto own = parts.next('o', [&](const std::string& after, std::size_t room) {
      return call.tx.managed_policies(in.path_prefix.value_or("/"), after, room);
    });
    std::ranges::move(wanted(call, in, std::move(own)), std::back_inserter(list.items));
  }
  list.next_marker = parts.next_marker();
  return list;
}

// Neither description nor tags (AWS's reference).
void render(XmlElement result, const List<ShownPolicy>& policies) {
  render_list(result, "Policies", policies, [](XmlElement list, const ShownPolicy& policy) {
    auto member = list.add("member");
    render_policy(member, policy);
    render_policy_dates(member, policy.found.policy);
  });
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
    .source = "pages.md",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_policies
