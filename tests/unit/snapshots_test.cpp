// Snapshots (Tx::take_snapshot and its kin) against what they save: every row. Changes and snapshots come in
// an order drawn by chance, and after each step back the account must be as it was, to the last column.
#include <map>
#include <random>

#include "tests/unit/emulator.h"
#include "tests/unit/new_store.h"

using namespace keyfob;

namespace {

constexpr AccountId kOther{222222222222};
constexpr Instant kThen{std::chrono::seconds{1'767'225'600}};

// A store's connection by itself, so that every table can be looked into.
class Tables {
 public:
  Tx of(AccountId account) { return {*connection_, account}; }

  // Whether `work` said so, and ran to its end. A transaction, as Store::write makes it.
  bool keep(const std::function<bool()>& work) {
    connection_->begin();
    bool kept = false;
    try {
      kept = work();
    } catch (const StoreError&) {
    }
    if (kept) {
      connection_->commit();
    } else {
      connection_->roll_back();
    }
    return kept;
  }

  std::string dump(AccountId account) { return keyfob::dump(*connection_, account); }
  std::int64_t copies() { return tables_of_snapshots(*connection_); }

 private:
  std::unique_ptr<Connection> connection_ = new_connection();
};

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_);
  }
  std::string letter() { return std::string(1, "aAbcd"[below(5)]); }
  std::string word() { return letter() + letter() + letter(); }

 private:
  std::mt19937 engine_;
};

User user(const std::string& id, const std::string& name) {
  return {
      .user_id = id, .name = name, .path = "/", .created = kThen, .password_last_used = {}, .boundary = {}};
}

void add_user(Tx& tx, Chance& chance) { tx.add(user("AIDA" + chance.word(), chance.word())); }
void swap_names(Tx& tx, Chance& chance) {
  auto one = tx.user(chance.letter()), two = tx.user(chance.letter());
  if (!one || !two || one->user_id == two->user_id) return;
  const auto name = one->name;
  tx.update(user(one->user_id, "between"));
  tx.update(user(two->user_id, name));
  tx.update(user(one->user_id, two->name));
}
void remove_user(Tx& tx, Chance& chance) {
  if (const auto found = tx.user(chance.letter())) tx.remove_user(found->user_id);
}
void add_short_user(Tx& tx, Chance& chance) {
  const auto name = chance.letter();
  if (!tx.user(name)) tx.add(user("AIDA" + chance.word() + name, name));
}
void change_device(Tx& tx, Chance& chance) {
  const auto serial_number = chance.letter();
  auto device = tx.device(serial_number);
  if (!device) {
    Device made;
    made.serial_number = serial_number;
    made.seed = Secret{std::string("\0seed", 5)};
    made.kind = static_cast<DeviceKind>(chance.below(2));
    return tx.add(made);
  }
  if (chance.below(3) == 0) return tx.remove_device(serial_number);
  device->owner = chance.below(2) == 0 ? std::optional("AIDA" + chance.letter()) : std::nullopt;
  device->drift = std::int64_t(chance.below(9));
  tx.update(*device);
  const auto step = std::int64_t(chance.below(99));
  tx.add_past_device(*device, kThen);
  if (!tx.is_used_code(serial_number, step)) tx.use_code(serial_number, step, step - 5);
  tx.count_verification(serial_number, step);
}
void change_tags(Tx& tx, Chance& chance) {
  const auto resource = tagged_user("AIDA" + chance.letter());
  if (chance.below(3) == 0) return tx.remove_tags(resource);
  tx.set_tag(resource, {.key = chance.letter(), .value = chance.word()});
}
void change_policies(Tx& tx, Chance& chance) {
  const auto name = chance.letter();
  if (const auto policy = tx.managed_policy(name)) return tx.remove_managed_policy(policy->policy_id);
  const auto id = "ANPA" + name;
  if (tx.policy_version(id, 1)) return;  // of the same letter in the other case
  tx.add({.policy_id = id, .name = name, .path = "/", .description = {}, .created = kThen, .updated = kThen});
  for (std::int64_t number = 1; number < 4; ++number)
    tx.add(id, {.number = number, .document = chance.word(), .created = kThen});
  tx.save("AIDA" + chance.letter(), InlinePolicy{.name = chance.letter(), .document = chance.word()});
}
void change_attachments(Tx& tx, Chance& chance) {
  const auto entity = "AIDA" + chance.letter(), arn = "arn:" + chance.letter();
  if (!tx.detach(entity, arn)) tx.attach({.policy_arn = arn, .entity_id = entity});
  tx.add_member("AGPA" + chance.letter(), entity);
}
void change_sessions(Tx& tx, Chance& chance) {
  const auto key = "ASIA" + tx.account_id().str() + chance.word();
  if (chance.below(4) == 0) return tx.forget_sessions(kThen + std::chrono::hours(chance.below(10)));
  if (tx.session(key)) return;
  Session session;
  session.access_key_id = key;
  session.expires = kThen + std::chrono::hours(chance.below(10));
  tx.add(session);
  tx.add(key, {{.policy_arn = chance.word(), .document = {}}, {.policy_arn = {}, .document = chance.word()}});
  tx.set_tag(tagged_session(key), {.key = chance.letter(), .value = chance.word()});
}
void change_account(Tx& tx, Chance& chance) {
  Account account{
      .id = tx.account_id(), .created = kThen, .alias = {}, .clock = {}, .root_password_last_used = {}};
  if (chance.below(2) == 0) account.alias = tx.account_id().str() + chance.letter();
  account.clock.offset = Duration{std::int64_t(chance.below(3))};
  tx.save(account);
  tx.save(LoginProfile{.user_id = chance.letter(),
                       .password = Secret{chance.word()},
                       .created = kThen,
                       .password_changed = kThen});
  tx.save(CredentialReport{.requested = kThen, .content = chance.word()});
}
void change_keys(Tx& tx, Chance& chance) {
  const auto id = "AKIA" + tx.account_id().str() + chance.letter();
  if (tx.access_key(id)) return tx.remove_access_key(id);
  AccessKey key;
  key.access_key_id = id;
  key.account = tx.account_id();
  key.created = kThen;
  tx.add(key);
}
void begin_anew(Tx& tx, Chance& chance) {
  if (chance.below(8) == 0) tx.clear();
}

