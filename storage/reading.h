// Rows read into records: one, all, or a page of them (aws/pages.md). For the files of storage/ alone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.h"
#include "storage/records.h"
#include "storage/tx.h"

namespace keyfob {

template <class... Values>
Rows ReadTx::query(const char* sql, const Values&... values) const {
  return db_.query(sql, account_.number(), values...);
}

template <class... Values>
std::int64_t Tx::execute(const char* sql, const Values&... values) {
  return db_.execute(sql, account_id().number(), values...);
}

// The columns of a row, one after another.
class Columns {
 public:
  explicit Columns(const Rows& rows) : row_(rows.row()) {}

  std::int64_t integer() { return row_.integer(next_++); }
  bool flag() { return integer() != 0; }
  std::string_view view() { return row_.bytes(next_++); }
  std::string text() { return std::string(view()); }
  Secret secret() { return Secret{text()}; }
  Instant instant() { return Instant{Duration{integer()}}; }
  template <class Kind>
  Kind kind() {
    return static_cast<Kind>(integer());
  }

  std::optional<std::int64_t> maybe_integer() { return maybe(&Columns::integer); }
  std::optional<std::string> maybe_text() { return maybe(&Columns::text); }
  std::optional<Instant> maybe_instant() { return maybe(&Columns::instant); }
  bool next_is_null() const { return row_.is_null(next_); }

 private:
  template <class T>
  std::optional<T> maybe(T (Columns::*read)()) {
    if (!next_is_null()) return (this->*read)();
    ++next_;
    return std::nullopt;
  }

  const Statement& row_;
  int next_ = 0;
};

// `from` makes a record of the columns that are left.
template <class From>
auto first_of(Rows&& rows, From from) {
  using Record = decltype(from(std::declval<Columns&>()));
  if (!rows.next()) return std::optional<Record>();
  Columns columns(rows);
  return std::optional<Record>(from(columns));
}

template <class From>
auto all_of(Rows&& rows, From from) {
  std::vector<decltype(from(std::declval<Columns&>()))> records;
  while (rows.next()) {
    Columns columns(rows);
    records.push_back(from(columns));
  }
  return records;
}

inline std::int64_t number_of(Rows&& rows) { return rows.next() ? Columns(rows).integer() : 0; }

inline void read_key(Columns& columns, std::int64_t& key) { key = columns.integer(); }
inline void read_key(Columns& columns, std::string& key) { key = columns.view(); }

// Ask for one row more than the page holds, which tells whether there are more.
inline std::int64_t rows_for(std::size_t limit) { return std::int64_t(limit) + 1; }

// The first column is the key that the list goes by.
template <class Key, class From>
auto page_of(Rows&& rows, std::size_t limit, From from) {
  Page<decltype(from(std::declval<Columns&>())), Key> page;
  Key last{};
  while (rows.next()) {
    if (page.items.size() == limit) {
      page.next = std::move(last);
      break;
    }
    Columns columns(rows);
    read_key(columns, last);
    page.items.push_back(from(columns));
  }
  return page;
}

// Of users, roles, groups and managed policies. The first two columns are the name that the list goes by and
// the path; kept are those below the prefix. Looks at a bounded number of rows, so that a rare prefix doesn't
// walk the whole account: a page may be short and still say that more follows.
inline std::int64_t rows_for_names(std::size_t limit) {
  return std::max<std::int64_t>(1000, 10 * std::int64_t(limit)) + 1;
}

template <class From>
auto page_by_name(Rows&& rows, std::string_view path_prefix, std::size_t limit, From from) {
  Page<decltype(from(std::declval<Columns&>())), std::string> page;
  std::string last;
  for (auto left = rows_for_names(limit); rows.next();) {
    if (page.items.size() == limit || --left == 0) {
      page.next = std::move(last);
      break;
    }
    Columns columns(rows);
    read_key(columns, last);
    if (columns.view().starts_with(path_prefix)) page.items.push_back(from(columns));
  }
  return page;
}

}  // namespace keyfob
