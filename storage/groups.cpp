#include "protocol/text.h"
#include "storage/page.h"
#include "storage/sqlite.h"
#include "storage/tx.h"
#include "storage/user_row.h"

namespace keyfob {

#define GROUP_COLUMNS "user_group.group_id, user_group.name, user_group.path, user_group.created"

namespace {

Group group_from(const Rows& row, int first) {
  return {.group_id = row.text(first),
          .name = row.text(first + 1),
          .path = row.text(first + 2),
          .created = row.instant(first + 3)};
}

}  // namespace

std::optional<Group> Tx::group(std::string_view name) {
  const auto key = fold_case(name);
  return first_of(db_.query("SELECT " GROUP_COLUMNS " FROM user_group WHERE account = ? AND name_key = ?",
                            account_key(), std::string_view(key)),
                  [](const Rows& row) { return group_from(row, 0); });
}

std::optional<Group> Tx::group_by_id(std::string_view group_id) {
  return first_of(db_.query("SELECT " GROUP_COLUMNS " FROM user_group WHERE account = ? AND group_id = ?",
                            account_key(), group_id),
                  [](const Rows& row) { return group_from(row, 0); });
}

Page<Group> Tx::groups(std::string_view path_prefix, std::string_view after_name, std::size_t limit,
                       std::string& last_seen) {
  return page_by_name(db_.query("SELECT name_key, path, " GROUP_COLUMNS
                                " FROM user_group WHERE account = ? AND name_key > ? ORDER BY name_key",
                                account_key(), after_name),
                      path_prefix, limit, last_seen, [](const Rows& row) { return group_from(row, 2); });
}

std::int64_t Tx::count_groups() { return tally("group"); }

void Tx::add(const Group& group) {
  const auto key = fold_case(group.name);
  db_.execute(
      "INSERT INTO user_group (account, name_key, group_id, name, path, created) VALUES (?, ?, ?, ?, ?, ?)",
      account_key(), std::string_view(key), group.group_id, group.name, group.path, group.created);
}

void Tx::update(const Group& group) {
  const auto key = fold_case(group.name);
  db_.execute("UPDATE user_group SET name_key = ?, name = ?, path = ? WHERE account = ? AND group_id = ?",
              std::string_view(key), group.name, group.path, account_key(), group.group_id);
}

void Tx::remove_group(std::string_view group_id) {
  db_.execute("DELETE FROM user_group WHERE account = ? AND group_id = ?", account_key(), group_id);
}

void Tx::add_member(std::string_view group_id, std::string_view user_id) {
  db_.execute("INSERT OR IGNORE INTO membership (account, group_id, user_id) VALUES (?, ?, ?)", account_key(),
              group_id, user_id);
}

bool Tx::remove_member(std::string_view group_id, std::string_view user_id) {
  return db_.execute("DELETE FROM membership WHERE account = ? AND group_id = ? AND user_id = ?",
                     account_key(), group_id, user_id) > 0;
}

bool Tx::is_member(std::string_view group_id, std::string_view user_id) {
  return db_
      .query("SELECT 1 FROM membership WHERE account = ? AND group_id = ? AND user_id = ?", account_key(),
             group_id, user_id)
      .next();
}

std::vector<std::pair<std::string, std::string>> Tx::memberships() {
  std::vector<std::pair<std::string, std::string>> pairs;
  auto rows = db_.query(
      "SELECT user_group.name, user.name FROM membership"
      " JOIN user_group ON user_group.account = membership.account AND user_group.group_id = "
      "membership.group_id"
      " JOIN user ON user.account = membership.account AND user.user_id = membership.user_id"
      " WHERE membership.account = ? ORDER BY membership.id",
      account_key());
  while (rows.next()) pairs.emplace_back(rows.text(0), rows.text(1));
  return pairs;
}

Page<Tx::Numbered<User>> Tx::members_of(std::string_view group_id, std::int64_t after, std::size_t limit) {
  return page_of(
      db_.query("SELECT membership.id, " USER_COLUMNS
                " FROM membership JOIN user ON user.account = membership.account"
                " AND user.user_id = membership.user_id WHERE membership.account = ?"
                " AND membership.group_id = ? AND membership.id > ? ORDER BY membership.id LIMIT ?",
                account_key(), group_id, after, rows_for(limit)),
      limit, [](const Rows& row) {
        return Numbered<User>{row.integer(0), user_from(row, 1)};
      });
}

Page<Tx::Numbered<Group>> Tx::groups_of(std::string_view user_id, std::int64_t after, std::size_t limit) {
  return page_of(db_.query("SELECT membership.id, " GROUP_COLUMNS
                           " FROM membership JOIN user_group ON user_group.account = membership.account"
                           " AND user_group.group_id = membership.group_id WHERE membership.account = ?"
                           " AND membership.user_id = ? AND membership.id > ? ORDER BY membership.id LIMIT ?",
                           account_key(), user_id, after, rows_for(limit)),
                 limit, [](const Rows& row) {
                   return Numbered<Group>{row.integer(0), group_from(row, 1)};
                 });
}

std::vector<Group> Tx::groups_of(std::string_view user_id) {
  constexpr std::size_t kAll = INT32_MAX;
  std::vector<Group> groups;
  for (auto& [number, group] : groups_of(user_id, 0, kAll).items) groups.push_back(std::move(group));
  return groups;
}

}  // namespace keyfob
