#include "storage/snapshots.h"

#include "storage/sqlite.h"

// The shape is Baker's: the account's tables hold its present state, and each snapshot holds the rows by
// which it differs from its neighbour `next`, the one a step nearer to the present. The nearest of all, the
// base, has no `next` and differs from the present itself: what changes is put aside for it. To restore a
// snapshot is to walk from the base to it, each step turning one difference around.
//
// For each table there is a `before_…` with the rows put aside: as they were when `present`, and when not,
// their key alone, which says that there was none.

namespace keyfob {
namespace {

struct Table {
  std::string name;
  std::string account;               // the column that says whose a row is
  std::vector<std::string> columns;  // all of them
  std::vector<std::string> typed;    // the same with their types: an index serves its own type alone
  std::vector<std::string> key;      // the primary key's
};

std::vector<Table> account_tables(Database& database) {
  std::vector<Table> tables;
  auto names = database.query(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
  while (names.next()) {
    Table table{.name = names.text(0), .account = "account", .columns = {}, .typed = {}, .key = {}};
    if (table.name == "account") table.account = "id";
    auto columns =
        database.query("SELECT name, pk, type FROM pragma_table_info(?, 'main') ORDER BY cid", table.name);
    while (columns.next()) {
      table.columns.push_back(columns.text(0));
      table.typed.push_back(columns.text(0) + " " + columns.text(2));
      if (columns.integer(1) > 0) table.key.push_back(columns.text(0));
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

std::string list_of(const std::vector<std::string>& names, const std::string& prefix = {}) {
  std::string list;
  for (const auto& name : names) list.append(list.empty() ? "" : ", ").append(prefix).append(name);
  return list;
}

std::string equal(const std::vector<std::string>& names, const std::string& left, const std::string& right) {
  std::string all;
  for (const auto& name : names)
    all.append(all.empty() ? "" : " AND ").append(left + name).append(" = ").append(right + name);
  return all;
}

// Puts a row aside for the base of its account, unless that has been done since the base was taken.
std::string put_aside(const Table& table, const std::string& row, bool present) {
  const auto& columns = present ? table.columns : table.key;
  return " BEGIN INSERT INTO before_" + table.name + " (snapshot, present, " + list_of(columns) + ")" +
         " SELECT base.id, " + (present ? "1, " : "0, ") + list_of(columns, row) + " FROM snapshot AS base" +
         " WHERE base.account = " + row + table.account + " AND base.next IS NULL AND NOT EXISTS" +
         " (SELECT 1 FROM before_" + table.name + " AS kept WHERE kept.snapshot = base.id AND " +
         equal(table.key, "kept.", row) + "); END";
}

void watch(Database& database, const Table& table) {
  const auto key = list_of(table.key);
  database.script("CREATE TEMP TABLE before_" + table.name + " (snapshot INTEGER, present INTEGER, " +
                  list_of(table.typed) + ", PRIMARY KEY (snapshot, " + key + ")) WITHOUT ROWID");
  const auto on = [&](const std::string& name, const std::string& event, const std::string& aside) {
    database.script("CREATE TEMP TRIGGER snapshot_" + table.name + "_" + name + " " + event + " ON main." +
                    table.name + aside);
  };
  on("insert", "AFTER INSERT", put_aside(table, "new.", false));
  on("update", "BEFORE UPDATE", put_aside(table, "old.", true));
  on("rename", "AFTER UPDATE OF " + key, put_aside(table, "new.", false));
  on("delete", "BEFORE DELETE", put_aside(table, "old.", true));
}

bool is_watched(Database& database) {
  return database.query("SELECT 1 FROM temp.sqlite_schema WHERE name = 'snapshot'").next();
}

// With the first snapshot: who takes none pays nothing.
void watch_all(Database& database) {
  if (is_watched(database)) return;
  database.script(R"sql(
CREATE TEMP TABLE snapshot (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  name TEXT,  -- none: removed, and needed by those that go by it
  next INTEGER
);
CREATE UNIQUE INDEX temp.snapshot_by_name ON snapshot (account, name);
CREATE UNIQUE INDEX temp.base ON snapshot (account) WHERE next IS NULL;
CREATE INDEX temp.snapshot_by_next ON snapshot (next);
)sql");
  for (const auto& table : account_tables(database)) watch(database, table);
}

// While it lives the schema's own triggers rest: rows go in and out as they were, tallies too.
class TriggersAtRest {
 public:
  explicit TriggersAtRest(Database& database) : database_(database) { database_.enable_triggers(false); }
  TriggersAtRest(const TriggersAtRest&) = delete;
  TriggersAtRest& operator=(const TriggersAtRest&) = delete;
  ~TriggersAtRest() { database_.enable_triggers(true); }

 private:
  Database& database_;
};

// The rows put aside for a snapshot: by what it differs from its neighbour.
class Difference {
 public:
  Difference(Database& database, std::int64_t snapshot)
      : database_(database), snapshot_(std::to_string(snapshot)), tables_(account_tables(database)) {
    std::erase_if(tables_, [&](const Table& table) { return !database_.any("SELECT 1" + rows_of(table)); });
  }

  // Makes the present state what the snapshot was, a step away. All rows go before any comes: what is unique
  // may have moved from one to another.
  void put_back(AccountId account) {
    for (const auto& table : tables_) {
      const auto key = list_of(table.key);
      database_.script("DELETE FROM main." + table.name + " WHERE " + table.account + " = " +
                       std::to_string(account.number()) + " AND (" + key + ") IN (SELECT " + key +
                       rows_of(table) + ")");
    }
    for (const auto& table : tables_) {
      const auto columns = list_of(table.columns);
      database_.script("INSERT INTO main." + table.name + " (" + columns + ") SELECT " + columns +
                       rows_of(table) + " AND present");
    }
  }

  // For those a step further away, which then are a step from its neighbour.
  void give_to_followers() {
    for (const auto& table : tables_) {
      database_.script("INSERT INTO before_" + table.name + " (snapshot, present, " + list_of(table.columns) +
                       ") SELECT f.id, b.present, " + list_of(table.columns, "b.") + " FROM before_" +
                       table.name + " AS b JOIN snapshot AS f ON f.next = b.snapshot" +
                       " WHERE b.snapshot = " + snapshot_ + " AND NOT EXISTS (SELECT 1 FROM before_" +
                       table.name + " AS kept WHERE kept.snapshot = f.id AND " +
                       equal(table.key, "kept.", "b.") + ")");
    }
  }

  void forget() {
    for (const auto& table : tables_) database_.script("DELETE" + rows_of(table));
  }

 private:
  std::string rows_of(const Table& table) const {
    return " FROM before_" + table.name + " WHERE snapshot = " + snapshot_;
  }

  Database& database_;
  std::string snapshot_;
  std::vector<Table> tables_;  // those that have some
};

}  // namespace

void Snapshots::take(std::string_view name) {
  watch_all(db_);
  unname(name);
  db_.execute("INSERT INTO snapshot (account, name, next) VALUES (?, ?, -1)", account_.number(), name);
  make_base(db_.last_id());
  forget_nameless();
}

bool Snapshots::restore(std::string_view name) {
  const auto id = id_of(name);
  if (!id) return false;
  const TriggersAtRest at_rest(db_);
  step_to(base());
  for (auto path = path_to_base(*id); !path.empty(); path.pop_back()) step_to(path.back());
  forget_nameless();
  return true;
}

// A step away from the base; or to the base itself, which takes back what has changed since. What the old
// base then differs by is put aside for it as any change is.
void Snapshots::step_to(std::int64_t snapshot) {
  Difference difference(db_, snapshot);
  difference.put_back(account_);
  difference.forget();
  make_base(snapshot);
}

void Snapshots::make_base(std::int64_t snapshot) {
  db_.execute("UPDATE snapshot SET next = ? WHERE account = ? AND next IS NULL", snapshot, account_.number());
  db_.execute("UPDATE snapshot SET next = NULL WHERE id = ?", snapshot);
}

std::vector<std::string> Snapshots::names() {
  std::vector<std::string> names;
  if (!is_watched(db_)) return names;
  auto rows = db_.query("SELECT name FROM snapshot WHERE account = ? AND name IS NOT NULL ORDER BY name",
                        account_.number());
  while (rows.next()) names.push_back(rows.text(0));
  return names;
}

bool Snapshots::remove(std::string_view name) {
  if (!is_watched(db_) || !unname(name)) return false;
  forget_nameless();
  return true;
}

void Snapshots::clear() {
  if (!is_watched(db_)) return;
  std::vector<std::int64_t> all;
  {
    auto rows = db_.query("SELECT id FROM snapshot WHERE account = ?", account_.number());
    while (rows.next()) all.push_back(rows.integer(0));
  }
  for (const auto snapshot : all) forget(snapshot);
}

std::optional<std::int64_t> Snapshots::id_of(std::string_view name) {
  if (!is_watched(db_)) return std::nullopt;
  auto rows = db_.query("SELECT id FROM snapshot WHERE account = ? AND name = ?", account_.number(), name);
  if (!rows.next()) return std::nullopt;
  return rows.integer(0);
}

std::int64_t Snapshots::base() {
  auto rows = db_.query("SELECT id FROM snapshot WHERE account = ? AND next IS NULL", account_.number());
  rows.next();
  return rows.integer(0);
}

// Those on the way, `from` first, without the base.
std::vector<std::int64_t> Snapshots::path_to_base(std::int64_t from) {
  std::vector<std::int64_t> path;
  auto rows = db_.query(
      "WITH RECURSIVE way (id, next) AS ("
      " SELECT id, next FROM snapshot WHERE id = ?"
      " UNION ALL SELECT s.id, s.next FROM way JOIN snapshot AS s ON s.id = way.next)"
      " SELECT id FROM way WHERE next IS NOT NULL",
      from);
  while (rows.next()) path.push_back(rows.integer(0));
  return path;
}

bool Snapshots::unname(std::string_view name) {
  return db_.execute("UPDATE snapshot SET name = NULL WHERE account = ? AND name = ?", account_.number(),
                     name) > 0;
}

// A snapshot without a name goes as soon as none goes by it; when others do, they take over its rows. Only
// the base stays for them.
void Snapshots::forget_nameless() {
  const auto next_to_forget = [&]() -> std::optional<std::int64_t> {
    auto rows = db_.query(
        "SELECT id FROM snapshot AS s WHERE account = ? AND name IS NULL"
        " AND (next IS NOT NULL OR NOT EXISTS (SELECT 1 FROM snapshot AS f WHERE f.next = s.id)) LIMIT 1",
        account_.number());
    if (!rows.next()) return std::nullopt;
    return rows.integer(0);
  };
  while (const auto nameless = next_to_forget()) {
    Difference(db_, *nameless).give_to_followers();
    db_.execute("UPDATE snapshot SET next = (SELECT next FROM snapshot WHERE id = ?) WHERE next = ?",
                *nameless, *nameless);
    forget(*nameless);
  }
}

void Snapshots::forget(std::int64_t snapshot) {
  Difference(db_, snapshot).forget();
  db_.execute("DELETE FROM snapshot WHERE id = ?", snapshot);
}

}  // namespace keyfob
