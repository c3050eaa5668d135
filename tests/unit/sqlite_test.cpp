// What SQLite as the store's engine promises beyond any other: files that are left alone when they aren't
// ours.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "storage/account_tables.h"
#include "storage/sqlite/connection.h"
#include "storage/store.h"
#include "tests/catch.h"

using namespace keyfob;

namespace {

constexpr AccountId kOne{111111111111};

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
  void run(const char* sql) const { sqlite::Connection(path()).script(sql); }
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

TEST_CASE("what a file holds is there when it is opened again") {
  const DataFile file;
  {
    Store store(file.path());
    store.write(kOne, [](Tx& tx) {
      Device device;
      device.serial_number = "GAHT12345678";
      device.seed = Secret{std::string("\0\1\xff", 3)};
      tx.add(device);
      return true;
    });
  }
  Store again(file.path());
  again.read(kOne, [](ReadTx& tx) {
    CHECK(tx.device("GAHT12345678")->seed.reveal() == std::string("\0\1\xff", 3));
  });
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

TEST_CASE("a file whose version is no version is refused") {
  const DataFile file;
  { Store store(file.path()); }
  file.run("PRAGMA user_version = -1");
  CHECK(file.refusal() == "can't use " + file.path() + ": not a keyfob data file");
}

TEST_CASE("a data file is for its owner's eyes") {
  const DataFile file;
  Store store(file.path());
  CHECK((std::filesystem::status(file.path()).permissions() & std::filesystem::perms::mask) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("what is cleared and copied of an account is every table of the schema") {
  const auto connection = sqlite::open({});
  std::set<std::string> tables;
  auto rows = connection->query(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  while (rows.next()) tables.emplace(rows.row().bytes(0));
#define NAME(table, account) #table,
  CHECK(tables == std::set<std::string>{KEYFOB_ACCOUNT_TABLES(NAME)});
}
