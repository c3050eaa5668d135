#include "storage/account_tables.h"
#include "storage/reading.h"

// A snapshot is a row of `snapshot`, a temporary table that the engine makes with the connection, and a copy
// of each table with the account's rows as they were.

namespace keyfob {
namespace {

struct AccountTable {
  std::string name;
  std::string account;  // the column that says whose a row is
};

const AccountTable kTables[] = {
#define ACCOUNT_TABLE(table, account) {#table, #account},
    KEYFOB_ACCOUNT_TABLES(ACCOUNT_TABLE)};

std::string copy_of(const AccountTable& table, std::int64_t snapshot) {
  return "copy_" + std::to_string(snapshot) + "_of_" + table.name;
}

std::int64_t rows_of(Connection& connection, const std::string& table) {
  const auto statement = connection.prepare_once("SELECT count(*) FROM " + table);
  return number_of(Rows(*statement));
}

}  // namespace

void Tx::take_snapshot(std::string_view name) {
  remove_snapshot(name);
  const auto snapshot =
      number_of(query("INSERT INTO snapshot (account, name) VALUES ($1, $2) RETURNING id", name));
  for (const auto& table : kTables) {
    db_.execute_once("CREATE TEMPORARY TABLE " + copy_of(table, snapshot) + " AS SELECT * FROM " +
                     table.name + " WHERE " + table.account + " = " + std::to_string(account_id().number()));
  }
}

Restored Tx::restore_snapshot(std::string_view name) {
  const auto snapshot = snapshot_id(name);
  if (!snapshot) return Restored::no_such_snapshot;
  clear();
  for (const auto& table : kTables) {
    // What is unique across accounts may have been taken by another meanwhile.
    const auto copy = copy_of(table, *snapshot);
    const auto put_back = db_.execute_once("INSERT INTO " + table.name + " SELECT * FROM " + copy +
                                           " WHERE true ON CONFLICT DO NOTHING");
    if (put_back != rows_of(db_, copy)) return Restored::not_ours_any_more;
  }
  return Restored::done;
}

bool Tx::remove_snapshot(std::string_view name) {
  const auto snapshot = snapshot_id(name);
  if (!snapshot) return false;
  for (const auto& table : kTables) db_.execute_once("DROP TABLE " + copy_of(table, *snapshot));
  execute("DELETE FROM snapshot WHERE account = $1 AND name = $2", name);
  return true;
}

void Tx::remove_snapshots() {
  for (const auto& name : snapshots()) remove_snapshot(name);
}

std::vector<std::string> ReadTx::snapshots() const {
  return all_of(query("SELECT name FROM snapshot WHERE account = $1 ORDER BY name"),
                [](Columns& columns) { return columns.text(); });
}

std::optional<std::int64_t> ReadTx::snapshot_id(std::string_view name) const {
  return first_of(query("SELECT id FROM snapshot WHERE account = $1 AND name = $2", name),
                  [](Columns& columns) { return columns.integer(); });
}

}  // namespace keyfob
