#include "protocol/text.h"
#include "storage/page.h"
#include "storage/sqlite.h"
#include "storage/tx.h"
#include "storage/user_row.h"

namespace keyfob {

std::optional<User> Tx::user(std::string_view name) {
  const auto key = fold_case(name);
  return first_of(db_.query("SELECT " USER_COLUMNS " FROM user WHERE account = ? AND name_key = ?",
                            account_key(), std::string_view(key)),
                  [](const Rows& row) { return user_from(row, 0); });
}

std::optional<User> Tx::user_by_id(std::string_view user_id) {
  return first_of(db_.query("SELECT " USER_COLUMNS " FROM user WHERE account = ? AND user_id = ?",
                            account_key(), user_id),
                  [](const Rows& row) { return user_from(row, 0); });
}

Page<User> Tx::users(std::string_view path_prefix, std::string_view after_name, std::size_t limit,
                     std::string& last_seen) {
  return page_by_name(db_.query("SELECT name_key, path, " USER_COLUMNS
                                " FROM user WHERE account = ? AND name_key > ? ORDER BY name_key",
                                account_key(), after_name),
                      path_prefix, limit, last_seen, [](const Rows& row) { return user_from(row, 2); });
}

std::int64_t Tx::count_users() { return tally("user"); }

void Tx::add(const User& user) {
  const auto key = fold_case(user.name);
  db_.execute(
      "INSERT INTO user (account, name_key, user_id, name, path, created, password_last_used, boundary)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      account_key(), std::string_view(key), user.user_id, user.name, user.path, user.created,
      user.password_last_used, user.boundary);
}

void Tx::update(const User& user) {
  const auto key = fold_case(user.name);
  db_.execute(
      "UPDATE user SET name_key = ?, name = ?, path = ?, password_last_used = ?, boundary = ?"
      " WHERE account = ? AND user_id = ?",
      std::string_view(key), user.name, user.path, user.password_last_used, user.boundary, account_key(),
      user.user_id);
}

void Tx::remove_user(std::string_view user_id) {
  db_.execute("DELETE FROM user WHERE account = ? AND user_id = ?", account_key(), user_id);
}

std::optional<LoginProfile> Tx::login_profile(std::string_view user_id) {
  auto rows = db_.query(
      "SELECT user_id, password, created, password_changed, password_reset_required"
      " FROM login_profile WHERE account = ? AND user_id = ?",
      account_key(), user_id);
  if (!rows.next()) return std::nullopt;
  return LoginProfile{.user_id = rows.text(0),
                      .password = Secret{rows.text(1)},
                      .created = rows.instant(2),
                      .password_changed = rows.instant(3),
                      .password_reset_required = rows.integer(4) != 0};
}

void Tx::save(const LoginProfile& profile) {
  db_.execute(
      "INSERT OR REPLACE INTO login_profile"
      " (account, user_id, password, created, password_changed, password_reset_required)"
      " VALUES (?, ?, ?, ?, ?, ?)",
      account_key(), profile.user_id, profile.password, profile.created, profile.password_changed,
      std::int64_t{profile.password_reset_required});
}

void Tx::remove_login_profile(std::string_view user_id) {
  db_.execute("DELETE FROM login_profile WHERE account = ? AND user_id = ?", account_key(), user_id);
}

}  // namespace keyfob
