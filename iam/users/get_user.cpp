#include "iam/call/lookup.h"
#include "iam/call/operation.h"
#include "iam/call/render.h"

namespace keyfob::get_user {

struct Input {
  std::optional<std::string> user_name;
};

struct Output {
  Account account;
  std::optional<User> user;  // none for root
  std::vector<Tag> tags;
};

Result<Output> handle(const ReadCall& call, const Input& in) {
  Output out{.account = account_of(call), .user = {}, .tags = {}};
  if (!in.user_name && call.caller.kind == CallerKind::root) return out;
  TRY(out.user, find_user_or_caller(call, in.user_name));
  out.tags = call.tx.tags(tagged_user(out.user->user_id));
  return out;
}

void render(XmlElement result, const Output& out) {
  auto element = result.add("User");
  if (!out.user) return render_root(element, out.account);
  render_user(element, out.account.id, *out.user);
  render_boundary(element, out.user->boundary);
  if (!out.tags.empty()) render_tags(element, out.tags);
}

std::string resource(const ReadCall& call, const Input& in) { return user_resource(call, in.user_name); }

constexpr MemberSpec input[] = {
    optional<&Input::user_name>("UserName", shape::kExistingUserName),
};

constexpr ErrorKind errors[] = {kind::kNoSuchEntity, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetUser",
    .input = input,
    .errors = errors,
    .source = "users.md#getuser",
});

}  // namespace keyfob::get_user
