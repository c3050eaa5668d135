#include "storage/sqlite/connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>

#include "storage/sqlite/schema.h"

namespace keyfob::sqlite {

// --- Statement ---

Statement::Statement(Connection& connection, sqlite3_stmt* statement)
    : connection_(connection), statement_(statement) {
  // To SQLite `$1` is a name like any other, numbered as it first comes.
  const auto parameters = sqlite3_bind_parameter_count(statement_);
  indexes_.resize(std::size_t(parameters) + 1);
  for (int parameter = 1; parameter <= parameters; ++parameter) {
    const auto name = "$" + std::to_string(parameter);
    indexes_[std::size_t(parameter)] = sqlite3_bind_parameter_index(statement_, name.c_str());
    assert(indexes_[std::size_t(parameter)] != 0 && "parameters are $1, $2, … without a gap");
  }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

int Statement::index_of(int parameter) const noexcept {
  assert(std::size_t(parameter) < indexes_.size() && "a value too many");
  return indexes_[std::size_t(parameter)];
}

void Statement::bind_integer(int parameter, std::int64_t value) noexcept {
  sqlite3_bind_int64(statement_, index_of(parameter), value);
}

// A view of nothing may point nowhere, which SQLite would take for NULL.
void Statement::bind_text(int parameter, std::string_view value) noexcept {
  sqlite3_bind_text(statement_, index_of(parameter), value.data() == nullptr ? "" : value.data(),
                    int(value.size()), SQLITE_STATIC);
}

void Statement::bind_bytes(int parameter, std::string_view value) noexcept {
  sqlite3_bind_blob(statement_, index_of(parameter), value.data() == nullptr ? "" : value.data(),
                    int(value.size()), SQLITE_STATIC);
}

void Statement::bind_null(int parameter) noexcept { sqlite3_bind_null(statement_, index_of(parameter)); }

bool Statement::step() {
  if (connection_.before_step) connection_.before_step();
  switch (sqlite3_step(statement_)) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      connection_.fail();
  }
}

std::int64_t Statement::changed() const { return sqlite3_changes(connection_.handle_); }

void Statement::reset() noexcept {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

// Zeros inside a seed survive: the bytes are the same for TEXT and BLOB.
std::string_view Statement::bytes(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

// --- Connection ---

namespace {

// The file holds seeds and secrets in the clear. What SQLite puts beside it has the same mode; a path that
// can't be made is SQLite's to complain of.
void create_for_us_alone(const std::string& path) {
  if (path == ":memory:") return;
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file >= 0) close(file);
}

}  // namespace

Connection::Connection(const std::string& path) {
  // Before SQLite's first use, and in vain after it: without statistics that nobody reads, no lock for each
  // allocation.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(configured);
  create_for_us_alone(path);
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    const std::string reason = sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    throw StoreError(reason);
  }
}

Connection::~Connection() {
  statements_.clear();
  sqlite3_close(handle_);
}

keyfob::Statement& Connection::prepared(const char* sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second;
  return statements_.try_emplace(sql, *this, prepare(sql, SQLITE_PREPARE_PERSISTENT)).first->second;
}

std::unique_ptr<keyfob::Statement> Connection::prepare_once(const std::string& sql) {
  return std::make_unique<Statement>(*this, prepare(sql.c_str(), 0));
}

void Connection::begin() { execute("BEGIN IMMEDIATE"); }

void Connection::commit() { execute("COMMIT"); }

void Connection::roll_back() noexcept {
  if (sqlite3_get_autocommit(handle_) == 0) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Connection::script(const std::string& sql) {
  if (before_step) before_step();
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

sqlite3_stmt* Connection::prepare(const char* sql, unsigned flags) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_, sql, -1, flags, &statement, nullptr) != SQLITE_OK) fail();
  return statement;
}

void Connection::fail() const { throw StoreError(sqlite3_errmsg(handle_)); }

std::unique_ptr<keyfob::Connection> open(const std::string& path) {
  const bool in_memory = path.empty();
  try {
    auto connection = std::make_unique<Connection>(in_memory ? ":memory:" : path);
    // Before journal_mode: no shared memory, no lock calls.
    if (!in_memory) connection->script("PRAGMA locking_mode = EXCLUSIVE");
    // Whose file it is must be known before the first pragma that writes.
    check_and_migrate(*connection);
    if (!in_memory) connection->script("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    make_temporary_tables(*connection);
    return connection;
  } catch (const StoreError& error) {
    throw StoreError("can't use " + (in_memory ? "memory" : path) + ": " + error.what());
  }
}

}  // namespace keyfob::sqlite
