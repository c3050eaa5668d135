#include "storage/sqlite/schema.h"

#include <iterator>
#include <string>

#include "storage/reading.h"
#include "storage/sqlite/connection.h"

namespace keyfob::sqlite {
namespace {

// "kfob": says in the file's header whose it is.
constexpr std::int64_t kApplicationId = 0x6b666f62;

// Each entry takes a file from its index to the next version. Entries are never edited once released.
constexpr const char* kMigrations[] = {
    R"sql(
-- Every table says in `account` whose a row is (storage/account_tables.h). Numbers that order a list are never
-- given twice (AUTOINCREMENT): a snapshot may bring an old one back.
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  created INTEGER NOT NULL,
  alias TEXT UNIQUE,
  clock_offset INTEGER NOT NULL DEFAULT 0,
  clock_frozen_at INTEGER,
  root_password_last_used INTEGER
);

CREATE TABLE iam_user (
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
CREATE UNIQUE INDEX user_by_id ON iam_user (account, user_id);

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

CREATE TABLE iam_role (
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
CREATE UNIQUE INDEX role_by_id ON iam_role (account, role_id);
CREATE INDEX user_by_boundary ON iam_user (account, boundary, user_id) WHERE boundary IS NOT NULL;
CREATE INDEX role_by_boundary ON iam_role (account, boundary, role_id) WHERE boundary IS NOT NULL;

CREATE TABLE iam_group (
  account INTEGER NOT NULL,
  name_key TEXT NOT NULL,
  group_id TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (account, name_key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX group_by_id ON iam_group (account, group_id);

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

CREATE TABLE policy_version (
  account INTEGER NOT NULL,
  policy_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  document TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (account, policy_id, number)
) WITHOUT ROWID;

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

std::int64_t ask(Connection& connection, const char* sql) { return number_of(connection.query(sql)); }

}  // namespace

void check_and_migrate(Connection& connection) {
  const auto application = ask(connection, "PRAGMA application_id");
  const auto version = ask(connection, "PRAGMA user_version");
  const bool empty = ask(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  const bool is_ours = application == kApplicationId || (empty && application == 0);
  if (!is_ours || version < 0) throw StoreError("not a keyfob data file");
  if (version > kVersion) {
    throw StoreError("written by a newer keyfob (format " + std::to_string(version) + ", this one knows " +
                     std::to_string(kVersion) + ")");
  }
  if (version == kVersion) return;

  connection.begin();
  for (auto next = version; next < kVersion; ++next) connection.script(kMigrations[next]);
  connection.script("PRAGMA application_id = " + std::to_string(kApplicationId) +
                    "; PRAGMA user_version = " + std::to_string(kVersion));
  connection.commit();
}

void make_temporary_tables(Connection& connection) {
  connection.script(R"sql(
PRAGMA temp_store = MEMORY;
CREATE TEMPORARY TABLE snapshot (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (account, name)
);
)sql");
}

}  // namespace keyfob::sqlite
