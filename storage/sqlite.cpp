#include "storage/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

namespace keyfob {

Rows::~Rows() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
  if (database_.before_step) database_.before_step();
  switch (sqlite3_step(statement_)) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      database_.fail();
  }
}

std::int64_t Rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Rows::text(int column) const {
  // As a blob: the same bytes for TEXT and BLOB, and zeros inside a seed survive.
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

bool Rows::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::optional<std::int64_t> Rows::maybe_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Rows::maybe_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::optional<Instant> Rows::maybe_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

namespace {

// The file holds seeds and secrets in the clear. What SQLite puts beside it has the same mode; a path that
// can't be made is SQLite's to complain of.
void create_for_us_alone(const std::string& path) {
  if (path == ":memory:") return;
  const int file = open(path.c_str(), O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file >= 0) close(file);
}

}  // namespace

Database::Database(const std::string& path) {
  // Before SQLite's first use, and in vain after it: without statistics that nobody reads, no lock for each
  // allocation.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(configured);
  create_for_us_alone(path);
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path.c_str(), &connection_, flags, nullptr) != SQLITE_OK) {
    const std::string reason = sqlite3_errmsg(connection_);
    sqlite3_close(connection_);
    throw StoreError(reason);
  }
  // For snapshots: the rows put aside make no file, and a row that is replaced counts as removed.
  script("PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = ON");
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(connection_);
}

void Database::script(const std::string& sql) {
  if (before_step) before_step();
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

bool Database::any(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) fail();
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> owner(statement, &sqlite3_finalize);
  return Rows(*this, statement).next();
}

void Database::enable_triggers(bool enabled) noexcept {
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_TRIGGER, int{enabled}, nullptr);
}

void Database::roll_back() noexcept {
  if (sqlite3_get_autocommit(connection_) == 0)
    sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(connection_); }

std::int64_t Database::changes() const { return sqlite3_changes(connection_); }

sqlite3_stmt* Database::prepared(const char* sql) {
  auto& statement = statements_[sql];
  if (statement == nullptr &&
      sqlite3_prepare_v3(connection_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    fail();
  }
  return statement;
}

void Database::fail() const {
  const std::string reason = sqlite3_errmsg(connection_);
  if (sqlite3_errcode(connection_) == SQLITE_CONSTRAINT) throw StoreConflict(reason);
  throw StoreError(reason);
}

void Database::bind(sqlite3_stmt* statement, int index, std::int64_t value) {
  sqlite3_bind_int64(statement, index, value);
}

void Database::bind(sqlite3_stmt* statement, int index, std::string_view value) {
  // A view of nothing may point nowhere, which SQLite would take for NULL.
  sqlite3_bind_text(statement, index, value.data() == nullptr ? "" : value.data(), int(value.size()),
                    SQLITE_STATIC);
}

void Database::bind(sqlite3_stmt* statement, int index, Blob value) {
  sqlite3_bind_blob(statement, index, value.bytes.data() == nullptr ? "" : value.bytes.data(),
                    int(value.bytes.size()), SQLITE_STATIC);
}

void Database::bind(sqlite3_stmt* statement, int index, std::nullptr_t) {
  sqlite3_bind_null(statement, index);
}

}  // namespace keyfob
