// A user as its columns say it, for the files of storage/ that read users.
#pragma once

#include "storage/reading.h"

#define USER_COLUMNS                                                   \
  "iam_user.user_id, iam_user.name, iam_user.path, iam_user.created, " \
  "iam_user.password_last_used, iam_user.boundary"

namespace keyfob {

inline User user_from(Columns& columns) {
  return {.user_id = columns.text(),
          .name = columns.text(),
          .path = columns.text(),
          .created = columns.instant(),
          .password_last_used = columns.maybe_instant(),
          .boundary = columns.maybe_text()};
}

}  // namespace keyfob
