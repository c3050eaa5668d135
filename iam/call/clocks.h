// The clocks of all accounts: the machine's time until a test says otherwise (docs/control-api.md#the-clock).
// Safe from any thread.
//
// The store keeps the settings; this holds those that differ from the machine's, so that asking the time
// costs a load and no query.
#pragma once

#include <atomic>
#include <shared_mutex>
#include <unordered_map>

#include "storage/records.h"

namespace keyfob {

// Where a clock may stand: dates are written with four digits for the year, and sessions end later than now.
inline constexpr Instant kEarliestTime = std::chrono::sys_days{std::chrono::year{1970} / 1 / 1};
inline constexpr Instant kLatestTime = std::chrono::sys_days{std::chrono::year{9998} / 12 / 31};
constexpr bool is_tellable(Instant at) { return at >= kEarliestTime && at <= kLatestTime; }

class Clocks {
 public:
  Instant now(AccountId account) const;
  ClockSetting setting(AccountId account) const;
  void set(AccountId account, const ClockSetting& setting);

  static Instant machine_time();
  static Instant time_of(const ClockSetting& setting, Instant machine_time) {
    return setting.frozen_at.value_or(machine_time + setting.offset);
  }

 private:
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::int64_t, ClockSetting> settings_;
  std::atomic<bool> any_ = false;
};

}  // namespace keyfob
