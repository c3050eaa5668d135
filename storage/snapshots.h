// Named copies of an account, kept in memory beside the store until the process ends.
//
// Taking one copies nothing: from then on the first change of each row puts the row aside as it was, and
// going back puts those rows in their place again. So both cost what was changed in between, whatever the
// account holds. The snapshots of an account form a tree around its present state (docs/architecture.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/words.h"

namespace keyfob {

class Database;

// Inside one transaction of one account, got from Tx::snapshots.
class Snapshots {
 public:
  Snapshots(Database& database, AccountId account) : db_(database), account_(account) {}

  void take(std::string_view name);  // in the place of one of that name
  // False: there is none. Throws StoreConflict when an alias or access key has since become another
  // account's.
  bool restore(std::string_view name);
  std::vector<std::string> names();
  bool remove(std::string_view name);  // false: there is none
  void clear();

 private:
  std::optional<std::int64_t> id_of(std::string_view name);
  std::int64_t base();
  std::vector<std::int64_t> path_to_base(std::int64_t from);
  void step_to(std::int64_t snapshot);
  void make_base(std::int64_t snapshot);
  bool unname(std::string_view name);
  void forget_nameless();
  void forget(std::int64_t snapshot);

  Database& db_;
  AccountId account_;
};

}  // namespace keyfob
