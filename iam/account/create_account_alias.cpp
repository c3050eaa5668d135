#include "iam/call/errors.h"
#include "iam/call/lookup.h"
#include "iam/call/operation.h"

namespace keyfob::create_account_alias {

struct Input {
  std::string alias;
};

// An account has one alias, so a new one takes the old one's place; names are shared by all accounts.
Result<void> handle(Call& call, const Input& in) {
  const auto holder = call.tx.account_with_alias(in.alias);
  if (holder) return errors::alias_exists(in.alias);
  auto account = account_of(call);
  account.alias = in.alias;
  call.tx.save(account);
  return {};
}

std::string resource(const ReadCall&, const Input&) { return kAnyResource; }

constexpr MemberSpec input[] = {
    required<&Input::alias>("AccountAlias", shape::kAccountAlias),
};

constexpr ErrorKind errors[] = {kind::kConcurrentModification, kind::kEntityAlreadyExists,
                                kind::kLimitExceeded, kind::kServiceFailure};

extern constexpr Operation operation = define<&handle, &resource>({
    .name = "CreateAccountAlias",
    .input = input,
    .errors = errors,
    .source = "account.md#account-aliases",
    .evidence = Evidence::documented,
});

}  // namespace keyfob::create_account_alias
