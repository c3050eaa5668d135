// A user as its columns say it, for the files of storage/ that read users.
#pragma once

#include "storage/records.h"
#include "storage/sqlite.h"

#define USER_COLUMNS \
  "user.user_id, user.name, user.path, user.created, user.password_last_used, user.boundary"

namespace keyfob {

inline User user_from(const Rows& row, int first) {
  return {.user_id = row.text(first),
          .name = row.text(first + 1),
          .path = row.text(first + 2),
          .created = row.instant(first + 3),
          .password_last_used = row.maybe_instant(first + 4),
          .boundary = row.maybe_text(first + 5)};
}

}  // namespace keyfob
