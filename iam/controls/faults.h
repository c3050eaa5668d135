// What a test asked to go wrong (docs/control-api.md#faults): the next calls of an action fail, wait, or lose
// their connection. Per account; safe from any thread. Costs one load while nothing is armed.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.h"
#include "protocol/words.h"

namespace keyfob {

enum class Drop { none, before, after };  // of the connection: before the call has an effect, or after

struct Fault {
  std::string id = {};       // given by add()
  std::string action = "*";  // an operation's name, or every one
  std::string code = {};     // of the error; none: the call goes through
  unsigned status = 400;     // of the error
  std::optional<std::string> message = {};
  std::optional<std::uint64_t> times = {};  // how often still; for ever without it
  double probability = 1;
  std::optional<std::uint64_t> seed = {};  // of its own chance, the same on every run
  std::chrono::milliseconds delay{0};
  Drop drop = Drop::none;

  // The call doesn't take place.
  bool replaces_call() const { return !code.empty() || drop == Drop::before; }
};

class Faults {
 public:
  // Returns the id it is known under from now on.
  std::string add(AccountId account, Fault fault);
  std::vector<Fault> list(AccountId account) const;
  bool remove(AccountId account, std::string_view id);
  void clear(AccountId account);
  void clear();

  // The fault that strikes this call, with one of its times spent; the one armed first wins. `chance` is a
  // number from 0 to below 1, asked for only when a probability without a seed needs it.
  template <class Chance>
  std::optional<Fault> strike(AccountId account, std::string_view action, Chance chance) {
    if (!any_.load(std::memory_order_acquire)) return std::nullopt;
    const std::lock_guard lock(mutex_);
    for (auto armed = armed_.begin(); armed != armed_.end(); ++armed) {
      auto& fault = armed->fault;
      if (armed->account != account || (fault.action != "*" && fault.action != action)) continue;
      if (fault.probability < 1 && (fault.seed ? armed->own_chance() : chance()) >= fault.probability)
        continue;
      Fault struck = fault;
      if (fault.times && --*fault.times == 0) armed_.erase(armed);
      any_.store(!armed_.empty(), std::memory_order_release);
      return struck;
    }
    return std::nullopt;
  }

 private:
  struct Armed {
    AccountId account;
    Fault fault;
    std::mt19937_64 generator;

    double own_chance() { return std::generate_canonical<double, 53>(generator); }
  };
  mutable std::mutex mutex_;
  std::vector<Armed> armed_;
  std::uint64_t next_id_ = 1;
  std::atomic<bool> any_ = false;
};

}  // namespace keyfob
