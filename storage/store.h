// The store: every account's state, kept by a database engine in memory or in a file.
//
// One connection, one lock. A read is a microsecond, so readers beside the writer would cost more than they
// gain (docs/decisions.md). What write() has committed survives a kill of the process.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "storage/store_error.h"
#include "storage/tx.h"

namespace keyfob {

class Store {
 public:
  // An empty path keeps the state in memory. Throws StoreError with one clear line when the file can't be
  // used.
  explicit Store(const std::string& path = {});
  explicit Store(std::unique_ptr<Connection> connection);  // of any engine, with the schema in place
  ~Store();

  // Calls `body` with a transaction of that account, alone. A StoreError thrown inside comes out.
  void read(AccountId account, const std::function<void(ReadTx&)>& body);

  // The same with one that may write, and keeps what `body` did when it returns true. When it returns false
  // or throws, nothing has happened.
  void write(AccountId account, const std::function<bool(Tx&)>& body);

  std::vector<Account> accounts();

  // What metrics ask for, of all accounts together.
  struct Usage {
    std::uint64_t transactions = 0;
    std::chrono::nanoseconds time{0};  // inside of them, without waiting for the lock
  };
  struct Totals {
    Usage reads, writes;
    std::array<std::int64_t, 3> devices;  // by DeviceKind
    std::int64_t sessions = 0;
  };
  Totals totals();

  // Calls `hook` before each step of a statement: a test makes it throw StoreError to see that nothing is
  // half done.
  void before_each_step(std::function<void()> hook);

 private:
  std::mutex mutex_;
  Usage reads_, writes_;
  std::unique_ptr<Connection> connection_;
};

std::vector<Account> all_accounts(Connection& connection);

}  // namespace keyfob
