#include "iam/call/clocks.h"

#include <mutex>

namespace keyfob {

Instant Clocks::machine_time() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

Instant Clocks::now(AccountId account) const { return time_of(setting(account), machine_time()); }

ClockSetting Clocks::setting(AccountId account) const {
  if (!any_.load(std::memory_order_acquire)) return {};
  const std::shared_lock lock(mutex_);
  const auto found = settings_.find(account.number());
  return found == settings_.end() ? ClockSetting{} : found->second;
}

void Clocks::set(AccountId account, const ClockSetting& setting) {
  const std::unique_lock lock(mutex_);
  if (setting == ClockSetting{}) {
    settings_.erase(account.number());
  } else {
    settings_[account.number()] = setting;
  }
  any_.store(!settings_.empty(), std::memory_order_release);
}

}  // namespace keyfob
