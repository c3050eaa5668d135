// Who calls (README.md#who-the-caller-is): the account, the principal in it, and how it proved itself.
#pragma once

#include <optional>
#include <string>

#include "storage/records.h"

namespace keyfob {

enum class CallerKind { root, user, role, federated_user };

struct Caller {
  AccountId account;
  CallerKind kind = CallerKind::root;
  std::optional<User> user = {};             // of a user, and of a user's session
  std::optional<Role> role = {};             // of a role's session
  std::optional<AccessKey> access_key = {};  // a long-term key that keyfob issued
  std::optional<Session> session = {};       // temporary credentials

  // The credential was issued for an MFA code.
  bool mfa_authenticated() const { return session && session->mfa_at; }
  bool is_user() const { return kind == CallerKind::user; }
  bool is_chained() const { return kind == CallerKind::role; }  // a role it assumes lasts an hour at most
  std::string user_id() const;                                  // as GetCallerIdentity says it
  std::string arn() const;
};

}  // namespace keyfob
