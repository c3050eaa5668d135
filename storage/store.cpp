#include "storage/store.h"

#include "storage/schema.h"
#include "storage/sqlite.h"

namespace keyfob {
namespace {

// Whose file it is must be known before the first pragma that writes.
void prepare_file(Database& database) {
  database.script("PRAGMA locking_mode = EXCLUSIVE");  // before journal_mode: no shared memory, no lock calls
  check_and_migrate(database);
  database.script("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
}

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

Store::Store(const std::string& path) {
  try {
    database_ = std::make_unique<Database>(path.empty() ? ":memory:" : path);
    if (path.empty()) {
      check_and_migrate(*database_);
    } else {
      prepare_file(*database_);
    }
  } catch (const StoreError& error) {
    throw StoreError("can't use " + (path.empty() ? "memory" : path) + ": " + error.what());
  }
}

Store::~Store() = default;

void Store::read(AccountId account, const std::function<void(Tx&)>& body) {
  const std::lock_guard lock(mutex_);
  const Measured measured(reads_);
  Tx tx(*database_, account);
  body(tx);
}

void Store::write(AccountId account, const std::function<bool(Tx&)>& body) {
  const std::lock_guard lock(mutex_);
  const Measured measured(writes_);
  database_->execute("BEGIN IMMEDIATE");
  bool keep = false;
  try {
    Tx tx(*database_, account);
    keep = body(tx);
    if (keep) database_->execute("COMMIT");
  } catch (...) {
    database_->roll_back();
    throw;
  }
  if (!keep) database_->roll_back();
}

std::vector<Account> Store::accounts() {
  const std::lock_guard lock(mutex_);
  return all_accounts(*database_);
}

Store::Totals Store::totals() {
  const std::lock_guard lock(mutex_);
  Totals totals{.reads = reads_, .writes = writes_, .devices = {}};
  const auto add_devices = [&](Rows&& rows) {
    while (rows.next()) totals.devices.at(std::size_t(rows.integer(0))) = rows.integer(1);
  };
  add_devices(
      database_->query("SELECT 0, coalesce(sum(number), 0) FROM tally WHERE kind = 'virtual_device'"));
  add_devices(database_->query("SELECT kind, count(*) FROM device WHERE kind != 0 GROUP BY kind"));
  auto sessions = database_->query("SELECT count(*) FROM session");
  if (sessions.next()) totals.sessions = sessions.integer(0);
  return totals;
}

void Store::before_each_step(std::function<void()> hook) {
  const std::lock_guard lock(mutex_);
  database_->before_step = std::move(hook);
}

}  // namespace keyfob
