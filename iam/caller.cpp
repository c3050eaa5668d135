#include "iam/caller.h"

#include "iam/names.h"

namespace keyfob {

std::string Caller::user_id() const { return user ? user->user_id : account.str(); }

std::string Caller::arn() const { return user ? user_arn(account, *user) : root_arn(account); }

}  // namespace keyfob
