#include "iam/call/listed.h"
#include "iam/call/lookup.h"
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
  List<Role> roles;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(auto roles, listed(kName, in, [&](const std::string& after, std::size_t limit) {
        return call.tx.roles(in.path_prefix.value_or("/"), after, limit);
      }));
  for (auto& role : roles.items) role = with_shown_trust(call.tx, std::move(role));
  return Output{.account = call.account(), .roles = std::move(roles)};
}

// Neither tags, boundary nor last use (AWS's reference).
void render(XmlElement result, const Output& out) {
  render_list(result, "Roles", out.roles, [&](XmlElement list, const Role& role) {
    auto member = list.add("member");
    render_role(member, out.account, role);
    render_role_settings(member, role);
  });
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
    .source = "roles.md, pages.md",
});

}  // namespace keyfob::list_roles
