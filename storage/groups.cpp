#include "protocol/text.h"
#include "storage/reading.h"
#include "storage/user_columns.h"

namespace keyfob {

#define GROUP_COLUMNS "iam_group.group_id, iam_group.name, iam_group.path, iam_group.created"

namespace {

Group group_from(Columns& columns) {
  return {.group_id = columns.text(),
          .name = columns.text(),
          .path = columns.text(),
          .created = columns.instant()};
}

}  // namespace

std::optional<Group> ReadTx::group(std::string_view name) const {
  return first_of(
      query("SELECT " GROUP_COLUMNS " FROM iam_group WHERE account = $1 AND name_key = $2", fold_case(name)),
      group_from);
}

std::optional<Group> ReadTx::group_by_id(std::string_view group_id) const {
  return first_of(
      query("SELECT " GROUP_COLUMNS " FROM iam_group WHERE account = $1 AND group_id = $2", group_id),
      group_from);
}

PageByName<Group> ReadTx::groups(std::string_view path_prefix, std::string_view after_name,
                                 std::size_t limit) const {
  return page_by_name(query("SELECT name_key, path, " GROUP_COLUMNS R"(
      FROM iam_group WHERE account = $1 AND name_key > $2
      ORDER BY name_key LIMIT $3)",
                            after_name, rows_for_names(limit)),
                      path_prefix, limit, group_from);
}

std::int64_t ReadTx::count_groups() const { return tally("group"); }

void Tx::add(const Group& group) {
  execute(R"(
      INSERT INTO iam_group (account, name_key, group_id, name, path, created)
      VALUES ($1, $2, $3, $4, $5, $6))",
          fold_case(group.name), group.group_id, group.name, group.path, group.created);
  add_to_tally("group", 1);
}

void Tx::update(const Group& group) {
  execute(R"(
      UPDATE iam_group SET name_key = $3, name = $4, path = $5
      WHERE account = $1 AND group_id = $2)",
          group.group_id, fold_case(group.name), group.name, group.path);
}

void Tx::remove_group(std::string_view group_id) {
  add_to_tally("group", -execute("DELETE FROM iam_group WHERE account = $1 AND group_id = $2", group_id));
}

void Tx::add_member(std::string_view group_id, std::string_view user_id) {
  execute(R"(
      INSERT INTO membership (account, group_id, user_id) VALUES ($1, $2, $3)
      ON CONFLICT (account, group_id, user_id) DO NOTHING)",
          group_id, user_id);
}

bool Tx::remove_member(std::string_view group_id, std::string_view user_id) {
  return execute("DELETE FROM membership WHERE account = $1 AND group_id = $2 AND user_id = $3", group_id,
                 user_id) > 0;
}

bool ReadTx::is_member(std::string_view group_id, std::string_view user_id) const {
  return query("SELECT 1 FROM membership WHERE account = $1 AND group_id = $2 AND user_id = $3", group_id,
               user_id)
      .next();
}

std::vector<std::pair<std::string, std::string>> ReadTx::memberships() const {
  return all_of(query(R"(
      SELECT iam_group.name, iam_user.name FROM membership
      JOIN iam_group ON iam_group.account = membership.account AND iam_group.group_id = membership.group_id
      JOIN iam_user ON iam_user.account = membership.account AND iam_user.user_id = membership.user_id
      WHERE membership.account = $1
      ORDER BY membership.id)"),
                [](Columns& columns) {
                  auto group_name = columns.text();
                  return std::pair(std::move(group_name), columns.text());
                });
}

Page<User> ReadTx::members_of(std::string_view group_id, std::int64_t after, std::size_t limit) const {
  return page_of<std::int64_t>(query("SELECT membership.id, " USER_COLUMNS R"(
      FROM membership
      JOIN iam_user ON iam_user.account = membership.account AND iam_user.user_id = membership.user_id
      WHERE membership.account = $1 AND membership.group_id = $2 AND membership.id > $3
      ORDER BY membership.id LIMIT $4)",
                                     group_id, after, rows_for(limit)),
                               limit, user_from);
}

Page<Group> ReadTx::groups_of(std::string_view user_id, std::int64_t after, std::size_t limit) const {
  return page_of<std::int64_t>(query("SELECT membership.id, " GROUP_COLUMNS R"(
      FROM membership
      JOIN iam_group ON iam_group.account = membership.account AND iam_group.group_id = membership.group_id
      WHERE membership.account = $1 AND membership.user_id = $2 AND membership.id > $3
      ORDER BY membership.id LIMIT $4)",
                                     user_id, after, rows_for(limit)),
                               limit, group_from);
}

std::vector<Group> ReadTx::groups_of(std::string_view user_id) const {
  constexpr std::size_t kAll = INT32_MAX;
  return groups_of(user_id, 0, kAll).items;
}

}  // namespace keyfob
