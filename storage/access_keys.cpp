#include "storage/page.h"
#include "storage/sqlite.h"
#include "storage/tx.h"

namespace keyfob {

#define KEY_COLUMNS \
  "access_key_id, account, user_id, secret, active, created, last_used, last_used_service, last_used_region"

namespace {

AccessKey key_from(const Rows& row) {
  return {.access_key_id = row.text(0),
          .account = AccountId{row.integer(1)},
          .user_id = row.text(2),
          .secret = Secret{row.text(3)},
          .active = row.integer(4) != 0,
          .created = row.instant(5),
          .last_used = row.maybe_instant(6),
          .last_used_service = row.text(7),
          .last_used_region = row.text(8)};
}

}  // namespace

std::optional<AccessKey> Tx::access_key(std::string_view access_key_id) {
  auto rows = db_.query("SELECT " KEY_COLUMNS " FROM access_key WHERE access_key_id = ?", access_key_id);
  if (!rows.next()) return std::nullopt;
  return key_from(rows);
}

Page<Tx::NumberedKey> Tx::access_keys_of(std::string_view user_id, std::int64_t after, std::size_t limit) {
  return page_of(
      db_.query("SELECT " KEY_COLUMNS
                ", id FROM access_key WHERE account = ? AND user_id = ? AND id > ? ORDER BY id LIMIT ?",
                account_key(), user_id, after, rows_for(limit)),
      limit, [](const Rows& row) { return NumberedKey{.number = row.integer(9), .key = key_from(row)}; });
}

std::vector<AccessKey> Tx::access_keys_of(std::string_view user_id) {
  std::vector<AccessKey> keys;
  auto rows =
      db_.query("SELECT " KEY_COLUMNS " FROM access_key WHERE account = ? AND user_id = ? ORDER BY id",
                account_key(), user_id);
  while (rows.next()) keys.push_back(key_from(rows));
  return keys;
}

void Tx::add(const AccessKey& key) {
  db_.execute("INSERT INTO access_key (" KEY_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              key.access_key_id, account_key(), key.user_id, key.secret, std::int64_t{key.active},
              key.created, key.last_used, key.last_used_service, key.last_used_region);
}

void Tx::update(const AccessKey& key) {
  db_.execute(
      "UPDATE access_key SET active = ?, last_used = ?, last_used_service = ?, last_used_region = ?"
      " WHERE access_key_id = ? AND account = ?",
      std::int64_t{key.active}, key.last_used, key.last_used_service, key.last_used_region, key.access_key_id,
      account_key());
}

void Tx::remove_access_key(std::string_view access_key_id) {
  db_.execute("DELETE FROM access_key WHERE access_key_id = ? AND account = ?", access_key_id, account_key());
}

}  // namespace keyfob
