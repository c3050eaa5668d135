#include "storage/store.h"

#include "storage/reading.h"
#include "storage/sqlite/connection.h"

namespace keyfob {
namespace {

// Counts what it lives through.
class Measured {
 public:
  explicit Measured(Store::Usage& usage) : usage_(usage) { ++usage_.transactions; }
  Measured(const Measured&) = delete;
  Measured& operator=(const Measured&) = delete;
  ~Measured() { usage_.time += std::chrono::steady_clock::now() - began_; }

 private:
  Store::Usage& usage_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace

Store::Store(const std::string& path) : Store(sqlite::open(path)) {}

Store::Store(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

Store::~Store() = default;

void Store::read(AccountId account, const std::function<void(ReadTx&)>& body) {
  const std::lock_guard lock(mutex_);
  const Measured measured(reads_);
  ReadTx tx(*connection_, account);
  body(tx);
}

void Store::write(AccountId account, const std::function<bool(Tx&)>& body) {
  const std::lock_guard lock(mutex_);
  const Measured measured(writes_);
  connection_->begin();
  bool keep = false;
  try {
    Tx tx(*connection_, account);
    keep = body(tx);
    if (keep) connection_->commit();
  } catch (...) {
    connection_->roll_back();
    throw;
  }
  if (!keep) connection_->roll_back();
}

std::vector<Account> Store::accounts() {
  const std::lock_guard lock(mutex_);
  return all_accounts(*connection_);
}

Store::Totals Store::totals() {
  const std::lock_guard lock(mutex_);
  Totals totals{.reads = reads_, .writes = writes_, .devices = {}};
  totals.devices[std::size_t(DeviceKind::virtual_totp)] = number_of(connection_->query(
      "SELECT CAST(coalesce(sum(number), 0) AS BIGINT) FROM tally WHERE kind = 'virtual_device'"));
  auto others = connection_->query("SELECT kind, count(*) FROM device WHERE kind != 0 GROUP BY kind");
  while (others.next()) {
    Columns columns(others);
    auto& number = totals.devices.at(std::size_t(columns.integer()));
    number = columns.integer();
  }
  totals.sessions = number_of(connection_->query("SELECT count(*) FROM session"));
  return totals;
}

void Store::before_each_step(std::function<void()> hook) {
  const std::lock_guard lock(mutex_);
  connection_->before_step = std::move(hook);
}

}  // namespace keyfob
