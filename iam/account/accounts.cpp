#include "iam/account/accounts.h"

#include "iam/call/lookup.h"
#include "iam/state/state.h"

namespace keyfob {

Accounts::Accounts(Store& store, World& world, Faults& faults, Journal& journal)
    : store_(store), world_(world), faults_(faults), journal_(journal) {
  for (const auto& account : store_.accounts()) world_.clocks.set(account.id, account.clock);
}

void Accounts::change_clock(AccountId account,
                            const std::function<ClockSetting(ClockSetting, Instant)>& change) {
  const std::lock_guard lock(clock_change_);
  const auto setting = change(world_.clocks.setting(account), Clocks::machine_time());
  store_.write(account, [&](Tx& tx) {
    auto changed = existing_account(tx, Clocks::time_of(setting, Clocks::machine_time()));
    changed.clock = setting;
    tx.save(changed);
    return true;
  });
  world_.clocks.set(account, setting);
}

std::string Accounts::state(AccountId account) {
  std::string document;
  store_.read(account, [&](ReadTx& tx) { document = export_state(tx); });
  return document;
}

Result<void> Accounts::replace_state(AccountId account, std::string_view document) {
  const std::lock_guard lock(clock_change_);
  Result<void> result;
  ClockSetting clock;
  store_.write(account, [&](Tx& tx) {
    result = import_state(tx, world_.entropy, world_.clocks.now(account), document);
    if (result) clock = tx.account()->clock;
    return result.has_value();
  });
  if (result) world_.clocks.set(account, clock);
  return result;
}

void Accounts::take_snapshot(AccountId account, std::string_view name) {
  store_.write(account, [&](Tx& tx) {
    existing_account(tx, world_.clocks.now(account));
    tx.take_snapshot(name);
    return true;
  });
}

Restored Accounts::restore_snapshot(AccountId account, std::string_view name) {
  const std::lock_guard lock(clock_change_);
  auto restored = Restored::no_such_snapshot;
  ClockSetting clock;
  store_.write(account, [&](Tx& tx) {
    restored = tx.restore_snapshot(name);
    if (restored == Restored::done) clock = tx.account()->clock;
    return restored == Restored::done;
  });
  if (restored == Restored::done) world_.clocks.set(account, clock);
  return restored;
}

std::vector<std::string> Accounts::snapshots(AccountId account) {
  std::vector<std::string> names;
  store_.read(account, [&](ReadTx& tx) { names = tx.snapshots(); });
  return names;
}

bool Accounts::remove_snapshot(AccountId account, std::string_view name) {
  bool removed = false;
  store_.write(account, [&](Tx& tx) { return removed = tx.remove_snapshot(name); });
  return removed;
}

Result<void> Accounts::as_root(AccountId account, const std::function<Result<void>(Call&)>& body) {
  const Caller root{.account = account};
  const Circumstances nowhere;
  const auto now = world_.clocks.now(account);
  Result<void> result;
  store_.write(account, [&](Tx& tx) {
    existing_account(tx, now);
    Call call{{root, now, tx, world_, nowhere}, tx};
    result = body(call);
    return result.has_value() || call.keeps_failure;
  });
  return result;
}

void Accounts::reset(AccountId account) {
  const std::lock_guard lock(clock_change_);
  store_.write(account, [](Tx& tx) {
    tx.remove_snapshots();
    tx.clear();
    return true;
  });
  world_.clocks.set(account, {});
  faults_.clear(account);
  journal_.clear(account);
}

void Accounts::reset_all() {
  for (const auto& account : store_.accounts()) reset(account.id);
  // An account that nothing was kept of may have these all the same.
  faults_.clear();
  journal_.clear();
}

}  // namespace keyfob
