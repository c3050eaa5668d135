#include "storage/schema.h"

#include <iterator>
#include <string>

#include "storage/sqlite.h"

namespace keyfob {
namespace {

// "kfob": says in the file's header whose it is.
constexpr std::int64_t kApplicationId = 0x6b666f62;

// Each entry takes a file from its index to the next version. Entries are never edited once released.
constexpr const char* kMigrations[] = {
    R"sql(
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  created INTEGER NOT NULL,
  alias TEXT UNIQUE,
  clock_offset INTEGER NOT NULL DEFAULT 0,
  clock_frozen_at INTEGER,
  root_password_last_used INTEGER
);

CREATE TABLE user (
  account INTEGER NOT NULL,
  name_key TEXT NOT NULL,  -- lower case: names are unique in any spelling
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  created INTEGER NOT NULL,
  password_last_used INTEGER,
  boundary TEXT,
  PRIMARY KEY (account, name_key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX user_by_id ON user (account, user_id);

CREATE TABLE device (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  serial_number TEXT NOT NULL,
  kind INTEGER NOT NULL,
  label TEXT NOT NULL,
  seed BLOB NOT NULL,
  drift INTEGER NOT NULL DEFAULT 0,
  last_pair INTEGER,
  owner TEXT,
  enabled INTEGER,
  certifications TEXT NOT NULL DEFAULT '',
  previous_owner TEXT,
  owner_changed INTEGER
);
CREATE UNIQUE INDEX device_by_serial ON device (account, serial_number);
CREATE INDEX device_by_owner ON device (account, owner, id) WHERE owner IS NOT NULL;
CREATE INDEX virtual_device ON device (account, id) WHERE kind = 0;
CREATE INDEX assigned_virtual_device ON device (account, id) WHERE kind = 0 AND owner IS NOT NULL;
CREATE INDEX unassigned_virtual_device ON device (account, id) WHERE kind = 0 AND owner IS NULL;

-- How many there are, so that a quota costs a look and not a count.
CREATE TABLE tally (
  account INTEGER NOT NULL,
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (account, kind)
) WITHOUT ROWID;
CREATE TRIGGER user_added AFTER INSERT ON user BEGIN
  INSERT OR IGNORE INTO tally VALUES (new.account, 'user', 0);
  UPDATE tally SET number = number + 1 WHERE account = new.account AND kind = 'user';
END;
CREATE TRIGGER user_removed AFTER DELETE ON user BEGIN
  UPDATE tally SET number = number - 1 WHERE account = old.account AND kind = 'user';
END;
CREATE TRIGGER virtual_device_added AFTER INSERT ON device WHEN new.kind = 0 BEGIN
  INSERT OR IGNORE INTO tally VALUES (new.account, 'virtual_device', 0);
  UPDATE tally SET number = number + 1 WHERE account = new.account AND kind = 'virtual_device';
END;
CREATE TRIGGER virtual_device_removed AFTER DELETE ON device WHEN old.kind = 0 BEGIN
  UPDATE tally SET number = number - 1 WHERE account = old.account AND kind = 'virtual_device';
END;

CREATE TABLE tag (
  account INTEGER NOT NULL,
  resource TEXT NOT NULL,
  key_fold TEXT NOT NULL,  -- the key, lower case where case makes no difference
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account, resource, key_fold)
) WITHOUT ROWID;

CREATE TABLE access_key (
  id INTEGER PRIMARY KEY,
  access_key_id TEXT NOT NULL UNIQUE,
  account INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  secret BLOB NOT NULL,
  active INTEGER NOT NULL,
  created INTEGER NOT NULL,
  last_used INTEGER,
  last_used_service TEXT NOT NULL DEFAULT '',
  last_used_region TEXT NOT NULL DEFAULT ''
);
CREATE INDEX access_key_by_user ON access_key (account, user_id, id);

CREATE TABLE session (
  access_key_id TEXT PRIMARY KEY,
  account INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  secret BLOB NOT NULL,
  token BLOB NOT NULL,
  issued INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  mfa_at INTEGER
) WITHOUT ROWID;
CREATE INDEX session_by_end ON session (account, expires);

CREATE TABLE verification (
  account INTEGER NOT NULL,
  serial_number TEXT NOT NULL,
  slot INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (account, serial_number)
) WITHOUT ROWID;

CREATE TABLE used_code (
  account INTEGER NOT NULL,
  serial_number TEXT NOT NULL,
  step INTEGER NOT NULL,
  PRIMARY KEY (account, serial_number, step)
) WITHOUT ROWID;

CREATE TABLE login_profile (
  account INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  password BLOB NOT NULL,
  created INTEGER NOT NULL,
  password_changed INTEGER NOT NULL,
  password_reset_required INTEGER NOT NULL,
  PRIMARY KEY (account, user_id)
) WITHOUT ROWID;

CREATE TABLE credential_report (
  account INTEGER PRIMARY KEY,
  requested INTEGER NOT NULL,
  content TEXT NOT NULL
);
)sql",
};
constexpr auto kVersion = std::int64_t(std::size(kMigrations));

std::int64_t pragma(Database& database, const char* sql) {
  auto rows = database.query(sql);
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace

void check_and_migrate(Database& database) {
  const auto application = pragma(database, "PRAGMA application_id");
  const auto version = pragma(database, "PRAGMA user_version");
  const bool empty = pragma(database, "SELECT count(*) FROM sqlite_schema") == 0;
  if (application != kApplicationId && !(empty && application == 0))
    throw StoreError("not a keyfob data file");
  if (version > kVersion) {
    throw StoreError("written by a newer keyfob (format " + std::to_string(version) + ", this one knows " +
                     std::to_string(kVersion) + ")");
  }
  if (version == kVersion) return;

  database.script("BEGIN IMMEDIATE");
  for (auto next = version; next < kVersion; ++next) database.script(kMigrations[next]);
  database.script(("PRAGMA application_id = " + std::to_string(kApplicationId) +
                   "; PRAGMA user_version = " + std::to_string(kVersion) + "; COMMIT")
                      .c_str());
}

}  // namespace keyfob
