#include <algorithm>

#include "protocol/text.h"
#include "storage/sqlite.h"
#include "storage/tx.h"

namespace keyfob {

#define USER_COLUMNS "user_id, name, path, created, password_last_used, boundary"

namespace {

User user_from(const Rows& row) {
  return {.user_id = row.text(0),
          .name = row.text(1),
          .path = row.text(2),
          .created = row.instant(3),
          .password_last_used = row.maybe_instant(4),
          .boundary = row.maybe_text(5)};
}

std::optional<User> first_user(Rows&& rows) {
  if (!rows.next()) return std::nullopt;
  return user_from(rows);
}

// How many users a page with a path prefix may look at, so that a rare prefix doesn't walk the whole account.
std::size_t most_looked_at(std::size_t limit) { return std::max<std::size_t>(1000, 10 * limit); }

}  // namespace

std::optional<User> Tx::user(std::string_view name) {
  const auto key = fold_case(name);
  return first_user(db_.query("SELECT " USER_COLUMNS " FROM user WHERE account = ? AND name_key = ?",
                              account_key(), std::string_view(key)));
}

std::optional<User> Tx::user_by_id(std::string_view user_id) {
  return first_user(db_.query("SELECT " USER_COLUMNS " FROM user WHERE account = ? AND user_id = ?",
                              account_key(), user_id));
}

Page<User> Tx::users(std::string_view path_prefix, std::string_view after_name, std::size_t limit,
                     std::string& last_seen) {
  Page<User> page;
  std::size_t looked_at = 0;
  auto rows = db_.query("SELECT " USER_COLUMNS
                        ", name_key FROM user WHERE account = ? AND name_key > ? ORDER BY name_key",
                        account_key(), after_name);
  while (rows.next()) {
    if (page.items.size() == limit || looked_at == most_looked_at(limit)) {
      page.more = true;
      break;
    }
    ++looked_at;
    last_seen = rows.text(6);
    if (rows.text(2).starts_with(path_prefix)) page.items.push_back(user_from(rows));
  }
  return page;
}

std::int64_t Tx::count_users() { return tally("user"); }

void Tx::add(const User& user) {
  const auto key = fold_case(user.name);
  db_.execute("INSERT INTO user (account, name_key, " USER_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
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
