// What the store asks of a database engine: the seam between the questions of Tx and what answers them.
//
// The questions are written in the SQL that SQLite and PostgreSQL share, with parameters `$1`, `$2`, … in any
// order. Values are whole numbers, texts, bytes and nothing. Any failure throws StoreError. A connection is
// not safe for use from two threads at once: Store holds a lock around it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/words.h"
#include "storage/store_error.h"

namespace keyfob {

// A statement that the engine has prepared. Parameters count from 1, columns from 0. What is bound isn't
// copied: it must live until the last step.
class Statement {
 public:
  virtual ~Statement() = default;

  virtual void bind_integer(int parameter, std::int64_t value) noexcept = 0;
  virtual void bind_text(int parameter, std::string_view value) noexcept = 0;
  virtual void bind_bytes(int parameter, std::string_view value) noexcept = 0;
  virtual void bind_null(int parameter) noexcept = 0;

  virtual bool step() = 0;                   // to the next row; false: there is none, and all is done
  virtual std::int64_t changed() const = 0;  // how many rows it changed, when it is done
  virtual void reset() noexcept = 0;         // for the next use

  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;  // of a text as of bytes; until the next step

 private:
  friend class Rows;
  bool in_use_ = false;
};

// A statement in progress. Whoever asks the same again meanwhile would take its rows away, so that throws.
class Rows {
 public:
  template <class... Values>
  explicit Rows(Statement& statement, const Values&... values) : statement_(statement) {
    if (statement_.in_use_) throw StoreError("a statement is asked again while its rows are being read");
    statement_.in_use_ = true;
    int parameter = 0;
    (bind(++parameter, values), ...);
  }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows() {
    statement_.reset();
    statement_.in_use_ = false;
  }

  bool next() { return statement_.step(); }
  const Statement& row() const { return statement_; }

 private:
  void bind(int parameter, std::int64_t value) noexcept { statement_.bind_integer(parameter, value); }
  void bind(int parameter, std::string_view value) noexcept { statement_.bind_text(parameter, value); }
  void bind(int parameter, const Secret& value) noexcept { statement_.bind_bytes(parameter, value.reveal()); }
  void bind(int parameter, Instant value) noexcept {
    statement_.bind_integer(parameter, value.time_since_epoch().count());
  }
  template <class T>
  void bind(int parameter, const std::optional<T>& value) noexcept {
    if (value) {
      bind(parameter, *value);
    } else {
      statement_.bind_null(parameter);
    }
  }

  Statement& statement_;
};

class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  // A statement, prepared once. `sql` must be a literal: its address is the key it is kept under.
  virtual Statement& prepared(const char* sql) = 0;
  // One that isn't kept.
  virtual std::unique_ptr<Statement> prepare_once(const std::string& sql) = 0;

  virtual void begin() = 0;  // a transaction that may write
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;  // the transaction under way, if there still is one

  template <class... Values>
  Rows query(const char* sql, const Values&... values) {
    return Rows(prepared(sql), values...);
  }
  // Without rows. Says how many it changed.
  template <class... Values>
  std::int64_t execute(const char* sql, const Values&... values) {
    auto& statement = prepared(sql);
    Rows rows(statement, values...);
    rows.next();
    return statement.changed();
  }
  std::int64_t execute_once(const std::string& sql) {
    const auto statement = prepare_once(sql);
    statement->step();
    return statement->changed();
  }

  // Called before each step of a statement; may throw. How tests make the store fail.
  std::function<void()> before_step;
};

}  // namespace keyfob
