#include "iam/call/listed.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"

namespace keyfob::list_users {

constexpr std::string_view kName = "ListUsers";

struct Input {
  std::optional<std::string> path_prefix;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
};

struct Output {
  AccountId account;
  List<User> users;
};

// Neither tags nor boundary (aws/users.md#listusers).
Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(auto users, listed(kName, in, [&](const std::string& after, std::size_t limit) {
        return call.tx.users(in.path_prefix.value_or("/"), after, limit);
      }));
  return Output{.account = call.account(), .users = std::move(users)};
}

void render(XmlElement result, const Output& out) {
  render_list(result, "Users", out.users,
              [&](XmlElement list, const User& user) { render_user(list.add("member"), out.account, user); });
}

std::string resource(const ReadCall& call, const Input& in) {
  return user_arn(call.account(), in.path_prefix.value_or("/"), "");
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
    .source = "users.md, pages.md",
});

}  // namespace keyfob::list_users
