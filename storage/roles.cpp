#include "protocol/text.h"
#include "storage/page.h"
#include "storage/sqlite.h"
#include "storage/tx.h"

namespace keyfob {

#define ROLE_COLUMNS                                                                           \
  "role_id, name, path, created, trust_policy, description, max_session, boundary, last_used," \
  " last_used_region"

namespace {

Role role_from(const Rows& row, int first) {
  return {.role_id = row.text(first),
          .name = row.text(first + 1),
          .path = row.text(first + 2),
          .created = row.instant(first + 3),
          .trust_policy = row.text(first + 4),
          .description = row.maybe_text(first + 5),
          .max_session_seconds = row.integer(first + 6),
          .boundary = row.maybe_text(first + 7),
          .last_used = row.maybe_instant(first + 8),
          .last_used_region = row.text(first + 9)};
}

}  // namespace

std::optional<Role> Tx::role(std::string_view name) {
  const auto key = fold_case(name);
  return first_of(db_.query("SELECT " ROLE_COLUMNS " FROM role WHERE account = ? AND name_key = ?",
                            account_key(), std::string_view(key)),
                  [](const Rows& row) { return role_from(row, 0); });
}

std::optional<Role> Tx::role_by_id(std::string_view role_id) {
  return first_of(db_.query("SELECT " ROLE_COLUMNS " FROM role WHERE account = ? AND role_id = ?",
                            account_key(), role_id),
                  [](const Rows& row) { return role_from(row, 0); });
}

Page<Role> Tx::roles(std::string_view path_prefix, std::string_view after_name, std::size_t limit,
                     std::string& last_seen) {
  return page_by_name(db_.query("SELECT name_key, path, " ROLE_COLUMNS
                                " FROM role WHERE account = ? AND name_key > ? ORDER BY name_key",
                                account_key(), after_name),
                      path_prefix, limit, last_seen, [](const Rows& row) { return role_from(row, 2); });
}

std::int64_t Tx::count_roles() { return tally("role"); }

void Tx::add(const Role& role) {
  const auto key = fold_case(role.name);
  db_.execute("INSERT INTO role (account, name_key, " ROLE_COLUMNS
              ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              account_key(), std::string_view(key), role.role_id, role.name, role.path, role.created,
              role.trust_policy, role.description, role.max_session_seconds, role.boundary, role.last_used,
              role.last_used_region);
}

void Tx::update(const Role& role) {
  db_.execute(
      "UPDATE role SET trust_policy = ?, description = ?, max_session = ?, boundary = ?, last_used = ?,"
      " last_used_region = ? WHERE account = ? AND role_id = ?",
      role.trust_policy, role.description, role.max_session_seconds, role.boundary, role.last_used,
      role.last_used_region, account_key(), role.role_id);
}

void Tx::remove_role(std::string_view role_id) {
  db_.execute("DELETE FROM role WHERE account = ? AND role_id = ?", account_key(), role_id);
}

}  // namespace keyfob
