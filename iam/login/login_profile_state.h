// A user's login profile in the state document.
#pragma once

#include <optional>
#include <string>

#include "iam/state/section.h"

namespace keyfob {

struct LoginProfileState {
  Secret password;
  std::optional<Instant> created;
  std::optional<Instant> password_changed;
  bool password_reset_required = false;
};

template <>
const JsonKind& json_kind<LoginProfileState>();

std::optional<LoginProfileState> gather_login_profile(ReadTx& tx, std::string_view user_id);
void store_login_profile(const Importing& importing, const LoginProfileState& state,
                         const std::string& user_id);

}  // namespace keyfob
