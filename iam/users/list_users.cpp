#include "iam/call/lookup.h"
#include "iam/call/marker.h"
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
  std::vector<User> users;
  std::optional<std::string> next_marker;
};

// Neither tags nor boundary (catalogue §9.1).
Result<Output> handle(const ReadCall& call, const Input& in) {
  TRY(const std::string after, read_marker(kName, in.marker));
  std::string last_seen;
  auto page = call.tx.users(in.path_prefix.value_or("/"), after, page_size(in.max_items), last_seen);
  Output out{.account = call.account(), .users = std::move(page.items), .next_marker = {}};
  if (page.more) out.next_marker = make_marker(kName, last_seen);
  return out;
}

void render(XmlElement result, const Output& out) {
  render_is_truncated(result, out.next_marker);
  auto list = result.add("Users");
  for (const auto& user : out.users) render_user(list.add("member"), out.account, user);
  render_marker(result, out.next_marker);
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
    .source = "§9.1, §12",
});

}  // namespace keyfob::list_users
