// Rows read into records: the first, a page of them, a page of what has a name and a path (catalogue §12).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/records.h"
#include "storage/sqlite.h"

namespace keyfob {

template <class From>
auto first_of(Rows&& rows, From from) {
  return rows.next() ? std::optional(from(rows)) : std::nullopt;
}

// Ask for one row more than the page holds, which tells whether there are more.
inline std::int64_t rows_for(std::size_t limit) { return std::int64_t(limit) + 1; }

template <class From>
auto page_of(Rows&& rows, std::size_t limit, From from) {
  Page<decltype(from(rows))> page;
  while (rows.next()) {
    if (page.items.size() == limit) {
      page.more = true;
      break;
    }
    page.items.push_back(from(rows));
  }
  return page;
}

// Of users, roles, groups and managed policies. Walks `rows`, whose first two columns are the key they are
// sorted by and the path, and keeps those below the prefix. Looks at a bounded number of rows, so that a rare
// prefix doesn't walk the whole account: a page may be short and still say that more follows, and `last_seen`
// is the key to go on from.
template <class From>
auto page_by_name(Rows&& rows, std::string_view path_prefix, std::size_t limit, std::string& last_seen,
                  From from) {
  Page<decltype(from(rows))> page;
  const auto most_looked_at = std::max<std::size_t>(1000, 10 * limit);
  for (std::size_t looked_at = 0; rows.next(); ++looked_at) {
    if (page.items.size() == limit || looked_at == most_looked_at) {
      page.more = true;
      break;
    }
    last_seen = rows.text(0);
    if (rows.text(1).starts_with(path_prefix)) page.items.push_back(from(rows));
  }
  return page;
}

}  // namespace keyfob
