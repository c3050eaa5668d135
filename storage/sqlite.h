// SQLite in RAII: a connection whose statements are prepared once, and rows to walk. Only storage/ includes
// this. Any failure of SQLite throws StoreError. Not safe for use from two threads at once: Store holds a
// lock around it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "protocol/words.h"
#include "storage/store_error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace keyfob {

struct Blob {
  std::string_view bytes;
};

class Database;

// The rows of one statement in progress. Resets the statement when it goes; move-only by being returned in
// place.
class Rows {
 public:
  Rows(Database& database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows();

  bool next();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  Instant instant(int column) const { return Instant{Duration{integer(column)}}; }
  bool is_null(int column) const;
  std::optional<std::int64_t> maybe_integer(int column) const;
  std::optional<std::string> maybe_text(int column) const;
  std::optional<Instant> maybe_instant(int column) const;

 private:
  Database& database_;
  sqlite3_stmt* statement_;
};

class Database {
 public:
  explicit Database(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Several statements without parameters, not kept.
  void script(const std::string& sql);

  // Whether a query without parameters, not kept, has a row.
  bool any(const std::string& sql);

  // Whether the schema's triggers act; temporary ones always do.
  void enable_triggers(bool enabled) noexcept;

  // Ends the transaction under way, if SQLite hasn't already.
  void roll_back() noexcept;

  // Starts a statement; `sql` must be a literal, its address is the key it is kept under. The arguments are
  // bound without a copy and must live until the rows are done.
  template <class... Arguments>
  Rows query(const char* sql, const Arguments&... arguments) {
    auto* statement = prepared(sql);
    int index = 0;
    (bind(statement, ++index, arguments), ...);
    return Rows(*this, statement);
  }

  // A statement that returns no rows. Says how many it changed.
  template <class... Arguments>
  std::int64_t execute(const char* sql, const Arguments&... arguments) {
    {
      auto rows = query(sql, arguments...);
      while (rows.next()) {
      }
    }
    return changes();
  }

  std::int64_t last_id() const;

  // Called before each step of a statement; may throw StoreError. How tests make the store fail.
  std::function<void()> before_step;

 private:
  friend class Rows;
  sqlite3_stmt* prepared(const char* sql);
  std::int64_t changes() const;
  [[noreturn]] void fail() const;

  void bind(sqlite3_stmt* statement, int index, std::int64_t value);
  void bind(sqlite3_stmt* statement, int index, std::string_view value);
  void bind(sqlite3_stmt* statement, int index, Blob value);
  void bind(sqlite3_stmt* statement, int index, std::nullptr_t);
  void bind(sqlite3_stmt* statement, int index, const Secret& value) {
    bind(statement, index, Blob{value.reveal()});
  }
  void bind(sqlite3_stmt* statement, int index, Instant value) {
    bind(statement, index, std::int64_t{value.time_since_epoch().count()});
  }
  template <class T>
  void bind(sqlite3_stmt* statement, int index, const std::optional<T>& value) {
    if (value) {
      bind(statement, index, *value);
    } else {
      bind(statement, index, nullptr);
    }
  }

  sqlite3* connection_ = nullptr;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

}  // namespace keyfob
