// Where the suites that say what any engine must do get their stores: the one place to add an engine.
#pragma once

#include <memory>
#include <string>

#include "storage/sqlite/connection.h"
#include "storage/store.h"

namespace keyfob {

inline std::unique_ptr<Connection> new_connection() { return sqlite::open({}); }

// Every row of the account in every table, to the last column.
inline std::string dump(Connection& connection, AccountId account) {
  std::string text;
  auto tables = connection.query(
      "SELECT m.name, (SELECT group_concat('quote(' || c.name || ')', '|| '','' ||')"
      " FROM pragma_table_info(m.name) AS c) FROM main.sqlite_schema AS m"
      " WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  while (tables.next()) {
    const std::string name(tables.row().bytes(0));
    text += name + "\n";
    const auto lines = connection.prepare_once(
        "SELECT " + std::string(tables.row().bytes(1)) + " AS line FROM main." + name + " WHERE " +
        (name == "account" ? "id" : "account") + " = " + std::to_string(account.number()) + " ORDER BY line");
    while (lines->step()) text += "  " + std::string(lines->bytes(0)) + "\n";
  }
  return text;
}

// How many tables there are beside the account's own, for snapshots.
inline std::int64_t tables_of_snapshots(Connection& connection) {
  auto rows = connection.query("SELECT count(*) FROM sqlite_temp_schema WHERE name LIKE 'copy_%'");
  rows.next();
  return rows.row().integer(0);
}

}  // namespace keyfob
