#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/call/slice.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::list_policy_versions {

constexpr std::string_view kName = "ListPolicyVersions";

struct Input {
  std::string policy_arn;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  Slice<PolicyVersion> page;
  std::int64_t default_version;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(const FoundPolicy found, find_policy(call, in.policy_arn));
  auto versions = call.tx.policy_versions(found.policy.policy_id);
  if (versions.empty()) versions.push_back({.number = 1, .document = {}, .created = found.policy.created});
  TRY(auto page, slice(std::move(versions), kName, in.marker, in.max_items));
  return Output{.page = std::move(page), .default_version = found.policy.default_version};
}

void render(XmlElement result, const Output& out) {
  render_is_truncated(result, out.page.next_marker);
  auto list = result.add("Versions");
  for (const auto& version : out.page.items) {
    render_version(list.add("member"), version, version.number == out.default_version, false);
  }
  render_marker(result, out.page.next_marker);
}

std::string resource(const ReadCall&, const Input& in) { return in.policy_arn; }

constexpr MemberSpec input[] = {
    required<&Input::policy_arn>("PolicyArn", shape::kArn),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kInvalidInput, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "§12",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_policy_versions
