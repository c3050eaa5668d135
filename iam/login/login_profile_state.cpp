#include "iam/login/login_profile_state.h"

namespace keyfob {
namespace login_profile_state {

constexpr JsonMember kMembers[] = {
    required<&LoginProfileState::password, Hidden<Shaped<shape::kPassword>>>("password", "In the clear."),
    optional<&LoginProfileState::created>("createDate", "When it was made.", "now"),
    optional<&LoginProfileState::password_changed>("passwordChanged", "When its password was set.",
                                                   "`createDate`"),
    optional<&LoginProfileState::password_reset_required>("passwordResetRequired",
                                                          "Whether the user must choose another."),
};
constexpr JsonKind kKind{.name = "loginProfile", .members = kMembers};

}  // namespace login_profile_state

template <>
const JsonKind& json_kind<LoginProfileState>() {
  return login_profile_state::kKind;
}

std::optional<LoginProfileState> gather_login_profile(ReadTx& tx, std::string_view user_id) {
  const auto profile = tx.login_profile(user_id);
  if (!profile) return std::nullopt;
  return LoginProfileState{.password = profile->password,
                           .created = profile->created,
                           .password_changed = profile->password_changed,
                           .password_reset_required = profile->password_reset_required};
}

void store_login_profile(const Importing& importing, const LoginProfileState& state,
                         const std::string& user_id) {
  const auto created = state.created.value_or(importing.now);
  importing.tx.save(LoginProfile{.user_id = user_id,
                                 .password = state.password,
                                 .created = created,
                                 .password_changed = state.password_changed.value_or(created),
                                 .password_reset_required = state.password_reset_required});
}

}  // namespace keyfob
