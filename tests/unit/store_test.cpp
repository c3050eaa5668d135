// What the store promises (storage/store.h): sealed accounts, all or nothing, pages that meet, and files that
// are left alone when they aren't ours.
#include "storage/store.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "iam/request/service.h"
#include "storage/sqlite.h"
#include "tests/catch.h"
#include "totp/code.h"

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
  std::optional<decltype(question(std::declval<Tx&>()))> answer;
  store.read(account, [&](Tx& tx) { answer.emplace(question(tx)); });
  return *answer;
}

// A path of its own for a data file; the file and what SQLite puts beside it go with it.
class DataFile {
 public:
  DataFile() : folder_(std::filesystem::temp_directory_path() / "keyfob-store-XXXXXX") {
    auto name = folder_.string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
  }
  DataFile(const DataFile&) = delete;
  DataFile& operator=(const DataFile&) = delete;
  ~DataFile() { std::filesystem::remove_all(folder_); }

  std::string path() const { return folder_ / "keyfob.db"; }
  std::string bytes() const {
    std::ifstream file(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  void run(const char* sql) const { Database(path()).script(sql); }
  std::string refusal() const {
    try {
      Store store(path());
    } catch (const std::exception& error) {
      return error.what();
    }
    return {};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("one account sees nothing of another's, not even under the same name") {
  Store store;
  for (const auto account : {kOne, kTwo}) {
    keep(store, account, [&](Tx& tx) {
      tx.add(device("GAHT12345678", account.str()));
      tx.set_tag(tagged_device("GAHT12345678"), {.key = "account", .value = account.str()});
    });
  }
  keep(store, kOne, [](Tx& tx) { tx.add(user("bob")); });

  CHECK(ask(store, kOne, [](Tx& tx) { return tx.device("GAHT12345678")->seed.reveal(); }) == kOne.str());
  CHECK(ask(store, kTwo, [](Tx& tx) { return tx.device("GAHT12345678")->seed.reveal(); }) == kTwo.str());
  CHECK_FALSE(ask(store, kTwo, [](Tx& tx) { return tx.user("bob").has_value(); }));
  CHECK(ask(store, kTwo, [](Tx& tx) { return tx.count_users(); }) == 0);

  keep(store, kTwo, [](Tx& tx) { tx.clear(); });
  CHECK(ask(store, kOne, [](Tx& tx) { return tx.tags(tagged_device("GAHT12345678")).size(); }) == 1);
  CHECK(ask(store, kOne, [](Tx& tx) { return tx.count_virtual_devices(); }) == 1);
  CHECK(ask(store, kTwo, [](Tx& tx) { return tx.count_virtual_devices(); }) == 0);
}

TEST_CASE("a write that says no, or throws, has not happened, and the next one works") {
  Store store;
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

  CHECK(ask(store, kOne, [](Tx& tx) { return tx.count_users(); }) == 1);
  CHECK(ask(store, kOne, [](Tx& tx) { return tx.user("KEPT")->name; }) == "kept");
}

TEST_CASE("pages of devices meet, whatever is deleted between them") {
  Store store;
  keep(store, kOne, [](Tx& tx) {
    for (const char* name : {"device-a", "device-b", "device-c", "device-d", "device-e"})
      tx.add(device(name));
  });
  const auto page = [&](std::int64_t after) {
    return ask(store, kOne, [&](Tx& tx) { return tx.virtual_devices(Assignment::unassigned, after, 2); });
  };
  const auto first = page(0);
  REQUIRE(first.items.size() == 2);
  CHECK(first.more);

  // The key that the next page goes on from may itself be gone by then.
  const auto last = first.items.back().device;
  keep(store, kOne, [&](Tx& tx) { tx.remove_device(last.serial_number); });
  const auto second = page(last.id);
  REQUIRE(second.items.size() == 2);
  CHECK(second.items.front().device.serial_number == "device-c");
  CHECK(second.more);
  const auto third = page(second.items.back().device.id);
  CHECK(third.items.size() == 1);
  CHECK_FALSE(third.more);
}

TEST_CASE("a full last page doesn't promise another") {
  Store store;
  keep(store, kOne, [](Tx& tx) {
    for (const char* name : {"alice", "Bob"}) tx.add(user(name));
  });
  std::string last_seen;
  const auto page = ask(store, kOne, [&](Tx& tx) { return tx.users("/", "", 2, last_seen); });
  CHECK(page.items.size() == 2);
  CHECK_FALSE(page.more);
}

TEST_CASE("what a file holds is there when it is opened again") {
  const DataFile file;
  {
    Store store(file.path());
    keep(store, kOne, [](Tx& tx) { tx.add(device("GAHT12345678", std::string("\0\1\xff", 3))); });
  }
  Store again(file.path());
  CHECK(ask(again, kOne, [](Tx& tx) { return tx.device("GAHT12345678")->seed.reveal(); }) ==
        std::string("\0\1\xff", 3));
}

TEST_CASE("another program's file is refused and not a byte of it changes") {
  const DataFile file;
  file.run("CREATE TABLE letter (text); INSERT INTO letter VALUES ('Dear keyfob')");
  const auto before = file.bytes();
  CHECK(file.refusal() == "can't use " + file.path() + ": not a keyfob data file");
  CHECK(file.bytes() == before);
}

TEST_CASE("a newer keyfob's file is refused and not a byte of it changes") {
  const DataFile file;
  { Store store(file.path()); }
  file.run("PRAGMA user_version = 999");
  const auto before = file.bytes();
  CHECK(file.refusal().find("written by a newer keyfob (format 999") != std::string::npos);
  CHECK(file.bytes() == before);
}

namespace {

constexpr AccountId kAccount{123456789012};
const std::string kSerial = "&SerialNumber=arn:aws:iam::123456789012:mfa/phone";

// bob, with the tags and the free device that the calls below change.
class Scene {
 public:
  Scene() : service_(store_, {.authentication = {}, .limits = {}, .entropy_seed = 7}) {
    service_.accounts().change_clock(
        kAccount, [](ClockSetting, Instant) { return ClockSetting{.offset = {}, .frozen_at = kThen}; });
    REQUIRE(send("CreateUser&UserName=bob&Tags.member.1.Key=k&Tags.member.1.Value=v").status == 200);
    REQUIRE(send("CreateVirtualMFADevice&VirtualMFADeviceName=phone").status == 200);
  }

  HttpReply send(const std::string& call, const std::string& access_key_id = "test") {
    const auto body = "Version=2010-05-08&Action=" + call;
    const auto authorization =
        "AWS4-HMAC-SHA256 Credential=" + access_key_id + "/20260101/us-east-1/iam/aws4_request";
    const HeaderField headers[] = {{"Content-Type", "application/x-www-form-urlencoded"},
                                   {"Authorization", authorization}};
    return service_.handle({.method = "POST", .target = "/", .body = body, .headers = headers, .peer = {}});
  }
  std::string enable_call() {
    const auto phone = ask(store_, kAccount, [](Tx& tx) { return *tx.device(kSerial.substr(14)); });
    totp::CodeGenerator codes(phone.seed.reveal());
    const auto step = totp::step_of(kThen);
    return "EnableMFADevice&UserName=bob" + kSerial +
           "&AuthenticationCode1=" + totp::format_code(codes.at(step - 1)) +
           "&AuthenticationCode2=" + totp::format_code(codes.at(step));
  }
  std::string key_of_bob() {
    const auto body = send("CreateAccessKey&UserName=bob").body;
    return body.substr(body.find("AKIA"), 20);
  }
  std::string state() { return service_.accounts().state(kAccount); }
  bool has_user(const std::string& name) {
    return ask(store_, kAccount, [&](Tx& tx) { return tx.user(name).has_value(); });
  }

  // Sends the call while the store fails at its Nth step; false when the call needed fewer.
  bool fails_at(int n, const std::string& call, HttpReply& reply, const std::string& key = "test") {
    int step = 0;
    store_.before_each_step([&] {
      if (++step == n) throw std::runtime_error("the disk is gone");
    });
    reply = send(call, key);
    store_.before_each_step({});
    return step >= n;
  }

 private:
  Store store_;
  Service service_;
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
    CHECK(scene.send(sent).status == 200);  // and it can be sent again
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
  Store store;
  const auto save = [&](AccountId id, std::optional<std::string> alias) {
    keep(store, id, [&](Tx& tx) {
      tx.save(Account{
          .id = id, .created = kThen, .alias = std::move(alias), .clock = {}, .root_password_last_used = {}});
    });
  };
  save(kOne, "taken");
  save(kTwo, "own");
  CHECK_THROWS_AS(save(kTwo, "taken"), StoreConflict);
  CHECK(ask(store, kOne, [](Tx& tx) { return tx.account()->alias; }) == "taken");
  CHECK(ask(store, kTwo, [](Tx& tx) { return tx.account()->alias; }) == "own");
}

TEST_CASE("a data file is for its owner's eyes") {
  const DataFile file;
  Store store(file.path());
  CHECK((std::filesystem::status(file.path()).permissions() & std::filesystem::perms::mask) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}
