#include "iam/call/caller.h"

#include "iam/call/names.h"

namespace keyfob {

std::string Caller::user_id() const {
  switch (kind) {
    case CallerKind::user:
      return user->user_id;
    case CallerKind::role:
      return role->role_id + ":" + session->name;
    case CallerKind::federated_user:
      return account.str() + ":" + session->name;
    case CallerKind::root:
      break;
  }
  return account.str();
}

std::string Caller::arn() const {
  switch (kind) {
    case CallerKind::user:
      return user_arn(account, *user);
    case CallerKind::role:
      return assumed_role_arn(account, role->name, session->name);
    case CallerKind::federated_user:
      return federated_user_arn(account, session->name);
    case CallerKind::root:
      break;
  }
  return root_arn(account);
}

}  // namespace keyfob
