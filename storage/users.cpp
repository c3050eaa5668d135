#include "protocol/text.h"
#include "storage/reading.h"
#include "storage/user_columns.h"

namespace keyfob {

std::optional<User> ReadTx::user(std::string_view name) const {
  return first_of(
      query("SELECT " USER_COLUMNS " FROM iam_user WHERE account = $1 AND name_key = $2", fold_case(name)),
      user_from);
}

std::optional<User> ReadTx::user_by_id(std::string_view user_id) const {
  return first_of(query("SELECT " USER_COLUMNS " FROM iam_user WHERE account = $1 AND user_id = $2", user_id),
                  user_from);
}

PageByName<User> ReadTx::users(std::string_view path_prefix, std::string_view after_name,
                               std::size_t limit) const {
  return page_by_name(query("SELECT name_key, path, " USER_COLUMNS R"(
      FROM iam_user WHERE account = $1 AND name_key > $2
      ORDER BY name_key LIMIT $3)",
                            after_name, rows_for_names(limit)),
                      path_prefix, limit, user_from);
}

std::int64_t ReadTx::count_users() const { return tally("user"); }

void Tx::add(const User& user) {
  execute(R"(
      INSERT INTO iam_user (account, name_key, user_id, name, path, created, password_last_used, boundary)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8))",
          fold_case(user.name), user.user_id, user.name, user.path, user.created, user.password_last_used,
          user.boundary);
  add_to_tally("user", 1);
}

void Tx::update(const User& user) {
  execute(R"(
      UPDATE iam_user SET name_key = $3, name = $4, path = $5, password_last_used = $6, boundary = $7
      WHERE account = $1 AND user_id = $2)",
          user.user_id, fold_case(user.name), user.name, user.path, user.password_last_used, user.boundary);
}

void Tx::remove_user(std::string_view user_id) {
  add_to_tally("user", -execute("DELETE FROM iam_user WHERE account = $1 AND user_id = $2", user_id));
}

std::optional<LoginProfile> ReadTx::login_profile(std::string_view user_id) const {
  return first_of(query(R"(
      SELECT user_id, password, created, password_changed, password_reset_required
      FROM login_profile WHERE account = $1 AND user_id = $2)",
                        user_id),
                  [](Columns& columns) {
                    return LoginProfile{.user_id = columns.text(),
                                        .password = columns.secret(),
                                        .created = columns.instant(),
                                        .password_changed = columns.instant(),
                                        .password_reset_required = columns.flag()};
                  });
}

void Tx::save(const LoginProfile& profile) {
  execute(R"(
      INSERT INTO login_profile (account, user_id, password, created, password_changed,
                                 password_reset_required)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (account, user_id) DO UPDATE SET
        password = excluded.password,
        created = excluded.created,
        password_changed = excluded.password_changed,
        password_reset_required = excluded.password_reset_required)",
          profile.user_id, profile.password, profile.created, profile.password_changed,
          std::int64_t{profile.password_reset_required});
}

void Tx::remove_login_profile(std::string_view user_id) {
  execute("DELETE FROM login_profile WHERE account = $1 AND user_id = $2", user_id);
}

}  // namespace keyfob
