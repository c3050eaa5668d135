#include "iam/controls/faults.h"

namespace keyfob {

std::string Faults::add(AccountId account, Fault fault) {
  const std::lock_guard lock(mutex_);
  fault.id = std::to_string(next_id_++);
  armed_.push_back(
      {.account = account, .fault = fault, .generator = std::mt19937_64(fault.seed.value_or(0))});
  any_.store(true, std::memory_order_release);
  return fault.id;
}

std::vector<Fault> Faults::list(AccountId account) const {
  const std::lock_guard lock(mutex_);
  std::vector<Fault> faults;
  for (const auto& armed : armed_) {
    if (armed.account == account) faults.push_back(armed.fault);
  }
  return faults;
}

bool Faults::remove(AccountId account, std::string_view id) {
  const std::lock_guard lock(mutex_);
  const auto removed = std::erase_if(
      armed_, [&](const Armed& armed) { return armed.account == account && armed.fault.id == id; });
  any_.store(!armed_.empty(), std::memory_order_release);
  return removed > 0;
}

void Faults::clear(AccountId account) {
  const std::lock_guard lock(mutex_);
  std::erase_if(armed_, [&](const Armed& armed) { return armed.account == account; });
  any_.store(!armed_.empty(), std::memory_order_release);
}

void Faults::clear() {
  const std::lock_guard lock(mutex_);
  armed_.clear();
  any_.store(false, std::memory_order_release);
}

}  // namespace keyfob
