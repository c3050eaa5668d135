#include "iam/access_keys/access_key_rules.h"

#include "iam/call/errors.h"
#include "iam/call/lookup.h"

namespace keyfob {

Result<AccessKey> find_access_key(const ReadCall& call, const std::optional<std::string>& user_name,
                                  const std::string& access_key_id) {
  TRY(const User user, find_user_or_caller(call, user_name));
  auto key = call.tx.access_key(access_key_id);
  if (!key || key->account != call.account() || key->user_id != user.user_id) {
    return errors::no_such_access_key(access_key_id);
  }
  return std::move(*key);
}

}  // namespace keyfob
