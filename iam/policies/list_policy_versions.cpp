#include "iam/call/listed.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/policies/managed_policies.h"

namespace keyfob::list_policy_versions {

constexpr std::string_view kName = "ListPolicyVersions";

struct Input {
  std::string policy_arn;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  List<PolicyVersion> versions;
  std::int64_t default_version;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(const FoundPolicy found, find_policy(call, in.policy_arn));
  auto versions = call.tx.policy_versions(found.policy.policy_id);
  if (versions.empty()) versions.push_back({.number = 1, .document = {}, .created = found.policy.created});
  TRY(auto list, listed(kName, in, std::move(versions)));
  return Output{.versions = std::move(list), .default_version = found.policy.default_version};
}

void render(XmlElement result, const Output& out) {
  render_list(result, "Versions", out.versions, [&](XmlElement list, const PolicyVersion& version) {
    render_version(list.add("member"), version, version.number == out.default_version, false);
  });
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
    .source = "pages.md",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::list_policy_versions
