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
-- Every table says in `account` whose a row is, and has a primary key: snapshots go by both. Numbers that
-- order a list are never given twice (AUTOINCREMENT): a snapshot may bring an old one back.
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
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  serial_number TEXT NOT NULL,
  kind INTEGER NOT NULL,
  label TEXT NOT NULL,
  seed BLOB NOT NULL,
  drift INTEGER NOT NULL DEFAULT 0,
  last_pair INTEGER,
  owner TEXT,
  enabled INTEGER,
  certifications TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX device_by_serial ON device (account, serial_number);
CREATE INDEX device_by_owner ON device (account, owner, id) WHERE owner IS NOT NULL;
CREATE INDEX other_device ON device (account, owner) WHERE kind != 0;
CREATE INDEX virtual_device ON device (account, id) WHERE kind = 0;
CREATE INDEX assigned_virtual_device ON device (account, id) WHERE kind = 0 AND owner IS NOT NULL;
CREATE INDEX unassigned_virtual_device ON device (account, id) WHERE kind = 0 AND owner IS NULL;

-- A device as it was before a change that STS is yet to hear of.
CREATE TABLE past_device (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  serial_number TEXT NOT NULL,
  changed INTEGER NOT NULL,
  owner TEXT,
  seed BLOB NOT NULL,
  drift INTEGER NOT NULL
);
CREATE INDEX past_device_by_serial ON past_device (account, serial_number, id);
CREATE INDEX past_device_by_time ON past_device (account, changed);

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

CREATE TABLE role (
  account INTEGER NOT NULL,
  name_key TEXT NOT NULL,
  role_id TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  created INTEGER NOT NULL,
  trust_policy TEXT NOT NULL,
  description TEXT,
  max_session INTEGER NOT NULL,  -- seconds
  boundary TEXT,
  last_used INTEGER,
  last_used_region TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (account, name_key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX role_by_id ON role (account, role_id);
CREATE INDEX user_by_boundary ON user (account, boundary, user_id) WHERE boundary IS NOT NULL;
CREATE INDEX role_by_boundary ON role (account, boundary, role_id) WHERE boundary IS NOT NULL;
CREATE TRIGGER role_added AFTER INSERT ON role BEGIN
  INSERT OR IGNORE INTO tally VALUES (new.account, 'role', 0);
  UPDATE tally SET number = number + 1 WHERE account = new.account AND kind = 'role';
END;
CREATE TRIGGER role_removed AFTER DELETE ON role BEGIN
  UPDATE tally SET number = number - 1 WHERE account = old.account AND kind = 'role';
END;

CREATE TABLE user_group (
  account INTEGER NOT NULL,
  name_key TEXT NOT NULL,
  group_id TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (account, name_key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX group_by_id ON user_group (account, group_id);
CREATE TRIGGER group_added AFTER INSERT ON user_group BEGIN
  INSERT OR IGNORE INTO tally VALUES (new.account, 'group', 0);
  UPDATE tally SET number = number + 1 WHERE account = new.account AND kind = 'group';
END;
CREATE TRIGGER group_removed AFTER DELETE ON user_group BEGIN
  UPDATE tally SET number = number - 1 WHERE account = old.account AND kind = 'group';
END;

-- Numbered in the order of joining, which both lists go by.
CREATE TABLE membership (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  group_id TEXT NOT NULL,
  user_id TEXT NOT NULL
);
CREATE UNIQUE INDEX membership_pair ON membership (account, group_id, user_id);
CREATE INDEX membership_by_group ON membership (account, group_id, id);
CREATE INDEX membership_by_user ON membership (account, user_id, id);

-- Policies inside a user, a role or a group: its id is the owner.
CREATE TABLE inline_policy (
  account INTEGER NOT NULL,
  owner TEXT NOT NULL,
  name_key TEXT NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (account, owner, name_key)
) WITHOUT ROWID;

CREATE TABLE managed_policy (
  account INTEGER NOT NULL,
  name_key TEXT NOT NULL,
  policy_id TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  description TEXT,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  default_version INTEGER NOT NULL,
  last_version INTEGER NOT NULL,  -- numbers are never given twice
  PRIMARY KEY (account, name_key)
) WITHOUT ROWID;
CREATE TRIGGER policy_added AFTER INSERT ON managed_policy BEGIN
  INSERT OR IGNORE INTO tally VALUES (new.account, 'policy', 0);
  UPDATE tally SET number = number + 1 WHERE account = new.account AND kind = 'policy';
END;
CREATE TRIGGER policy_removed AFTER DELETE ON managed_policy BEGIN
  UPDATE tally SET number = number - 1 WHERE account = old.account AND kind = 'policy';
  DELETE FROM policy_version WHERE account = old.account AND policy_id = old.policy_id;
END;

CREATE TABLE policy_version (
  account INTEGER NOT NULL,
  policy_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  document TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (account, policy_id, number)
) WITHOUT ROWID;
CREATE TRIGGER version_added AFTER INSERT ON policy_version BEGIN
  INSERT OR IGNORE INTO tally VALUES (new.account, 'policy_version', 0);
  UPDATE tally SET number = number + 1 WHERE account = new.account AND kind = 'policy_version';
END;
CREATE TRIGGER version_removed AFTER DELETE ON policy_version BEGIN
  UPDATE tally SET number = number - 1 WHERE account = old.account AND kind = 'policy_version';
END;

-- Managed policies by their ARN, as attached to a user, a role or a group; AWS's own policies too.
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  policy_arn TEXT NOT NULL,
  entity_kind INTEGER NOT NULL,
  entity_id TEXT NOT NULL
);
CREATE UNIQUE INDEX attachment_pair ON attachment (account, entity_id, policy_arn);
CREATE INDEX attachment_by_entity ON attachment (account, entity_id, id);
CREATE INDEX attachment_by_policy ON attachment (account, policy_arn, id);
CREATE TRIGGER attachment_added AFTER INSERT ON attachment BEGIN
  INSERT OR IGNORE INTO tally VALUES (new.account, 'attached:' || new.policy_arn, 0);
  UPDATE tally SET number = number + 1
    WHERE account = new.account AND kind = 'attached:' || new.policy_arn;
END;
CREATE TRIGGER attachment_removed AFTER DELETE ON attachment BEGIN
  UPDATE tally SET number = number - 1
    WHERE account = old.account AND kind = 'attached:' || old.policy_arn;
  DELETE FROM tally
    WHERE account = old.account AND kind = 'attached:' || old.policy_arn AND number = 0;
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
  id INTEGER PRIMARY KEY AUTOINCREMENT,
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
  kind INTEGER NOT NULL,
  principal_id TEXT NOT NULL,
  name TEXT NOT NULL,
  secret BLOB NOT NULL,
  token BLOB NOT NULL,
  issued INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  mfa_at INTEGER,
  source_identity TEXT,
  transitive_tag_keys TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX session_by_end ON session (account, expires);
CREATE TABLE session_policy (
  account INTEGER NOT NULL,
  access_key_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  policy_arn TEXT NOT NULL,  -- of a managed policy; empty when the document is given
  document TEXT NOT NULL,
  PRIMARY KEY (access_key_id, position)
) WITHOUT ROWID;
CREATE TRIGGER session_removed AFTER DELETE ON session BEGIN
  DELETE FROM session_policy WHERE access_key_id = old.access_key_id;
  DELETE FROM tag WHERE account = old.account AND resource = 'session:' || old.access_key_id;
END;

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
  database.script("PRAGMA application_id = " + std::to_string(kApplicationId) +
                  "; PRAGMA user_version = " + std::to_string(kVersion) + "; COMMIT");
}

}  // namespace keyfob
