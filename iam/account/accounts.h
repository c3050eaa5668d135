// What a test does to a whole account: move its clock, export it, replace it, keep copies of it, make it as
// new; and what the account's root does without a request. Safe from any thread.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "iam/call/call.h"
#include "iam/controls/faults.h"
#include "iam/controls/journal.h"
#include "storage/store.h"

namespace keyfob {

class Accounts {
 public:
  // Sets the clocks of all stored accounts.
  Accounts(Store& store, World& world, Faults& faults, Journal& journal);

  // Sets an account's clock to what `change` makes of the present setting and the machine's time; in the
  // store first.
  void change_clock(AccountId account, const std::function<ClockSetting(ClockSetting, Instant)>& change);

  // The account as a document, and the account replaced by one, wholly or not at all (iam/state/state.h).
  std::string state(AccountId account);
  Result<void> replace_state(AccountId account, std::string_view document);

  // Named copies of the account, its clock included; in memory until the process ends.
  void take_snapshot(AccountId account, std::string_view name);
  Restored restore_snapshot(AccountId account, std::string_view name);
  std::vector<std::string> snapshots(AccountId account);
  bool remove_snapshot(AccountId account, std::string_view name);  // false: there was none

  // Runs `body` as the account's root. Kept when it succeeds, forgotten when it fails, unless the failure is
  // one that AWS keeps too (Call::keeps_failure).
  Result<void> as_root(AccountId account, const std::function<Result<void>(Call&)>& body);

  // The account as new, its clock, faults, journal and snapshots included; other accounts are untouched.
  void reset(AccountId account);
  void reset_all();

 private:
  Store& store_;
  World& world_;
  Faults& faults_;
  Journal& journal_;
  // Held while a clock is read, changed in the store and set: two changes must not overtake each other.
  std::mutex clock_change_;
};

}  // namespace keyfob