constexpr void (*kChanges[])(Tx&, Chance&) = {
    add_user,    add_short_user, swap_names,      remove_user,        change_device,
    change_tags, change_tags,    change_policies, change_attachments, change_sessions,
    change_keys, change_account, begin_anew,
};

void change(Tables& tables, AccountId account, Chance& chance) {
  tables.keep([&] {
    auto tx = tables.of(account);
    kChanges[chance.below(std::size(kChanges))](tx, chance);
    return true;
  });
}

}  // namespace

TEST_CASE("a snapshot brings back every row, in whatever order they are taken, restored and removed") {
  const auto seed = GENERATE(range(0u, 12u));
  CAPTURE(seed);
  Chance chance(seed);
  Tables tables;
  std::map<std::string, std::string> copies;
  for (int i = 0; i < 400; ++i) {
    change(tables, kAccount, chance);
    change(tables, kOther, chance);
    const auto name = chance.letter();
    auto tx = tables.of(kAccount);
    switch (chance.below(12)) {
      case 0:
        REQUIRE(tables.keep([&] {
          tx.take_snapshot(name);
          return true;
        }));
        copies[name] = tables.dump(kAccount);
        break;
      case 1:
      case 2: {
        const auto other = tables.dump(kOther);
        auto came_of_it = Restored::done;
        const bool restored =
            tables.keep([&] { return (came_of_it = tx.restore_snapshot(name)) == Restored::done; });
        REQUIRE(came_of_it == (copies.contains(name) ? Restored::done : Restored::no_such_snapshot));
        if (restored) REQUIRE(tables.dump(kAccount) == copies[name]);
        REQUIRE(tables.dump(kOther) == other);
        break;
      }
      case 3:
        REQUIRE(tx.remove_snapshot(name) == (copies.erase(name) > 0));
        break;
      default:
        break;
    }
    std::vector<std::string> names;
    for (const auto& [kept, copy] : copies) names.push_back(kept);
    REQUIRE(tx.snapshots() == names);
  }
  auto tx = tables.of(kAccount);
  tx.clear();
  CHECK(tables.dump(kAccount) == tables.dump(AccountId{333333333333}));  // which nothing was kept of
  for (const auto& [name, copy] : copies) tx.remove_snapshot(name);
  CHECK(tables.copies() == 0);
}

