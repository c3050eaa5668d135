#include "iam/call/lookup.h"
#include "iam/call/marker.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/roles/roles.h"
#include "iam/roles/trust.h"

namespace keyfob::list_roles {

constexpr std::string_view kName = "ListRoles";

struct Input {
  std::optional<std::string> path_prefix;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  AccountId account;
  std::vector<Role> roles;
  std::optional<std::string> next_marker;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(const std::string after, read_marker(kName, in.marker));
  std::string last_seen;
  auto page = call.tx.roles(in.path_prefix.value_or("/"), after, page_size(in.max_items), last_seen);
  Output out{.account = call.account(), .roles = {}, .next_marker = {}};
  for (auto& role : page.items) out.roles.push_back(with_shown_trust(call.tx, std::move(role)));
  if (page.more) out.next_marker = make_marker(kName, last_seen);
  return out;
}

// Neither tags, boundary nor last use (AWS's reference).
void render(XmlElement result, const Output& out) {
  render_is_truncated(result, out.next_marker);
  auto list = result.add("Roles");
  for (const auto& role : out.roles) {
    auto member = list.add("member");
    render_role(member, out.account, role);
    render_role_settings(member, role);
  }
  render_marker(result, out.next_marker);
}

std::string resource(const ReadCall& call, const Input& in) {
  return role_arn(call.account(), in.path_prefix.value_or("/"), "");
}

constexpr MemberSpec input[] = {
    optional<&Input::path_prefix>("PathPrefix", shape::kPathPrefix),
    optional<&Input::marker>("Marker", shape::kMarker),
    optional<&Input::max_items>("MaxItems", shape::kMaxItems),
};

constexpr ErrorKind errors[] = {kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = kName,
    .input = input,
    .errors = errors,
    .source = "§9.7, §12",
});

}  // namespace keyfob::list_roles
