// What a store of any engine promises (storage/store.h): sealed accounts, all or nothing, pages that meet.
#include "storage/store.h"

#include <stdexcept>
#include <utility>

#include "storage/connection.h"
#include "tests/catch.h"
#include "tests/unit/emulator.h"
#include "tests/unit/new_store.h"

using namespace keyfob;

namespace {

constexpr AccountId kOne{111111111111};
constexpr AccountId kTwo{222222222222};
constexpr Instant kThen{std::chrono::seconds{1'767'225'600}};

User user(const std::string& name) {
  return {.user_id = "AIDA" + name,
          .name = name,
          .path = "/",
          .created = kThen,
          .password_last_used = {},
          .boundary = {}};
}

Device device(const std::string& serial_number, const std::string& seed = "seed") {
  Device made;
  made.serial_number = serial_number;
  made.seed = Secret{seed};
  return made;
}

template <class Change>
void keep(Store& store, AccountId account, Change change) {
  store.write(account, [&](Tx& tx) {
    change(tx);
    return true;
  });
}

template <class Question>
auto ask(Store& store, AccountId account, Question question) {
  std::optional<decltype(question(std::declval<ReadTx&>()))> answer;
  store.read(account, [&](ReadTx& tx) { answer.emplace(question(tx)); });
  return *answer;
}

}  // namespace

// Who is given a transaction that reads has no way to change anything.
template <class T>
concept Changes = requires(T tx) {
  tx.clear();
};
static_assert(Changes<Tx> && Changes<decltype(std::declval<Tx>().of(kTwo))>);
static_assert(!Changes<ReadTx> && !Changes<decltype(std::declval<ReadTx>().of(kTwo))>);
static_assert(!std::is_constructible_v<Tx, ReadTx&> && !std::is_convertible_v<ReadTx&, Tx&>);

TEST_CASE("one account sees nothing of another's, not even under the same name") {
  Store store(new_connection());
  for (const auto account : {kOne, kTwo}) {
    keep(store, account, [&](Tx& tx) {
      tx.add(device("GAHT12345678", account.str()));
      tx.set_tag(tagged_device("GAHT12345678"), {.key = "account", .value = account.str()});
    });
  }
  keep(store, kOne, [](Tx& tx) { tx.add(user("bob")); });

  CHECK(ask(store, kOne, [](ReadTx& tx) { return tx.device("GAHT12345678")->seed.reveal(); }) == kOne.str());
  CHECK(ask(store, kTwo, [](ReadTx& tx) { return tx.device("GAHT12345678")->seed.reveal(); }) == kTwo.str());
  CHECK_FALSE(ask(store, kTwo, [](ReadTx& tx) { return tx.user("bob").has_value(); }));
  CHECK(ask(store, kTwo, [](ReadTx& tx) { return tx.count_users(); }) == 0);

  keep(store, kTwo, [](Tx& tx) { tx.clear(); });
  CHECK(ask(store, kOne, [](ReadTx& tx) { return tx.tags(tagged_device("GAHT12345678")).size(); }) == 1);
  CHECK(ask(store, kOne, [](ReadTx& tx) { return tx.count_virtual_devices(); }) == 1);
  CHECK(ask(store, kTwo, [](ReadTx& tx) { return tx.count_virtual_devices(); }) == 0);
}

TEST_CASE("a write that says no, or throws, has not happened, and the next one works") {
  Store store(new_connection());
  store.write(kOne, [](Tx& tx) {
    tx.add(user("no"));
    return false;
  });
  const auto broken = [](Tx& tx) -> bool {
    tx.add(user("thrown"));
    throw std::runtime_error("on purpose");
  };
  CHECK_THROWS_AS(store.write(kOne, broken), std::runtime_error);
  keep(store, kOne, [](Tx& tx) { tx.add(user("kept")); });

  CHECK(ask(store, kOne, [](ReadTx& tx) { return tx.count_users(); }) == 1);
  CHECK(ask(store, kOne, [](ReadTx& tx) { return tx.user("KEPT")->name; }) == "kept");
}

TEST_CASE("pages of devices meet, whatever is deleted between them") {
  Store store(new_connection());
  keep(store, kOne, [](Tx& tx) {
    for (const char* name : {"device-a", "device-b", "device-c", "device-d", "device-e"})
      tx.add(device(name));
  });
  const auto page = [&](std::int64_t after) {
    return ask(store, kOne, [&](ReadTx& tx) { return tx.virtual_devices(Assignment::unassigned, after, 2); });
  };
  const auto first = page(0);
  REQUIRE(first.items.size() == 2);
  REQUIRE(first.next);

  // The key that the next page goes on from may itself be gone by then.
  keep(store, kOne, [&](Tx& tx) { tx.remove_device(first.items.back().device.serial_number); });
  const auto second = page(*first.next);
  REQUIRE(second.items.size() == 2);
  CHECK(second.items.front().device.serial_number == "device-c");
  REQUIRE(second.next);
  const auto third = page(*second.next);
  CHECK(third.items.size() == 1);
  CHECK_FALSE(third.next);
}

TEST_CASE("a full last page doesn't promise another") {
  Store store(new_connection());
  keep(store, kOne, [](Tx& tx) {
    for (const char* name : {"alice", "Bob"}) tx.add(user(name));
  });
  const auto page = ask(store, kOne, [](ReadTx& tx) { return tx.users("/", "", 2); });
  CHECK(page.items.size() == 2);
  CHECK_FALSE(page.next);
}

TEST_CASE("a page below a path looks at a bounded number of users, and the next goes on where it stopped") {
  Store store(new_connection());
  keep(store, kOne, [](Tx& tx) {
    for (int i = 1000; i < 2200; ++i) tx.add(user("user" + std::to_string(i)));
    auto rare = user("zoe");
    rare.path = "/rare/";
    tx.add(rare);
  });
  const auto page = [&](const std::string& after) {
    return ask(store, kOne, [&](ReadTx& tx) { return tx.users("/rare/", after, 2); });
  };
  const auto first = page("");
  CHECK(first.items.empty());
  REQUIRE(first.next == "user1999");
  const auto second = page(*first.next);
  REQUIRE(second.items.size() == 1);
  CHECK(second.items.front().name == "zoe");
  CHECK_FALSE(second.next);
}

TEST_CASE("counts follow what is added, removed and given back by a failed write") {
  Store store(new_connection());
  keep(store, kOne, [](Tx& tx) {
    tx.add(user("bob"));
    tx.add(device("GAHT12345678"));
    auto token = device("GAHT00000000");
    token.kind = DeviceKind::hardware_totp;
    tx.add(token);
    tx.add({.policy_id = "ANPA",
            .name = "p",
            .path = "/",
            .description = {},
            .created = kThen,
            .updated = kThen});
    for (std::int64_t number = 1; number < 4; ++number)
      tx.add("ANPA", {.number = number, .document = "{}", .created = kThen});
    tx.attach({.policy_arn = "arn:p", .entity_kind = EntityKind::user, .entity_id = "AIDAbob"});
  });
  const auto counts = [&] {
    return ask(store, kOne, [](ReadTx& tx) {
      return std::vector<std::int64_t>{tx.count_users(), tx.count_virtual_devices(),
                                       tx.count_managed_policies(), tx.count_policy_versions(),
                                       tx.count_attachments_of("arn:p")};
    });
  };
  using Counts = std::vector<std::int64_t>;
  CHECK(counts() == Counts{1, 1, 1, 3, 1});
  store.write(kOne, [](Tx& tx) {
    tx.add(user("carol"));
    return false;
  });
  CHECK(counts() == Counts{1, 1, 1, 3, 1});
  keep(store, kOne, [](Tx& tx) {
    tx.remove_user("AIDAnobody");
    tx.remove_device("GAHT00000000");
    tx.remove_device("no such device");
    tx.remove_policy_version("ANPA", 2);
    tx.detach("AIDAbob", "arn:p");
    tx.detach("AIDAbob", "arn:p");
  });
  CHECK(counts() == Counts{1, 1, 1, 2, 0});
  keep(store, kOne, [](Tx& tx) {
    tx.remove_user("AIDAbob");
    tx.remove_device("GAHT12345678");
    tx.remove_managed_policy("ANPA");
  });
  CHECK(counts() == Counts{0, 0, 0, 0, 0});
}

TEST_CASE("a session that is forgotten takes its policies and tags along, and leaves other sessions theirs") {
  Store store(new_connection());
  keep(store, kOne, [](Tx& tx) {
    for (const int hours : {1, 2}) {
      Session session;
      session.access_key_id = "ASIA" + std::to_string(hours);
      session.expires = kThen + std::chrono::hours(hours);
      tx.add(session);
      tx.add(session.access_key_id, {{.policy_arn = "arn:p", .document = {}}});
      tx.set_tag(tagged_session(session.access_key_id), {.key = "k", .value = "v"});
    }
    tx.forget_sessions(kThen + std::chrono::hours(2));
  });
  const auto left = [&](const std::string& key) {
    return ask(store, kOne, [&](ReadTx& tx) {
      return std::size_t{tx.session(key).has_value()} + tx.session_policies(key).size() +
             tx.tags(tagged_session(key)).size();
    });
  };
  CHECK(left("ASIA1") == 0);
  CHECK(left("ASIA2") == 3);
}

TEST_CASE("whoever asks the same again while its rows are being read is told so") {
  const auto connection = new_connection();
  constexpr auto kSql = "SELECT id FROM account WHERE id = $1";
  const auto again = [&] { return connection->query(kSql, std::int64_t{1}).next(); };
  {
    const auto rows = connection->query(kSql, std::int64_t{1});
    CHECK_THROWS_AS(again(), StoreError);
  }
  CHECK_FALSE(again());
}

TEST_CASE("parameters may come in any order, and more than once") {
  const auto connection = new_connection();
  auto rows = connection->query("SELECT $2 - $1, $2", std::int64_t{1}, std::int64_t{5});
  REQUIRE(rows.next());
  CHECK(rows.row().integer(0) == 4);
  CHECK(rows.row().integer(1) == 5);
}

namespace {

const std::string kSerial = "&SerialNumber=arn:aws:iam::123456789012:mfa/phone";

// bob, with the tags and the free device that the calls below change.
class Scene : public Emulator {
 public:
  Scene() {
    REQUIRE(iam("CreateUser&UserName=bob&Tags.member.1.Key=k&Tags.member.1.Value=v").status == 200);
    REQUIRE(iam("CreateVirtualMFADevice&VirtualMFADeviceName=phone").status == 200);
  }

  std::string enable_call() {
    return "EnableMFADevice&UserName=bob" + codes("arn:aws:iam::123456789012:mfa/phone", -1, 0);
  }
  std::string key_of_bob() {
    return between(iam("CreateAccessKey&UserName=bob").body, "<AccessKeyId>", "</AccessKeyId>");
  }
  std::string state() { return service().accounts().state(kAccount); }
  bool has_user(const std::string& name) {
    return ask([&](ReadTx& tx) { return tx.user(name).has_value(); });
  }

  // Sends the call while the store fails at its Nth step; false when the call needed fewer.
  bool fails_at(int n, const std::string& call, HttpReply& reply, const std::string& key = "test") {
    int step = 0;
    store().before_each_step([&] {
      if (++step == n) throw std::runtime_error("the disk is gone");
    });
    reply = iam(call, key);
    store().before_each_step({});
    return step >= n;
  }
};

}  // namespace

TEST_CASE("wherever the store fails, a call is done wholly or not at all") {
  const auto call =
      GENERATE(as<std::string>{}, "enable", "DeleteUser&UserName=bob",
               "CreateVirtualMFADevice&VirtualMFADeviceName=x&Tags.member.1.Key=a&Tags.member.1.Value=b",
               "DeleteVirtualMFADevice" + kSerial);
  for (int n = 1;; ++n) {
    REQUIRE(n < 100);
    Scene scene;
    const auto sent = call == "enable" ? scene.enable_call() : call;
    const auto before = scene.state();
    HttpReply reply;
    if (!scene.fails_at(n, sent, reply)) {
      CHECK(n > 3);  // it did reach the store
      CHECK(reply.status == 200);
      CHECK(scene.state() != before);
      break;
    }
    INFO(call << ", step " << n);
    CHECK(reply.status == 500);
    CHECK(scene.state() == before);
    CHECK(scene.iam(sent).status == 200);  // and it can be sent again
  }
}

TEST_CASE("an answer of failure means that nothing was kept, for callers with a key of their own too") {
  for (int n = 1;; ++n) {
    REQUIRE(n < 100);
    Scene scene;
    const auto key = scene.key_of_bob();
    HttpReply reply;
    if (!scene.fails_at(n, "CreateUser&UserName=carol", reply, key)) break;
    INFO("step " << n);
    CHECK(scene.has_user("carol") == (reply.status == 200));
  }
}

TEST_CASE("an alias that is another account's is refused, and both accounts stay as they were") {
  Store store(new_connection());
  const auto save = [&](AccountId id, std::optional<std::string> alias) {
    keep(store, id, [&](Tx& tx) {
      tx.save(Account{
          .id = id, .created = kThen, .alias = std::move(alias), .clock = {}, .root_password_last_used = {}});
    });
  };
  save(kOne, "taken");
  save(kTwo, "own");
  CHECK_THROWS_AS(save(kTwo, "taken"), StoreError);
  CHECK(ask(store, kOne, [](ReadTx& tx) { return tx.account()->alias; }) == "taken");
  CHECK(ask(store, kTwo, [](ReadTx& tx) { return tx.account()->alias; }) == "own");
}
