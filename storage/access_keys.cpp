#include "storage/reading.h"

namespace keyfob {

#define KEY_COLUMNS \
  "access_key_id, account, user_id, secret, active, created, last_used, last_used_service, last_used_region"

namespace {

AccessKey key_from(Columns& columns) {
  return {.access_key_id = columns.text(),
          .account = AccountId{columns.integer()},
          .user_id = columns.text(),
          .secret = columns.secret(),
          .active = columns.flag(),
          .created = columns.instant(),
          .last_used = columns.maybe_instant(),
          .last_used_service = columns.text(),
          .last_used_region = columns.text()};
}

}  // namespace

std::optional<AccessKey> ReadTx::access_key(std::string_view access_key_id) const {
  return first_of(db_.query("SELECT " KEY_COLUMNS " FROM access_key WHERE access_key_id = $1", access_key_id),
                  key_from);
}

Page<AccessKey> ReadTx::access_keys_of(std::string_view user_id, std::int64_t after,
                                       std::size_t limit) const {
  return page_of<std::int64_t>(query("SELECT id, " KEY_COLUMNS R"(
      FROM access_key WHERE account = $1 AND user_id = $2 AND id > $3
      ORDER BY id LIMIT $4)",
                                     user_id, after, rows_for(limit)),
                               limit, key_from);
}

std::vector<AccessKey> ReadTx::access_keys_of(std::string_view user_id) const {
  return all_of(
      query("SELECT " KEY_COLUMNS " FROM access_key WHERE account = $1 AND user_id = $2 ORDER BY id",
            user_id),
      key_from);
}

void Tx::add(const AccessKey& key) {
  execute(R"(
      INSERT INTO access_key (account, access_key_id, user_id, secret, active, created,
                              last_used, last_used_service, last_used_region)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))",
          key.access_key_id, key.user_id, key.secret, std::int64_t{key.active}, key.created, key.last_used,
          key.last_used_service, key.last_used_region);
}

void Tx::update(const AccessKey& key) {
  execute(R"(
      UPDATE access_key SET active = $3, last_used = $4, last_used_service = $5, last_used_region = $6
      WHERE account = $1 AND access_key_id = $2)",
          key.access_key_id, std::int64_t{key.active}, key.last_used, key.last_used_service,
          key.last_used_region);
}

void Tx::remove_access_key(std::string_view access_key_id) {
  execute("DELETE FROM access_key WHERE account = $1 AND access_key_id = $2", access_key_id);
}

}  // namespace keyfob