TEST_CASE("a snapshot whose alias or key another account has taken stays away, and nothing changes") {
  Tables tables;
  auto tx = tables.of(kAccount), other = tables.of(kOther);
  const auto named = [](AccountId id, std::optional<std::string> alias) {
    return Account{
        .id = id, .created = kThen, .alias = std::move(alias), .clock = {}, .root_password_last_used = {}};
  };
  const auto restored = [&] {
    auto came_of_it = Restored::done;
    tables.keep([&] { return (came_of_it = tx.restore_snapshot("then")) == Restored::done; });
    return came_of_it;
  };
  AccessKey key;
  key.access_key_id = "AKIAWANTED";
  key.created = kThen;
  tx.save(named(kAccount, "wanted"));
  tx.add(key);
  tx.take_snapshot("then");
  tx.clear();
  const auto taken = GENERATE(as<std::string>{}, "alias", "key");
  if (taken == "alias") other.save(named(kOther, "wanted"));
  if (taken == "key") other.add(key);
  const auto ours = tables.dump(kAccount), theirs = tables.dump(kOther);
  CHECK(restored() == Restored::not_ours_any_more);
  CHECK(tables.dump(kAccount) == ours);
  CHECK(tables.dump(kOther) == theirs);
  other.clear();
  CHECK(restored() == Restored::done);
  CHECK(tx.account()->alias == "wanted");
  CHECK(tx.access_key("AKIAWANTED")->account == kAccount);
}

TEST_CASE("a store that fails while a snapshot is taken, restored or removed changes nothing") {
  const auto act = GENERATE(as<std::string>{}, "take", "restore", "remove");
  Emulator emulator;
  auto& service = emulator.service();
  emulator.iam("CreateUser&UserName=bob");
  service.accounts().take_snapshot(kAccount, "early");
  emulator.iam("DeleteUser&UserName=bob");
  service.accounts().take_snapshot(kAccount, "late");
  emulator.iam("CreateUser&UserName=carol");
  const auto before = service.accounts().state(kAccount);

  int fail_at = 0;
  const auto failed = [&] {
    int step = 0;
    ++fail_at;
    emulator.store().before_each_step([&] {
      if (++step == fail_at) throw StoreError("the disk is gone");
    });
    try {
      if (act == "take") service.accounts().take_snapshot(kAccount, "third");
      if (act == "restore") service.accounts().restore_snapshot(kAccount, "early");
      if (act == "remove") service.accounts().remove_snapshot(kAccount, "late");
    } catch (const StoreError&) {
    }
    emulator.store().before_each_step({});
    return step >= fail_at;
  };
  while (failed()) {
    REQUIRE(fail_at < 500);
    CHECK(service.accounts().state(kAccount) == before);
    CHECK(service.accounts().snapshots(kAccount) == std::vector<std::string>{"early", "late"});
  }
  CHECK(fail_at > 5);

  CHECK(service.accounts().restore_snapshot(kAccount, "early") == Restored::done);
  CHECK(emulator.iam("GetUser&UserName=bob").status == 200);
  CHECK(service.accounts().restore_snapshot(kAccount, "late") ==
        (act == "remove" ? Restored::no_such_snapshot : Restored::done));
  CHECK(emulator.iam("GetUser&UserName=bob").status == (act == "remove" ? 200 : 404));
  emulator.iam("CreateUser&UserName=dave");  // counted, on top of those that came back
  const auto summary = emulator.iam("GetAccountSummary").body;
  CHECK(Emulator::between(summary, "<key>Users</key>", "</entry>").find(act == "remove" ? ">2<" : ">1<") !=
        std::string::npos);
}

TEST_CASE("a snapshot brings the clock back and belongs to one account") {
  Emulator emulator;
  auto& service = emulator.service();
  const auto then = service.clocks().now(kAccount);
  service.accounts().take_snapshot(kAccount, "then");
  emulator.advance(std::chrono::hours(1));
  CHECK(service.accounts().restore_snapshot(kOther, "then") == Restored::no_such_snapshot);
  CHECK(service.accounts().restore_snapshot(kAccount, "then") == Restored::done);
  CHECK(service.clocks().now(kAccount) == then);
  service.accounts().reset(kAccount);
  CHECK(service.accounts().snapshots(kAccount).empty());
}
