// SQLite as the store's engine: a connection whose statements are prepared once.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/connection.h"

struct sqlite3;
struct sqlite3_stmt;

namespace keyfob::sqlite {

class Connection;

class Statement final : public keyfob::Statement {
 public:
  Statement(Connection& connection, sqlite3_stmt* statement);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() override;

  void bind_integer(int parameter, std::int64_t value) noexcept override;
  void bind_text(int parameter, std::string_view value) noexcept override;
  void bind_bytes(int parameter, std::string_view value) noexcept override;
  void bind_null(int parameter) noexcept override;
  bool step() override;
  std::int64_t changed() const override;
  void reset() noexcept override;
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string_view bytes(int column) const override;

 private:
  int index_of(int parameter) const noexcept;

  Connection& connection_;
  sqlite3_stmt* statement_;
  std::vector<int> indexes_;  // SQLite's own number of `$1`, `$2`, …
};

class Connection final : public keyfob::Connection {
 public:
  // The file as it is, or ":memory:"; open() makes a store of it.
  explicit Connection(const std::string& path);
  ~Connection() override;

  keyfob::Statement& prepared(const char* sql) override;
  std::unique_ptr<keyfob::Statement> prepare_once(const std::string& sql) override;
  void begin() override;
  void commit() override;
  void roll_back() noexcept override;

  // Several statements without parameters.
  void script(const std::string& sql);

 private:
  friend class Statement;
  sqlite3_stmt* prepare(const char* sql, unsigned flags);
  [[noreturn]] void fail() const;

  sqlite3* handle_ = nullptr;
  std::unordered_map<const char*, Statement> statements_;
};

// A connection to a data file with this version's schema; an empty path keeps the state in memory. Throws
// StoreError with one clear line when the file can't be used.
std::unique_ptr<keyfob::Connection> open(const std::string& path);

}  // namespace keyfob::sqlite
