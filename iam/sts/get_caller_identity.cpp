#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::get_caller_identity {

struct Input {};

struct Output {
  std::string arn;
  std::string user_id;
  std::string account;
};

Result<Output> handle(const ReadCall& call, const Input&) {
  return Output{.arn = call.caller.arn(), .user_id = call.caller.user_id(), .account = call.account().str()};
}

void render(XmlElement result, const Output& out) {
  result.add("Arn", out.arn);
  result.add("UserId", out.user_id);
  result.add("Account", out.account);
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

extern constexpr Operation operation = define<&handle, &resource, &render>({
    .name = "GetCallerIdentity",
    .service = ServiceName::sts,
    .source = "sts.md#getcalleridentity",
    .permission = Permission::none,
    .sessions = Sessions::all,
});

}  // namespace keyfob::get_caller_identity
