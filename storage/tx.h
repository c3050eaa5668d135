// What may be asked of the store and told to it, in the domain's words, inside one transaction of one
// account.
//
// Lists go by a stored key: the page after `after` costs the same wherever it lies. "Nothing" is an empty
// optional; a broken store throws StoreError. A Tx lives no longer than the Store::read or Store::write that
// made it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/records.h"

namespace keyfob {

class Database;

enum class Assignment { any, assigned, unassigned };

struct VirtualDevice {
  Device device;
  std::optional<User> user;  // of an assigned device, unless it is root's
};

// Whose tags: "device:<serial>", "user:<UserId>". A device's keys are case-sensitive, a user's are not
// (catalogue §11).
struct Tagged {
  std::string resource;
  bool case_sensitive;
};
Tagged tagged_device(std::string_view serial_number);
Tagged tagged_user(std::string_view user_id);

class Tx {
 public:
  Tx(Database& database, AccountId account) : db_(database), account_(account) {}
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;

  AccountId account_id() const { return account_; }

  // The account. Without a row it is as new; save() makes one.
  std::optional<Account> account();
  void save(const Account& account);
  std::optional<AccountId> account_with_alias(std::string_view alias);
  void clear();  // everything of this account, as if it had never been

  // Users. Names are found in any case.
  std::optional<User> user(std::string_view name);
  std::optional<User> user_by_id(std::string_view user_id);
  // By name, from the one after `after_name` (lower case). Looks at a bounded number of users, so a page may
  // be short and still say that more follows (catalogue §12); `last_seen` is the key to go on from.
  Page<User> users(std::string_view path_prefix, std::string_view after_name, std::size_t limit,
                   std::string& last_seen);
  std::int64_t count_users();
  void add(const User& user);
  void update(const User& user);  // found by its id
  void remove_user(std::string_view user_id);

  // Devices.
  std::optional<Device> device(std::string_view serial_number);
  Page<Device> devices_of(std::string_view owner, std::int64_t after, std::size_t limit);
  std::int64_t count_devices_of(std::string_view owner);
  Page<VirtualDevice> virtual_devices(Assignment assignment, std::int64_t after, std::size_t limit);
  std::int64_t count_virtual_devices(Assignment assignment);
  std::int64_t count_assigned_devices();
  std::int64_t count_devices();  // all virtual ones, and the others that are assigned
  std::vector<Device> devices();
  void add(const Device& device);
  void update(const Device& device);  // found by its serial number
  void remove_device(std::string_view serial_number);

  // Tags, sorted by key. Setting a key that is there overwrites its value.
  std::vector<Tag> tags(const Tagged& resource);
  void set_tag(const Tagged& resource, const Tag& tag);
  void remove_tag(const Tagged& resource, std::string_view key);
  void remove_tags(const Tagged& resource);

  // Access keys. An access key id is known in one account only, so this one question crosses accounts.
  std::optional<AccessKey> access_key(std::string_view access_key_id);
  struct NumberedKey {
    std::int64_t number;
    AccessKey key;
  };
  Page<NumberedKey> access_keys_of(std::string_view user_id, std::int64_t after, std::size_t limit);
  std::vector<AccessKey> access_keys_of(std::string_view user_id);
  void add(const AccessKey& key);
  void update(const AccessKey& key);
  void remove_access_key(std::string_view access_key_id);

  // Sessions. Like an access key, a session is known by its key in one account only.
  std::optional<Session> session(std::string_view access_key_id);
  std::vector<Session> sessions();
  void add(const Session& session);  // forgets those that ended long ago

  // STS's tries of a device's codes in a slot, and the steps whose codes are used up (catalogue §6). The
  // tries belong to the serial number and outlive the device; the steps go with it.
  std::int64_t verifications(std::string_view serial_number, std::int64_t slot);
  void count_verification(std::string_view serial_number, std::int64_t slot);
  bool is_used_code(std::string_view serial_number, std::int64_t step);
  std::vector<std::int64_t> used_codes(std::string_view serial_number);
  void use_code(std::string_view serial_number, std::int64_t step, std::int64_t oldest_that_matters);

  std::optional<LoginProfile> login_profile(std::string_view user_id);
  void save(const LoginProfile& profile);
  void remove_login_profile(std::string_view user_id);

  std::optional<CredentialReport> credential_report();
  void save(const CredentialReport& report);

 private:
  std::int64_t tally(std::string_view kind);  // kept by the schema's triggers
  std::int64_t account_key() const { return account_.number(); }
  Database& db_;
  AccountId account_;
};

std::vector<Account> all_accounts(Database& database);

}  // namespace keyfob
