#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::delete_account_alias {

struct Input {
  std::string alias;
};

Result<void> handle(Call& call, const Input& in) {
  auto account = account_of(call);
  if (account.alias != in.alias) return errors::no_such_alias(in.alias);
  account.alias = std::nullopt;
  call.tx.save(account);
  return {};
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    required<&Input::alias>("AccountAlias", shape::kAccountAlias),
};

constexpr ErrorKind errors[] = {kind::kConcurrentModification, kind::kNoSuchEntity, kind::kLimitExceeded,
                                kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "DeleteAccountAlias",
    .input = input,
    .errors = errors,
    .source = "account.md#account-aliases",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::delete_account_alias
